package io.mailban.reply;

import io.mailban.ban.AddressScope;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.BanCause;
import io.mailban.known.Whose;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.JailSettings.Manner;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why, whose and what is closed. Pure. */
final class Explanations {
    private Explanations() {}

    static Phrase because(BanCause cause, Whose whose) {
        return switch (cause) {
            case BanCause.FailedLogins logins -> failedLogins(logins, whose);
            case BanCause.Forged forged ->
                Phrase.of("forged: what fail2ban counted came from ")
                        .code(forged.by().text())
                        .words(", which sent " + Phrase.count(forged.lines(), "user name", "user names")
                                + " made to look like this address, the last at ")
                        .at(forged.last(), Style.SECOND);
            case BanCause.NoLoginTried tried ->
                Phrase.of(Phrase.count(tried.connections(), "connection", "connections")
                                + " without a login, the last at ")
                        .at(tried.last(), Style.SECOND);
            case BanCause.RejectedRecipients rejected ->
                Phrase.of(Phrase.count(rejected.recipients(), "recipient", "recipients")
                                + " that the server takes no mail for, the last at ")
                        .at(rejected.last(), Style.SECOND);
            case BanCause.OtherLines lines ->
                Phrase.of("fail2ban counted " + Phrase.count(lines.found(), "line", "lines")
                                + " beside failed logins, the last at ")
                        .at(lines.last(), Style.SECOND);
            case BanCause.BannedBefore before ->
                Phrase.of("banned " + Phrase.count(before.bans(), "time", "times") + " before, the last at ")
                        .at(before.last(), Style.SECOND);
            case BanCause.ByHand _ -> Phrase.of("by hand: fail2ban counted no failure before it");
            case BanCause.NotInLogs _ -> Phrase.of("not in the logs, as far as they reach back");
        };
    }

    private static Phrase failedLogins(BanCause.FailedLogins logins, Whose whose) {
        Phrase phrase = Phrase.of(what(logins));
        if (!logins.names().isEmpty()) {
            phrase.words(" for ").names(logins.names());
        }
        Duration span = Duration.between(logins.first(), logins.last());
        if (span.toSeconds() > 0) {
            phrase.words(" in " + Phrase.lasting(span));
        }
        phrase.words(logins.attempts() == 1 ? ", at " : ", the last at ").at(logins.last(), Style.SECOND);
        return phrase.words(likeness(logins, whose));
    }

    /** A device, or somebody who guesses. */
    private static String likeness(BanCause.FailedLogins logins, Whose whose) {
        boolean password = logins.reason() == Cause.WRONG_PASSWORD || logins.reason() == Cause.UNKNOWN;
        if (!password || logins.names().size() > 1 || whose instanceof Whose.Suspicious) {
            return "";
        }
        return switch (logins.rhythm().passwords()) {
            case DIFFERENT -> "; several passwords: somebody types, or guesses";
            case SAME -> "; the same password each time: it looks like one stale password" + every(logins);
            case NOT_SHOWN -> {
                boolean user = whose instanceof Whose.Known || whose instanceof Whose.Perhaps;
                yield user || logins.rhythm().every().isPresent()
                        ? "; it looks like one stale password" + every(logins)
                        : "";
            }
        };
    }

    private static String every(BanCause.FailedLogins logins) {
        return logins.rhythm()
                .every()
                .map(interval -> ", tried every " + Phrase.lasting(interval))
                .orElse("");
    }

    private static String what(BanCause.FailedLogins logins) {
        String by = logins.protocol().map(protocol -> protocol.name() + " ").orElse("");
        int n = logins.attempts();
        return switch (logins.reason()) {
            case WRONG_PASSWORD -> Phrase.count(n, "wrong " + by + "password", "wrong " + by + "passwords");
            case UNKNOWN_USER -> Phrase.count(n, by + "login as an unknown user", by + "logins as unknown users");
            case TOKEN_REFUSED ->
                Phrase.count(n, "refused " + by + "sign-in", "refused " + by + "sign-ins")
                        + " (sign in again on the device)";
            case PLAINTEXT_REFUSED -> Phrase.count(n, by + "login without TLS", by + "logins without TLS");
            case NOT_ALLOWED -> Phrase.count(n, by + "login", by + "logins") + " to an account that may not log in";
            case UNKNOWN -> Phrase.count(n, "failed " + by + "login", "failed " + by + "logins");
        };
    }

