package io.mailban.maillog;

import java.util.Optional;

/** Reads one line of a mail log. Pure, thread-safe, linear in the length of the line, never throws. */
public final class MailLineReader {
    private MailLineReader() {}

    /** What the line reports; empty where it is nothing that matters here, or no line of Postfix or Dovecot. */
    public static Optional<MailEvent> read(String line) {
        return Optional.empty();
    }
}
