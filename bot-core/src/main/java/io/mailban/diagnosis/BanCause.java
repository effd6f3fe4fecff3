package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Why fail2ban banned an address: by the lines that it kept of the ban, else as far as the logs tell. */
public sealed interface BanCause {

    /**
     * Logins that failed.
     *
     * @param attempts how many
     * @param names the mailboxes that were tried; none where the log does not say
     * @param protocol what the client spoke, where it was only one
     * @param reason what the server answered, where it was only one
     * @param last the one that was too much
     * @param rhythm whether it looks like a device or like somebody who guesses
     */
    record FailedLogins(
            int attempts,
            Set<Mailbox> names,
            Optional<Protocol> protocol,
            Cause reason,
            Instant first,
            Instant last,
            Rhythm rhythm)
            implements BanCause {
        /** Copies the set. */
        public FailedLogins {
            names = Set.copyOf(names);
        }
    }

    /**
     * The lines that fail2ban counted are another client's, which sent a user name that looks like this address; fail2ban
     * 1.1.0's filter for Dovecot believes it.
     *
     * @param by where the lines came from
     */
    record Forged(Address by, int lines, Instant last) implements BanCause {}

    /** It connected so many times and never tried to log in. */
    record NoLoginTried(int connections, Instant last) implements BanCause {}

    /** It named so many recipients that the server does not take mail for. */
    record RejectedRecipients(int recipients, Instant last) implements BanCause {}

    /** fail2ban counted lines that are none of these: {@code found} of them, the last at {@code last}. */
    record OtherLines(int found, Instant last) implements BanCause {}

    /** The jails before it banned this address {@code bans} times. */
    record BannedBefore(int bans, Instant last) implements BanCause {}

    /** fail2ban counted no failure for it, by its database or a log that reaches back: somebody typed it. */
    record ByHand() implements BanCause {}

    /** The logs do not reach back to the ban, or could not be read. */
    record NotInLogs() implements BanCause {}
}
