package io.mailban.history;

import io.mailban.audit.AuditEntry;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** One thing that happened to an address or a mailbox, or a run of things that differ in nothing but their time. */
public sealed interface Happening {
    /** When; of a run, when last. */
    Instant at();

    /** fail2ban banned it. {@code failures} by fail2ban's own count, where that was kept; 0 where it was by hand. */
    record Banned(Instant at, ServerName server, Jail jail, BannedId id, Optional<Instant> until, OptionalInt failures)
            implements Happening {}

    /** A ban ended: by itself, or lifted. */
    record Unbanned(Instant at, ServerName server, Jail jail, BannedId id) implements Happening {}

    /** Something was done about it with this bot. */
    record Decided(AuditEntry entry) implements Happening {
        @Override
        public Instant at() {
            return entry.at();
        }
    }

    /** What can happen many times in a row; {@code first} is when it first did. */
    sealed interface Run extends Happening {
        /** When it first happened. */
        Instant first();

        /** How many times. */
        int count();

        /** The same so many times, between these. */
        Run during(Instant from, Instant to, int times);

        /** Both as one, the other being the later. */
        default Run and(Run later) {
            return during(first(), later.at(), count() + later.count());
        }

        /** The same without its times: runs of one kind have it in common. */
        default Run kind() {
            return during(Instant.EPOCH, Instant.EPOCH, 0);
        }
    }

    /** A jail counted failures. */
    record Counted(Instant first, Instant at, ServerName server, Jail jail, BannedId id, int count) implements Run {
        @Override
        public Run during(Instant from, Instant to, int times) {
            return new Counted(from, to, server, jail, id, times);
        }
    }

    /** Logins failed. */
    record Failed(
            Instant first,
            Instant at,
            ServerName server,
            Optional<Address> address,
            Optional<Mailbox> mailbox,
            Optional<Protocol> protocol,
            Cause cause,
            int count)
            implements Run {
        @Override
        public Run during(Instant from, Instant to, int times) {
            return new Failed(from, to, server, address, mailbox, protocol, cause, times);
        }
    }

    /** Logins succeeded. */
    record LoggedIn(
            Instant first,
            Instant at,
            ServerName server,
            Optional<Address> address,
            Mailbox mailbox,
            Protocol protocol,
            int count)
            implements Run {
        @Override
        public Run during(Instant from, Instant to, int times) {
            return new LoggedIn(from, to, server, address, mailbox, protocol, times);
        }
    }
}
