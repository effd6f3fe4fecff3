package io.mailban.logtime;

import org.jspecify.annotations.Nullable;

/** RFC 5424: {@code <30>1 TIME HOST PROGRAM PID MSGID STRUCTURED-DATA MESSAGE}. */
final class StructuredSyslog {
    private StructuredSyslog() {}

    /** The head of a line whose time stands at {@code start}; null where it isn't one of these. */
    static @Nullable LineHead read(String line, int start) {
        TimeReader reader = new TimeReader(line, start);
        LogTime time = reader.read();
        if (time == null) {
            return null;
        }
        int host = reader.position() + 1;
        int program = endOfWord(line, host) + 1;
        int pid = endOfWord(line, program) + 1;
        int id = endOfWord(line, pid) + 1;
        int data = endOfWord(line, id) + 1;
        int message = endOfData(line, data) + 1;
        return message > line.length() ? null : new LineHead(time, line.substring(program, pid - 1), program, message);
    }

    /** The next space, or the end of the line. */
    private static int endOfWord(String line, int start) {
        int space = start < line.length() ? line.indexOf(' ', start) : -1;
        return space < 0 ? line.length() : space;
    }

    /** Behind {@code -}, or behind any number of {@code [id name="value"]}, whose values may hold escaped brackets. */
    private static int endOfData(String line, int start) {
        int at = start;
        while (at < line.length() && line.charAt(at) == '[') {
            boolean quoted = false;
            for (at++; at < line.length() && (quoted || line.charAt(at) != ']'); at++) {
                if (line.charAt(at) == '\\') {
                    at++;
                } else if (line.charAt(at) == '"') {
                    quoted = !quoted;
                }
            }
            at++;
        }
        return at == start ? endOfWord(line, start) : at;
    }
}
