package io.mailban.slack;

/** Slack takes a token for nothing, or for something else; the message says which, and what to do. It holds no token. */
public final class TokenRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TokenRefused(String token, String error) {
        super("Slack refuses the " + token + " (" + error + "); mailban doctor slack says how to mend it");
    }
}
