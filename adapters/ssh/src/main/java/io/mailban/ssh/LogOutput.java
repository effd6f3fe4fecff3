package io.mailban.ssh;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The output of the verbs {@code traces} and {@code deliveries} of {@link LogScripts}, cut into parts by the lines that begin with the mark: {@code MARK
 * begin|lines mail|ban MTIME PATH}, {@code MARK fault mail|ban WORDS}, {@code MARK end}. Whatever a log holds, nothing in
 * it can be taken for a mark.
 */
record LogOutput(List<Part> parts, List<Complaint> complaints, Ending ending) {

    /** Which of a server's two logs. */
    enum Log {
        MAIL,
        BAN
    }

    /** What a part holds. */
    enum Content {
        /** How the file begins. */
        BEGIN,
        /** Lines that a search found, or how the file ends. */
        LINES
    }

    /** Whether the script came to its end. */
    enum Ending {
        WHOLE,
        CUT
    }

    /**
     * Lines of one file, or of the journal.
     *
     * @param written when the file was last written to; now, for the journal
     */
    record Part(Log log, Content content, Instant written, String path, List<String> lines) {
        /** The length of the lines, about. */
        int length() {
            return lines.stream().mapToInt(line -> line.length() + 1).sum();
        }
    }

    /** What the server said about a log that it could not read. */
    record Complaint(Log log, String words) {}

    static LogOutput read(String output, String mark, Instant now) {
        List<Part> parts = new ArrayList<>();
        List<Complaint> complaints = new ArrayList<>();
        Ending ending = Ending.CUT;
        Optional<Part> current = Optional.empty();
        int start = 0;
        while (start < output.length()) {
            int end = output.indexOf('\n', start);
            end = end < 0 ? output.length() : end;
            if (output.startsWith(mark, start)) {
                String[] words = output.substring(start, end).split(" ", 5);
                String verb = words.length < 2 ? "" : words[1];
                if (verb.equals("end")) {
                    ending = Ending.WHOLE;
                } else if (verb.equals("fault") && words.length > 3) {
                    complaints.add(new Complaint(
                            log(words[2]), output.substring(start, end).split(" ", 4)[3]));
                } else if (words.length == 5) {
                    Content content = verb.equals("begin") ? Content.BEGIN : Content.LINES;
                    current = Optional.of(
                            new Part(log(words[2]), content, written(words[3], now), words[4], new ArrayList<>()));
                    parts.add(current.get());
                }
            } else if (current.isPresent() && end > start) {
                current.get().lines().add(output.substring(start, end));
            }
            start = end + 1;
        }
        return new LogOutput(List.copyOf(parts), List.copyOf(complaints), ending);
    }

    private static Log log(String word) {
        return word.equals("ban") ? Log.BAN : Log.MAIL;
    }

    private static Instant written(String seconds, Instant now) {
        try {
            long epoch = Long.parseLong(seconds);
            return epoch == 0 ? now : Instant.ofEpochSecond(epoch);
        } catch (NumberFormatException _) {
            return now;
        }
    }
}
