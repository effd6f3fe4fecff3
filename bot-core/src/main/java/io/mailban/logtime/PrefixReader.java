package io.mailban.logtime;

/** Takes off what a container runtime or syslog puts before the first time stamp. */
final class PrefixReader {
    private static final char ESCAPE = '\u001b';

    private final String line;
    private int position;

    PrefixReader(String line) {
        this.line = line;
    }

    /** Where the line itself begins. */
    int skip() {
        position = LineHead.skipSpaces(line, skipColour(0));
        skipContainer();
        skipPriority();
        return position;
    }

    /** {@code stdout F } and its kin, which Kubernetes writes behind its time stamp (CRI log format). */
    static int skipStream(String line, int start) {
        boolean stream = line.startsWith("stdout ", start) || line.startsWith("stderr ", start);
        boolean whole = line.startsWith("F ", start + 7) || line.startsWith("P ", start + 7);
        return stream && whole ? start + 9 : start;
    }

    /** {@code <mail.info> } or {@code <2.6> }, which BSD's syslogd writes behind its time stamp when started with -v. */
    static int skipFacility(String line, int start) {
        int end = start + 1;
        while (end < line.length() && end < start + 24 && LineHead.isProgram(line.charAt(end))) {
            end++;
        }
        return line.startsWith("<", start) && line.startsWith("> ", end) ? end + 2 : start;
    }

    /** {@code fail2ban-1  | }: Docker Compose's name of the container, perhaps in colour. */
    private void skipContainer() {
        int end = position;
        while (end < line.length() && LineHead.isProgram(line.charAt(end))) {
            end++;
        }
        int bar = LineHead.skipSpaces(line, end);
        if (end > position && bar < line.length() && line.charAt(bar) == '|') {
            position = LineHead.skipSpaces(line, skipColour(bar + 1));
        }
    }

    /** {@code <30>}: facility and severity (RFC 3164 §4.1.1), which some receivers keep. */
    private void skipPriority() {
        int end = position + 1;
        while (end < line.length() && end < position + 4 && Character.isDigit(line.charAt(end))) {
            end++;
        }
        boolean open = position < line.length() && line.charAt(position) == '<' && end > position + 1;
        if (open && end < line.length() && line.charAt(end) == '>') {
            position = end + 1;
        }
    }

    /** ANSI colour sequences, {@code ESC [ 36 m}. */
    private int skipColour(int start) {
        int at = start;
        while (at + 1 < line.length() && line.charAt(at) == ESCAPE && line.charAt(at + 1) == '[') {
            int end = at + 2;
            while (end < line.length() && (Character.isDigit(line.charAt(end)) || line.charAt(end) == ';')) {
                end++;
            }
            if (end >= line.length() || line.charAt(end) != 'm') {
                return at;
            }
            at = end + 1;
        }
        return at;
    }
}
