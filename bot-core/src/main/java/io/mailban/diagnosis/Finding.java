package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.AddressScope;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.Network;
import io.mailban.known.Whose;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.TroubleKind;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.FirewallSearch.Entry;
import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.JailSettings.Manner;
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
        /** Somebody got in who should not have: act now. */
        ALARM,
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
            case GuessWorked _ -> Weight.ALARM;
            case Banned _,
                    CoveredByNetwork _,
                    LeftInFirewall _,
                    OtherFirewall _,
                    SiblingBanned _,
                    Failing _,
                    LoginsFail _,
                    SignInAgain _,
                    WithoutDomain _,
                    OtherTrouble _,
                    NotDelivering _ -> Weight.KEPT_OUT;
            case Fail2banDown _, ServerUnreachable _, LogsUnread _, NotPublic _, NoSuchMailbox _ -> Weight.NOT_TOLD;
            case Exempt _, GettingIn _, BanEnded _, OnlyConnects _, NoTrace _ -> Weight.NOTHING_WRONG;
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
     * @param manner what the client notices of it
     * @param marks what is out of the ordinary about it, the worst first
     * @param delivery the newest delivery to the address's mailbox, which shows that no mail is lost
     */
    record Banned(
            Address address,
            List<Ban> bans,
            BanCause cause,
            Closes closes,
            Manner manner,
            List<Mark> marks,
            Whose whose,
            Optional<Delivery> delivery)
            implements Finding {
        /** Copies the lists. */
        public Banned {
            bans = List.copyOf(bans);
            marks = List.copyOf(marks);
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
    record CoveredByNetwork(
            Address address, Network network, Ban ban, Closes closes, Manner manner, List<Mark> marks, Whose whose)
            implements Finding {
        /** Copies the list. */
        public CoveredByNetwork {
            marks = List.copyOf(marks);
        }
    }

    /** No jail holds it (any more), and fail2ban's part of the firewall does. */
    record LeftInFirewall(Address address, List<Entry> entries) implements Finding {
        /** Copies the list. */
        public LeftInFirewall {
            entries = List.copyOf(entries);
        }
    }

    /** Something else than fail2ban holds it in the firewall. */
    record OtherFirewall(Address address, List<Entry> entries) implements Finding {
        /** Copies the list. */
        public OtherFirewall {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Another address of the same mailbox is banned: one device has an IPv4 and an IPv6 address, and uses either.
     *
     * @param bans those that cover the sibling
     */
    record SiblingBanned(Address address, Address sibling, Mailbox mailbox, List<Ban> bans) implements Finding {
        /** Copies the list. */
        public SiblingBanned {
            bans = List.copyOf(bans);
        }
    }

    /** It failed for several names, and then logged in as {@code gotIn}, who never had from there. */
    record GuessWorked(Address address, Set<Mailbox> names, Set<Mailbox> gotIn, Instant at) implements Finding {
        /** Copies the sets. */
        public GuessWorked {
            names = Set.copyOf(names);
            gotIn = Set.copyOf(gotIn);
        }
    }

    /** Its token was refused: no password is wrong, the person must sign in again on the device. */
    record SignInAgain(Address address, Optional<Mailbox> mailbox, int attempts, Instant last) implements Finding {}

    /** It logs in as {@code tried}, and the mailbox is {@code full}: the device leaves out the domain. */
    record WithoutDomain(Address address, Mailbox tried, Mailbox full, int attempts, Instant last) implements Finding {}

    /**
     * Something else than a ban, told from the mail log.
     *
     * @param address whose trouble it is, where it is a client's
     * @param mailbox whose trouble it is, where it is a mailbox's
     * @param times how often within a day
     */
    record OtherTrouble(TroubleKind kind, Optional<Address> address, Optional<Mailbox> mailbox, int times, Instant last)
            implements Finding {}

    /**
     * Its name was tried, and the logs know no login and no delivery to it.
     *
     * @param attempts how often
     * @param refusedAsUnknown how often the server said that there is no such user
     */
    record NoSuchMailbox(Mailbox mailbox, int attempts, int refusedAsUnknown, Horizon mailLog) implements Finding {}

    /** It fails, and is not banned yet: {@code failures} of {@code maxRetry} within {@code findTime}. */
    record Failing(
            Address address, Jail jail, int failures, int maxRetry, Duration findTime, BanCause cause, Whose whose)
            implements Finding {}

    /** Nothing keeps it out, and the server does not accept what it sends. */
    record LoginsFail(Address address, BanCause cause, Whose whose) implements Finding {}

    /** It reaches the server, and has not tried to log in. */
    record OnlyConnects(Address address, int times, Protocol protocol, Instant last) implements Finding {}

    /** Mail for the mailbox arrives at the server and does not get into it; {@code since} the last that did. */
    record NotDelivering(Mailbox mailbox, Instant failedAt, Optional<Instant> lastDelivered) implements Finding {}

    /** fail2ban did not answer. */
    record Fail2banDown(Fail2banSilent.Cause cause, String words) implements Finding {}

    /** The server could not be asked. {@code last} is what it said the last time. */
    record ServerUnreachable(Obstacle obstacle, Optional<LastKnown> last) implements Finding {}

    /**
     * What a server said before it could not be asked any more.
     *
     * @param bans those that covered what was asked about
     */
    record LastKnown(Instant at, List<Ban> bans) {
        /** Copies the list. */
        public LastKnown {
            bans = List.copyOf(bans);
        }
    }

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
     * @param own those with good logins: known ones first, then perhaps, then the others, the latest used first
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
     * @param whose whose it is, for all that it did
     */
    record AddressUse(Address address, int logins, Instant last, int failures, List<Jail> bannedIn, Whose whose) {
        /** Copies the list. */
        public AddressUse {
            bannedIn = List.copyOf(bannedIn);
        }
    }

    /** A message that reached a mailbox. */
    record Delivery(Mailbox mailbox, Instant at) {}
}
