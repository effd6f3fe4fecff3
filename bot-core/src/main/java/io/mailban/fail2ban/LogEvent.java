package io.mailban.fail2ban;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.logtime.LogTime;
import java.time.LocalDateTime;
import java.util.Optional;

/**
 * What one line of fail2ban's log says happened. The messages are those of {@code fail2ban/server/*.py}, 0.8 to 1.1.
 *
 * <p>Ids come from logs that attackers write into: {@code written} is the text in the log, {@code id} what it means.
 */
public sealed interface LogEvent {

    /** When fail2ban wrote the line. */
    LogTime at();

    /** An event of one jail. */
    sealed interface OfJail extends LogEvent {
        /** The jail. */
        Jail jail();
    }

    /** An event about one banned, or nearly banned, address, network or other id. */
    sealed interface OfId extends OfJail {
        /** What the id means, in canonical form. */
        BannedId id();

        /** The id to the letter, as the log has it. */
        String written();
    }

    /** {@code [J] Ban X}. fail2ban 0.9 writes it again for every standing ban when it starts. */
    record Banned(LogTime at, Jail jail, BannedId id, String written) implements OfId {
        public Banned(LogTime at, Jail jail, BannedId id) {
            this(at, jail, id, id.text());
        }
    }

    /** {@code [J] Unban X}: expired, lifted, or (up to 1.1.0) the server stopped. */
    record Unbanned(LogTime at, Jail jail, BannedId id, String written) implements OfId {
        public Unbanned(LogTime at, Jail jail, BannedId id) {
            this(at, jail, id, id.text());
        }
    }

    /** {@code [J] Restore Ban X}, from 0.10: an older ban put back in force when the server started. */
    record RestoredBan(LogTime at, Jail jail, BannedId id, String written) implements OfId {
        public RestoredBan(LogTime at, Jail jail, BannedId id) {
            this(at, jail, id, id.text());
        }
    }

    /** {@code [J] Repeal Ban X}, from 1.1.1: taken out of force by a stop or reload; it may be restored. */
    record RepealedBan(LogTime at, Jail jail, BannedId id, String written) implements OfId {
        public RepealedBan(LogTime at, Jail jail, BannedId id) {
            this(at, jail, id, id.text());
        }
    }

    /** {@code [J] Reban X[, action 'A']}: the firewall had lost it. */
    record Rebanned(LogTime at, Jail jail, BannedId id, String written) implements OfId {
        public Rebanned(LogTime at, Jail jail, BannedId id) {
            this(at, jail, id, id.text());
        }
    }

    /** {@code [J] X already banned}: it failed again while banned, so the ban does not keep it out. */
    record AlreadyBanned(LogTime at, Jail jail, BannedId id, String written) implements OfId {
        public AlreadyBanned(LogTime at, Jail jail, BannedId id) {
            this(at, jail, id, id.text());
        }
    }

    /**
     * {@code [J] Found X[ - DATE]}, or the observer's {@code [J] Found X, bad - DATE, 1 # -> 2.0[, Ban]}, which counts
     * an earlier {@code Found} line once more because of earlier bans.
     *
     * @param failedAt the time in the log that was watched, by the server's clock; fail2ban 0.9 doesn't say
     * @param escalation present on the observer's form, which is no further failure
     */
    record Found(
            LogTime at,
            Jail jail,
            BannedId id,
            String written,
            Optional<LocalDateTime> failedAt,
            Optional<Escalation> escalation)
            implements OfId {
        public Found(LogTime at, Jail jail, BannedId id) {
            this(at, jail, id, id.text(), Optional.empty(), Optional.empty());
        }
    }

    /**
     * {@code [J] Increase Ban X (4 # 16:00:00 -> 2021-04-07 19:43:15)}.
     *
     * @param count which ban of this id it is
     * @param lasting the new ban time as written: {@code 16:00:00}, {@code 1 day, 2:00:00}, {@code 1w 2d},
     *     {@code permanent}
     * @param until its end by the server's clock; empty where it is permanent
     */
    record IncreasedBan(
            LogTime at,
            Jail jail,
            BannedId id,
            String written,
            int count,
            String lasting,
            Optional<LocalDateTime> until)
            implements OfId {}

    /**
     * {@code [J] Ignore X by REASON} or {@code [J] Ignore X, expired bantime}.
     *
     * @param reason {@code ip}, {@code ignoreself rule}, {@code command}, {@code expired bantime}
     */
    record Ignored(LogTime at, Jail jail, BannedId id, String written, String reason) implements OfId {}

    /** {@code [J] Flush ticket(s) with ACTION}: all bans of the jail left the firewall at once. */
    record Flushed(LogTime at, Jail jail, String action) implements OfJail {}

    /** {@code Jail 'J' started}. */
    record JailStarted(LogTime at, Jail jail) implements OfJail {}

    /** {@code Jail 'J' stopped}. */
    record JailStopped(LogTime at, Jail jail) implements OfJail {}

    /** {@code Starting Fail2ban v1.1.0}. */
    record ServerStarted(LogTime at, String version) implements LogEvent {}

    /** {@code Shutdown in progress...} (from 0.10), and {@code Exiting Fail2ban}: a stop has both. */
    record ServerStopping(LogTime at) implements LogEvent {}
}
