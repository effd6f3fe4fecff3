package io.mailban.fail2ban;

import java.util.Optional;

/** Reads one line of fail2ban's log. Pure, thread-safe, linear in the length of the line, never throws. */
public final class LogLineReader {
    private LogLineReader() {}

    /** The event that the line reports; empty where it is none that matters here, or no line of fail2ban's at all. */
    public static Optional<LogEvent> read(String line) {
        return Optional.empty();
    }
}
