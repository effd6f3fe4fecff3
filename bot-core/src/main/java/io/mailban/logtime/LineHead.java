package io.mailban.logtime;

import io.mailban.logtime.LogTime.Local;
import io.mailban.logtime.LogTime.Missing;
import io.mailban.logtime.LogTime.WithOffset;
import io.mailban.logtime.LogTime.Yearless;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a message in a log line: {@code name  | } of Docker Compose, syslog's priority, one or more time
 * stamps, the host, and the program with its pid. Each is optional. Reading looks at each character at most a few times,
 * and never further than the head.
 *
 * @param at the time stamp that says most: one with an offset rather than one without, one with a year rather than none;
 *     of two equals the later one
 * @param program the program, as {@code postfix/smtpd} or {@code fail2ban.actions}; empty where the text after the time
 *     doesn't begin with {@code [host] program[pid]: }
 * @param tag where the program's name begins; where the message does, if there is none
 * @param message where the message begins; never beyond the end of the line
 */
public record LineHead(LogTime at, String program, int tag, int message) {
    private static final LogTime MISSING = new Missing();

    /** Container logs can repeat the time of the log inside. */
    private static final int MOST_STAMPS = 3;

    /** Reads the head of a whole line. */
    public static LineHead of(String line) {
        int start = new PrefixReader(line).skip();
        if (line.startsWith("1 ", start) && start > 0 && line.charAt(start - 1) == '>') {
            LineHead structured = StructuredSyslog.read(line, start + 2);
            if (structured != null) {
                return structured;
            }
        }
        Stamps stamps = stamps(line, start, MISSING);
        LineHead tagged = tagged(line, stamps);
        if (tagged != null) {
            return tagged;
        }
        int host = endOfHost(line, stamps.end());
        LineHead behindHost = host < 0 ? null : tagged(line, new Stamps(stamps.at(), host));
        return behindHost != null ? behindHost : new LineHead(stamps.at(), "", stamps.end(), stamps.end());
    }

    /** Reads a second head that the message of this one begins with, if it does: time stamps and program, no host. */
    public LineHead inside(String line) {
        Stamps stamps = stamps(line, skipSpaces(line, message), at);
        LineHead tagged = tagged(line, stamps);
        return tagged != null ? tagged : new LineHead(stamps.at(), "", stamps.end(), stamps.end());
    }

    private record Stamps(LogTime at, int end) {}

    private static Stamps stamps(String line, int start, LogTime outer) {
        LogTime best = outer;
        int end = start;
        for (int i = 0; i < MOST_STAMPS; i++) {
            TimeReader reader = new TimeReader(line, end);
            LogTime time = reader.read();
            if (time == null) {
                break;
            }
            best = worth(time) >= worth(best) ? time : best;
            end = skipSpaces(line, PrefixReader.skipStream(line, skipSpaces(line, reader.position())));
        }
        return new Stamps(best, end == start ? end : PrefixReader.skipFacility(line, end));
    }

    private static int worth(LogTime time) {
        return switch (time) {
            case WithOffset _ -> 3;
            case Local _ -> 2;
            case Yearless _ -> 1;
            case Missing _ -> 0;
        };
    }

    /** {@code program: }, {@code program[pid]: }, or fail2ban's padded {@code program   [pid]: }. */
    private static @Nullable LineHead tagged(String line, Stamps stamps) {
        int name = stamps.end();
        int end = name;
        while (end < line.length() && isProgram(line.charAt(end))) {
            end++;
        }
        int colon = endOfPid(line, end);
        if (end == name || colon >= line.length() || line.charAt(colon) != ':') {
            return null;
        }
        if (colon + 1 < line.length() && line.charAt(colon + 1) != ' ') {
            return null;
        }
        int message = skipSolarisId(line, Math.min(colon + 2, line.length()));
        return new LineHead(stamps.at(), line.substring(name, end), name, message);
    }

    /** The position behind {@code [123]}, or where it should have begun. */
    private static int endOfPid(String line, int start) {
        int open = skipSpaces(line, start);
        int end = open + 1;
        while (end < line.length() && line.charAt(end) >= '0' && line.charAt(end) <= '9') {
            end++;
        }
        boolean pid = open < line.length() && line.charAt(open) == '[' && end > open + 1 && end < line.length();
        return pid && line.charAt(end) == ']' ? end + 1 : start;
    }

    /** {@code [ID 197553 mail.info] }, which syslog on Solaris and its kin puts before the message. */
    private static int skipSolarisId(String line, int start) {
        if (!line.startsWith("[ID ", start)) {
            return start;
        }
        int end = line.indexOf("] ", start);
        return end < 0 ? start : end + 2;
    }

    /** The position behind a host's name and its space, or -1. */
    private static int endOfHost(String line, int start) {
        int end = start;
        while (end < line.length() && isHost(line.charAt(end))) {
            end++;
        }
        boolean isHost = end > start && end < line.length() && line.charAt(end) == ' ' && line.charAt(end - 1) != ':';
        return isHost ? skipSpaces(line, end) : -1;
    }

    static int skipSpaces(String line, int start) {
        int end = start;
        while (end < line.length() && (line.charAt(end) == ' ' || line.charAt(end) == '\t')) {
            end++;
        }
        return end;
    }

    static boolean isProgram(char c) {
        return isWord(c) || c == '.' || c == '_' || c == '-' || c == '/' || c == '+' || c == '@';
    }

    private static boolean isHost(char c) {
        return isWord(c) || c == '.' || c == '_' || c == '-' || c == ':' || c == '@' || c == '/' || c == '%';
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
}
