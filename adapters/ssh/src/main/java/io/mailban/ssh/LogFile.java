package io.mailban.ssh;

import io.mailban.ssh.LogOutput.Log;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One file of a log, current, rotated or compressed; or the journal.
 *
 * @param written when it was last written to
 * @param identity its device and inode there, {@code DEVICE:INODE}
 * @param path empty for the journal
 */
record LogFile(Log log, Instant written, long bytes, String identity, String path) {

    /** For people. */
    String source() {
        return path.isEmpty() ? new LogPlace.InJournal().text() : path;
    }

    /** Reads what the verb {@code files} printed; lines that are none of its are passed over. */
    static List<LogFile> read(String output, String mark, Instant now) {
        List<LogFile> files = new ArrayList<>();
        for (String line : output.split("\n", -1)) {
            String[] words = line.split(" ", 7);
            if (words.length < 7 || !words[0].equals(mark) || !words[1].equals("file")) {
                continue;
            }
            Log log = words[2].equals("ban") ? Log.BAN : Log.MAIL;
            try {
                Instant written = words[6].isEmpty() ? now : Instant.ofEpochSecond(Long.parseLong(words[3]));
                files.add(new LogFile(log, written, Long.parseLong(words[4]), words[5], words[6]));
            } catch (NumberFormatException _) {
                // A file's name with a line break in it, which no log has.
            }
        }
        return files;
    }
}
