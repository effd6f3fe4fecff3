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

        /** Both as one, the other being the later. */
        Run and(Run later);

        /** The same without its times: runs of one kind have it in common. */
        Run kind();
    }

    /** A jail counted failures. */
    record Counted(Instant first, Instant at, ServerName server, Jail jail, BannedId id, int count) implements Run {
        @Override
        public Run and(Run later) {
            return new Counted(first, later.at(), server, jail, id, count + later.count());
        }

        @Override
        public Run kind() {
            return new Counted(Instant.EPOCH, Instant.EPOCH, server, jail, id, 0);
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
        public Run and(Run later) {
            return new Failed(first, later.at(), server, address, mailbox, protocol, cause, count + later.count());
        }

        @Override
        public Run kind() {
            return new Failed(Instant.EPOCH, Instant.EPOCH, server, address, mailbox, protocol, cause, 0);
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
        public Run and(Run later) {
            return new LoggedIn(first, later.at(), server, address, mailbox, protocol, count + later.count());
        }

        @Override
        public Run kind() {
            return new LoggedIn(Instant.EPOCH, Instant.EPOCH, server, address, mailbox, protocol, 0);
        }
    }
}
