package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.AddressScope;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.Network;
import io.mailban.known.Whose;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Tracing.Horizon;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something that explains, or rules out, why an address or a mailbox can't get in on one server. */
public sealed interface Finding {

    /** How bad it is for the one who asks; the worst leads. */
    enum Weight {
        /** The client is kept out, or its mail is. */
        KEPT_OUT,
        /** It could not be told. */
        NOT_TOLD,
        /** It gets in, or nothing here keeps it out. */
        NOTHING_WRONG
    }

    /** How bad this is. */
    default Weight weight() {
        return switch (this) {
            case Banned _, CoveredByNetwork _, Failing _, NotDelivering _ -> Weight.KEPT_OUT;
            case Fail2banDown _, ServerUnreachable _, LogsUnread _, NotPublic _ -> Weight.NOT_TOLD;
            case Exempt _, GettingIn _, BanEnded _, NoTrace _ -> Weight.NOTHING_WRONG;
            case MailboxUse use ->
                switch (use.standing()) {
                    case SHUT_OUT -> Weight.KEPT_OUT;
                    case OPEN -> Weight.NOTHING_WRONG;
                };
        };
    }

    /**
     * The address sits in jails.
     *
     * @param bans one for each jail, earliest first; all of exactly this address
     * @param cause why, as far as the logs tell
     * @param closes what all of these jails together close
     * @param delivery the newest delivery to the address's mailbox, which shows that no mail is lost
     */
    record Banned(
            Address address, List<Ban> bans, BanCause cause, Closes closes, Whose whose, Optional<Delivery> delivery)
            implements Finding {
        /** Copies the list. */
        public Banned {
            bans = List.copyOf(bans);
        }

        /** When the first of the bans began; empty where fail2ban did not say. */
        public Optional<Instant> since() {
            return bans.stream().flatMap(ban -> ban.since().stream()).min(Instant::compareTo);
        }

        /** When the last of the bans ends; empty where one never does, or fail2ban did not say. */
        public Optional<Instant> until() {
            return bans.stream().allMatch(ban -> ban.until().isPresent())
                    ? bans.stream().flatMap(ban -> ban.until().stream()).max(Instant::compareTo)
                    : Optional.empty();
        }
    }

    /** A network around the address is banned. */
    record CoveredByNetwork(Address address, Network network, Ban ban, Closes closes, Whose whose) implements Finding {}

    /** It fails, and is not banned yet: {@code failures} of {@code maxRetry} within {@code findTime}. */
    record Failing(
            Address address, Jail jail, int failures, int maxRetry, Duration findTime, BanCause cause, Whose whose)
            implements Finding {}

    /** Mail for the mailbox arrives at the server and does not get into it; {@code since} the last that did. */
    record NotDelivering(Mailbox mailbox, Instant failedAt, Optional<Instant> lastDelivered) implements Finding {}

    /** fail2ban did not answer. */
    record Fail2banDown(Fail2banSilent.Cause cause, String words) implements Finding {}

    /** The server could not be asked. */
    record ServerUnreachable(Obstacle obstacle) implements Finding {}

    /** A log could not be read, so that silence means nothing. */
    record LogsUnread(List<Horizon> logs) implements Finding {
        /** Copies the list. */
        public LogsUnread {
            logs = List.copyOf(logs);
        }
    }

    /** No mail server on the Internet sees a client under such an address. */
    record NotPublic(Address address, AddressScope scope) implements Finding {}

    /** It logged in, and nothing keeps it out. */
    record GettingIn(Address address, Instant lastLogin, Mailbox mailbox, Protocol protocol, Whose whose)
            implements Finding {}

    /** These jails ignore it, whatever it does. */
    record Exempt(Address address, Set<Jail> jails) implements Finding {
        /** Copies the set. */
        public Exempt {
            jails = Set.copyOf(jails);
        }
    }

    /** It was banned, and is not any more; it has not logged in since. */
    record BanEnded(Address address, Jail jail, Instant at) implements Finding {}

    /** The logs do not know it, as far as they reach. */
    record NoTrace(Question question, Horizon mailLog, Horizon banLog) implements Finding {}

    /**
     * Which addresses a mailbox uses.
     *
     * @param own those with good logins, the latest used first
     * @param others those that tried its name and never got in, the banned ones first
     * @param standing whether one of its own addresses is kept out
     */
    record MailboxUse(Mailbox mailbox, List<AddressUse> own, List<AddressUse> others, Standing standing)
            implements Finding {
        /** Copies the lists. */
        public MailboxUse {
            own = List.copyOf(own);
            others = List.copyOf(others);
        }
    }

    /** Whether a mailbox's own addresses get in. */
    enum Standing {
        /** One at least is banned. */
        SHUT_OUT,
        /** None is. */
        OPEN
    }

    /**
     * One of the addresses that logged in to a mailbox, or tried to.
     *
     * @param last the last login, or where there was none the last failure
     * @param bannedIn the jails that hold it
     */
    record AddressUse(Address address, int logins, Instant last, int failures, List<Jail> bannedIn) {
        /** Copies the list. */
        public AddressUse {
            bannedIn = List.copyOf(bannedIn);
        }
    }

    /** A message that reached a mailbox. */
    record Delivery(Mailbox mailbox, Instant at) {}
}
