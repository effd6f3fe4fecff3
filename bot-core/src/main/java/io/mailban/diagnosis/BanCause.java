package io.mailban.diagnosis;

import io.mailban.ban.Mailbox;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Why fail2ban banned an address, as far as the logs tell. */
public sealed interface BanCause {

    /**
     * Logins that failed.
     *
     * @param attempts how many
     * @param names the mailboxes that were tried; none where the log does not say
     * @param protocol what the client spoke, where it was only one
     * @param reason what the server answered, where it was only one
     * @param last the one that was too much
     */
    record FailedLogins(
            int attempts, Set<Mailbox> names, Optional<Protocol> protocol, Cause reason, Instant first, Instant last)
            implements BanCause {
        /** Copies the set. */
        public FailedLogins {
            names = Set.copyOf(names);
        }
    }

    /** fail2ban counted lines that are no failed logins: {@code found} of them, the last at {@code last}. */
    record OtherLines(int found, Instant last) implements BanCause {}

    /** The jails before it banned this address {@code bans} times. */
    record BannedBefore(int bans, Instant last) implements BanCause {}

    /** fail2ban's log reaches back before the ban and has no failure for it: somebody typed it. */
    record ByHand() implements BanCause {}

    /** The logs do not reach back to the ban, or could not be read. */
    record NotInLogs() implements BanCause {}
}
