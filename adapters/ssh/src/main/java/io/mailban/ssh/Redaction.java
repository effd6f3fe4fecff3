package io.mailban.ssh;

/**
 * Takes passwords and their hashes out of a log line: Dovecot's {@code (given password: …)} and {@code (SHA1 of given
 * password: …)} ({@code auth_verbose_passwords}), and the {@code resp=…} of a client's answer ({@code auth_debug}).
 */
final class Redaction {
    private static final String GIVEN = "given password: ";
    private static final String RESPONSE = "resp=";

    private Redaction() {}

    static String of(String line) {
        String first = withoutGiven(line);
        return withoutResponse(first);
    }

    /** A password can hold anything, so all from its first character to the last bracket of the line goes. */
    private static String withoutGiven(String line) {
        int given = line.indexOf(GIVEN);
        if (given < 0) {
            return line;
        }
        int close = line.lastIndexOf(')');
        return line.substring(0, given + GIVEN.length()) + "…" + (close > given ? line.substring(close) : "");
    }

    private static String withoutResponse(String line) {
        int response = line.indexOf(RESPONSE);
        boolean word = response > 0 && (line.charAt(response - 1) == '\t' || line.charAt(response - 1) == ' ');
        if (!word || line.startsWith("<hidden>", response + RESPONSE.length())) {
            return line;
        }
        int end = response;
        while (end < line.length() && line.charAt(end) > ' ') {
            end++;
        }
        return line.substring(0, response + RESPONSE.length()) + "…" + line.substring(end);
    }
}
