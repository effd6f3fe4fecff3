package io.mailban.fail2ban;

import io.mailban.logtime.LineHead;
import io.mailban.logtime.LogTime;
import java.util.List;
import java.util.Optional;

/**
 * Reads one line of fail2ban's log, in the forms of versions 0.7.9 to 1.1, of its log targets (file, SYSLOG, journal,
 * standard output), of {@code -vv}, and behind the prefixes of syslog, systemd and containers (fail2ban 1.1,
 * {@code server.py} and {@code helpers.py}, {@code getVerbosityFormat}). Pure, thread-safe, linear in the length of the
 * line, never throws.
 */
public final class LogLineReader {
    /** What a level's name begins with; {@code -vv} cuts them to five letters, and unknown ones are {@code #06-Lev.}. */
    private static final List<String> LEVELS =
            List.of("NOTIC", "INFO", "WARN", "ERROR", "DEBUG", "CRIT", "MSG", "TRACE", "HEAVY", "#", "Level");

    private LogLineReader() {}

    /** The event that the line reports; empty where it is none that matters here, or no line of fail2ban's at all. */
    public static Optional<LogEvent> read(String line) {
        LineHead head = LineHead.of(line);
        if (head.program().startsWith("fail2ban")) {
            LineHead inner = head.inside(line);
            boolean another = inner.program().isEmpty() || inner.program().startsWith("fail2ban");
            int start = another ? inner.message() : head.message();
            LogTime at = another ? inner.at() : head.at();
            return message(line, behindThread(line, start), at);
        }
        int thread = head.program().isEmpty() ? behindThread(line, head.message()) : head.message();
        // Without fail2ban's name only the form of -vv is fail2ban's, which has a thread and a level.
        boolean verbose = thread > head.message() && endOfLevel(line, thread) > thread;
        return verbose ? message(line, thread, head.at()) : Optional.empty();
    }

    private static Optional<LogEvent> message(String line, int start, LogTime at) {
        if (line.startsWith("ERROR", start) || line.startsWith("CRIT", start)) {
            // These quote commands, their output and whole lines of other logs; none of them is an event.
            return Optional.empty();
        }
        int message = skipSpaces(line, endOfLevel(line, start));
        int end = line.length();
        while (end > message && line.charAt(end - 1) <= ' ') {
            end--;
        }
        return message == end ? Optional.empty() : MessageReader.read(at, line.substring(message, end));
    }

    /**
     * Behind {@code 7F8B9E7FC6C0 } of {@code -vv} or {@code +  123 7F8B9E7FC6C0 fail2ban.actions } of {@code -vvv};
     * {@code start} where it is neither.
     */
    private static int behindThread(String line, int start) {
        int at = start;
        if (at < line.length() && line.charAt(at) == '+') {
            at = skipSpaces(line, at + 1);
            while (at < line.length() && Character.isDigit(line.charAt(at))) {
                at++;
            }
            at = skipSpaces(line, at);
        }
        int end = at;
        while (end < line.length() && isUpperHex(line.charAt(end))) {
            end++;
        }
        if (end - at < 4 || end - at > 16 || end >= line.length() || line.charAt(end) != ' ') {
            return start;
        }
        int behind = skipSpaces(line, end);
        if (!line.startsWith("fail2ban", behind)) {
            return behind;
        }
        int name = line.indexOf(' ', behind);
        return name < 0 ? line.length() : skipSpaces(line, name);
    }

    /** Behind the name of a level, or {@code start} where there is none: the journal's lines have none. */
    private static int endOfLevel(String line, int start) {
        for (String level : LEVELS) {
            if (line.startsWith(level, start)) {
                int end = line.indexOf(' ', start);
                return end < 0 ? line.length() : end;
            }
        }
        return start;
    }

    private static boolean isUpperHex(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
    }

    private static int skipSpaces(String line, int start) {
        int end = start;
        while (end < line.length() && line.charAt(end) == ' ') {
            end++;
        }
        return end;
    }
}
