package io.mailban.mailserver;

import io.mailban.ban.ServerName;

/**
 * The server was reached, and its fail2ban did not answer.
 *
 * @param words what the server said, for the one who mends it
 */
public record Fail2banSilent(ServerName server, Cause cause, String words)
        implements BanListing, Lifting, Description, IgnoreListing, Ignoring {

    /** Why fail2ban did not answer. */
    public enum Cause {
        /** {@code Failed to access socket path}: it is installed and does not run. */
        NOT_RUNNING,
        /** The login may not ask it: {@code Permission denied to socket}, or sudo wants a password. */
        NOT_PERMITTED,
        /** There is no {@code fail2ban-client}. */
        NOT_INSTALLED,
        /** It was asked and did not answer as any known version would. */
        NOT_UNDERSTOOD,
        /** It was asked and did not answer in time: it hangs, or the server is very busy. */
        TOO_LATE
    }
}
