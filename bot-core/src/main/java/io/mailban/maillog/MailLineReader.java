package io.mailban.maillog;

import io.mailban.logtime.LineHead;
import java.util.Optional;

/**
 * Reads one line of a mail log: Postfix's and Dovecot's, from syslog, the journal, containers, or Dovecot's own log
 * files. Pure, thread-safe, linear in the length of the line, never throws.
 */
public final class MailLineReader {
    private MailLineReader() {}

    /** What the line reports; empty where it is nothing that matters here, or no line of Postfix or Dovecot. */
    public static Optional<MailEvent> read(String line) {
        LineHead head = LineHead.of(line);
        String program = head.program();
        if (program.startsWith("postfix")) {
            return PostfixReader.read(head.at(), program, text(line, head.message()));
        }
        if (program.equals("dovecot")) {
            return DovecotReader.read(head.at(), text(line, head.message()));
        }
        // Dovecot's own log files begin with the process; PAM logs under the name of auth.
        if (!DovecotReader.isProcess(line, head.tag())) {
            return Optional.empty();
        }
        String own = program.isEmpty() ? text(line, head.tag()) : program + ": " + text(line, head.message());
        return DovecotReader.read(head.at(), own);
    }

    /** The rest of the line, without the white space at its end. */
    private static String text(String line, int start) {
        int end = line.length();
        while (end > start && line.charAt(end - 1) <= ' ') {
            end--;
        }
        return line.substring(start, end);
    }
}