    /** What to do about logins that fail while nothing is banned. */
    static Phrase correcting(BanCause cause) {
        Cause reason = cause instanceof BanCause.FailedLogins logins ? logins.reason() : Cause.UNKNOWN;
        return Phrase.of(
                switch (reason) {
                    case WRONG_PASSWORD, UNKNOWN -> "correct the password on the device";
                    case UNKNOWN_USER -> "correct the user name on the device: the server knows none like it";
                    case TOKEN_REFUSED -> "sign in again on the device";
                    case PLAINTEXT_REFUSED -> "switch on TLS (SSL, STARTTLS) on the device";
                    case NOT_ALLOWED -> "on the server, see why the account may not log in";
                });
    }

    static Phrase whose(Whose whose) {
        return switch (whose) {
            case Whose.Known known -> {
                Phrase phrase = new Phrase()
                        .name(known.mailbox())
                        .words("'s: " + Phrase.count(known.logins(), "good login", "good logins") + " since ")
                        .at(known.since(), Style.DAY);
                yield known.others().isEmpty()
                        ? phrase.words(", nobody else's")
                        : phrase.words("; also used by ").names(known.others());
            }
            case Whose.Listed _ -> Phrase.of("one of yours: it is listed in known_addresses");
            case Whose.Perhaps perhaps ->
                Phrase.of("perhaps ")
                        .name(perhaps.mailbox())
                        .words("'s: " + Phrase.count(perhaps.logins(), "good login", "good logins")
                                + " before the failures, the last at ")
                        .at(perhaps.last(), Style.MINUTE);
            case Whose.Unknown unknown ->
                unknown.names().isEmpty()
                        ? Phrase.of("nobody's that the logs know: no good login in 30 days")
                        : Phrase.of("unknown: no good login in 30 days; it tried ")
                                .names(unknown.names());
            case Whose.Suspicious suspicious -> {
                Phrase phrase =
                        Phrase.of("it tried " + Phrase.count(suspicious.names().size(), "name", "names"));
                if (!suspicious.gotIn().isEmpty()) {
                    yield phrase.words(", then logged in as ")
                            .names(suspicious.gotIn())
                            .words(", who never had from there");
                }
                yield suspicious.regulars().isEmpty()
                        ? phrase.words(" and never got in: it looks like a guesser's")
                        : phrase.words("; ")
                                .names(suspicious.regulars())
                                .words(" logged in from it before: a shared address, or a guesser behind one");
            }
        };
    }

    static Phrase closes(Closes closes, Manner manner, BanCause cause) {
        return switch (closes) {
            case Closes.Ports(var ports) -> {
                String list = ports.stream().map(String::valueOf).collect(Collectors.joining(" "));
                boolean imapToo = (ports.contains(143) || ports.contains(993))
                        && !(cause instanceof BanCause.FailedLogins logins
                                && logins.protocol().equals(Optional.of(Protocol.IMAP)));
                yield Phrase.of(list + (imapToo ? ": IMAP too; " : "; ") + notices(manner));
            }
            case Closes.Everything _ -> Phrase.of("every port, IMAP too; " + notices(manner));
            case Closes.NothingKnown _ -> Phrase.of("unknown: the jail's actions name no ports");
        };
    }

    private static String notices(Manner manner) {
        return switch (manner) {
            case REFUSES -> "the client is refused and never asks for a password";
            case SILENT -> "the client hangs until it gives up";
            case UNKNOWN -> "the client can't connect and never asks for a password";
        };
    }

    static String scope(AddressScope scope) {
        return switch (scope) {
            case PRIVATE -> "a private address of some home, office or container network";
            case LOOPBACK -> "the loopback address: every machine's own name for itself";
            case SHARED -> "an address of Tailscale or of a provider's shared NAT (100.64.0.0/10)";
            case LINK_LOCAL -> "a link-local address, valid on one network segment only";
            case NOT_A_HOST -> "no host's address (multicast, broadcast or unspecified)";
            case PUBLIC -> "a public address";
        };
    }

    static String silent(Fail2banSilent.Cause cause) {
        return switch (cause) {
            case NOT_RUNNING -> "fail2ban is not running, so nothing is banned by it and nothing is guarded";
            case NOT_PERMITTED -> "this login may not ask fail2ban";
            case NOT_INSTALLED -> "there is no fail2ban-client";
            case NOT_UNDERSTOOD -> "fail2ban did not answer in a way that is understood";
        };
    }

    static String mending(Fail2banSilent.Cause cause) {
        return switch (cause) {
            case NOT_RUNNING -> "sudo systemctl start fail2ban";
            case NOT_PERMITTED ->
                "prefix: sudo -n in the configuration (--prefix \"sudo -n\" beside --ssh), and let its user run fail2ban-client";
            case NOT_INSTALLED ->
                "sudo apt-get install fail2ban, or prefix: docker exec -i NAME where it runs in a container";
            case NOT_UNDERSTOOD -> "sudo fail2ban-client status";
        };
    }
}
