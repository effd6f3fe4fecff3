package io.mailban.ssh;

import io.mailban.mailserver.Fail2banSilent.Cause;
import java.util.Optional;

/**
 * Tells why a {@code fail2ban-client} failed from what it, {@code sudo}, {@code docker} or the shell said about it
 * ({@code fail2banclient.py}, {@code __logSocketError}; the shells' and sudo's English texts).
 */
final class Complaint {
    private static final String ERROR_LEVEL = "ERROR";

    /** How each refusal of the gate begins. */
    private static final String GATE_REFUSAL = "mailban-gate: refused: ";

    private Complaint() {}

    /** The reason, where the words give one. */
    static Optional<Cause> reason(String words, int status) {
        if (words.contains("Failed to access socket path") || words.contains("Unable to contact server")) {
            return Optional.of(Cause.NOT_RUNNING);
        }
        if (words.contains("Permission denied to socket")
                || words.contains("a password is required")
                || words.contains("is not allowed to execute")
                || words.contains("not in the sudoers file")
                || words.contains(GATE_REFUSAL)
                || words.contains("permission denied while trying to connect to the")) {
            return Optional.of(Cause.NOT_PERMITTED);
        }
        if (words.contains("No such container") || words.contains(" is not running")) {
            return Optional.of(Cause.NOT_RUNNING);
        }
        if (status == 127
                || words.contains("command not found")
                || words.contains("fail2ban-client: not found")
                || words.contains("executable file not found")) {
            return Optional.of(Cause.NOT_INSTALLED);
        }
        return status == 126 ? Optional.of(Cause.NOT_PERMITTED) : Optional.empty();
    }

    /**
     * Whether a line is the client's own complaint that it got no answer from the server: {@code 2026-11-22 10:40:48,123
     * fail2ban [99]: ERROR   Failed to access socket path: …}. A refusal by the server ({@code NOK:}) is none.
     */
    static boolean tellsOfSilence(String line) {
        return isLogged(line) && !line.contains(" NOK: ");
    }

    /**
     * Whether a text begins with the server's refusal, {@code … fail2ban [99]: ERROR   NOK: ('x',)}, or with the gate's.
     */
    static boolean tellsOfRefusal(String text) {
        if (text.startsWith(GATE_REFUSAL)) {
            return true;
        }
        int end = text.indexOf('\n');
        String first = end < 0 ? text : text.substring(0, end);
        return isLogged(first) && first.contains(" NOK: ");
    }

    /** The words without the time, the logger and the level, in one line. */
    static String bare(String words) {
        StringBuilder bare = new StringBuilder();
        for (String line : words.strip().split("\n", -1)) {
            int level = isLogged(line) ? line.indexOf(ERROR_LEVEL) + ERROR_LEVEL.length() : 0;
            String rest = line.substring(level).strip();
            // What follows says the same for people.
            if (!rest.startsWith("NOK: ") && !rest.isEmpty()) {
                bare.append(bare.isEmpty() ? "" : " ").append(rest);
            }
        }
        String all = bare.isEmpty() ? words.strip() : bare.toString();
        return all.length() > 500 ? all.substring(0, 500) + "…" : all;
    }

    private static boolean isLogged(String line) {
        int level = line.indexOf(ERROR_LEVEL);
        return level > 0
                && level < 80
                && Character.isDigit(line.charAt(0))
                && line.substring(0, level).contains("fail2ban");
    }
}
