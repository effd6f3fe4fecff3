package io.mailban.ssh;

import io.mailban.mailserver.Fail2banSilent;

/** Inside this package: the server was reached and its fail2ban didn't answer. Becomes {@code Fail2banSilent}. */
final class Unanswered extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fail2banSilent.Cause reason;

    Unanswered(Fail2banSilent.Cause reason, String words) {
        super(words);
        this.reason = reason;
    }

    Fail2banSilent.Cause reason() {
        return reason;
    }

    /** What the server said. */
    String words() {
        return String.valueOf(getMessage());
    }
}
