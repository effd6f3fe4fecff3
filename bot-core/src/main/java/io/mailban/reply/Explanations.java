package io.mailban.reply;

import io.mailban.ban.AddressScope;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.BanCause;
import io.mailban.known.Whose;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.Obstacle;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says why, whose and what is closed, and what stands between us and a server. Pure. */
final class Explanations {
    private Explanations() {}

    static Phrase because(BanCause cause, Whose whose) {
        return switch (cause) {
            case BanCause.FailedLogins logins -> failedLogins(logins, whose);
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
        return looksStale(logins, whose) ? phrase.words("; it looks like one stale password") : phrase;
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

    private static boolean looksStale(BanCause.FailedLogins logins, Whose whose) {
        boolean password = logins.reason() == Cause.WRONG_PASSWORD || logins.reason() == Cause.UNKNOWN;
        return password
                && logins.names().size() <= 1
                && switch (whose) {
                    case Whose.Known _, Whose.Perhaps _, Whose.Listed _ -> true;
                    case Whose.Unknown _, Whose.Suspicious _ -> false;
                };
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
                        Phrase.of("no user's: it tried " + suspicious.names().size() + " names");
                yield suspicious.gotIn().isEmpty()
                        ? phrase.words("; it looks like a guesser")
                        : phrase.words(", and logged in as ")
                                .names(suspicious.gotIn())
                                .words(". Change that password.");
            }
        };
    }

    static Phrase closes(Closes closes, BanCause cause) {
        return switch (closes) {
            case Closes.Ports(var ports) -> {
                String list = ports.stream().map(String::valueOf).collect(Collectors.joining(" "));
                boolean imapToo = (ports.contains(143) || ports.contains(993))
                        && !(cause instanceof BanCause.FailedLogins logins
                                && logins.protocol().equals(Optional.of(Protocol.IMAP)));
                yield Phrase.of(
                        list + (imapToo ? ": IMAP too; the client is refused and never asks for a password" : ""));
            }
            case Closes.Everything _ -> Phrase.of("every port, IMAP too; the client never asks for a password");
            case Closes.NothingKnown _ -> Phrase.of("unknown: the jail's actions name no ports");
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

    /** What is in the way, for the end of “can't be asked: …”. */
    static String obstacle(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.NameUnknown(var host) -> "the name " + host + " has no address";
            case Obstacle.PortClosed(var host, var port) -> host + " refuses connections on port " + port;
            case Obstacle.NoAnswer(var host, var port, var waited) ->
                host + " port " + port + " gave no answer within " + Phrase.lasting(waited);
            case Obstacle.LoginRefused(var user, var host, var tried) ->
                host + " does not let " + user + " log in (tried " + tried + ")";
            case Obstacle.KeyUnusable(var path, var why) -> "the key " + path + " can't be used: " + why;
            case Obstacle.HostKeyUnknown(var host, var type, var fingerprint) ->
                "the host key of " + host + " is not known yet: " + type + " " + fingerprint;
            case Obstacle.HostKeyChanged(var host, var type, var fingerprint) ->
                "the host key of " + host + " HAS CHANGED to " + type + " " + fingerprint;
            case Obstacle.HostKeyRevoked(var host, var fingerprint) ->
                "the host key of " + host + " is marked as revoked: " + fingerprint;
            case Obstacle.Broken(var host, var words) -> "the connection to " + host + " broke: " + words;
            case Obstacle.AtJumpHost(var jumpHost, var there) ->
                "on the way, at the jump host " + jumpHost + ": " + obstacle(there);
            case Obstacle.NotForwarded(var jumpHost, var host, var port, var reason) ->
                switch (reason) {
                    case FORBIDDEN -> "the jump host " + jumpHost + " forbids going on to " + host + " port " + port;
                    case NOT_REACHED -> "the jump host " + jumpHost + " can't reach " + host + " port " + port;
                };
        };
    }

    /** What to do about it. */
    static String mending(Obstacle obstacle, String server) {
        return switch (obstacle) {
            case Obstacle.NameUnknown _ -> "check host: in the configuration, or the alias in ~/.ssh/config";
            case Obstacle.PortClosed _ -> "is sshd running there, and on this port? systemctl status ssh";
            case Obstacle.NoAnswer _ -> "is the machine up, and does a firewall let us through to sshd?";
            case Obstacle.LoginRefused refused ->
                "put the public key into ~" + refused.user()
                        + "/.ssh/authorized_keys there, or name another user: or key:";
            case Obstacle.KeyUnusable _ -> "check key: and passphrase: in the configuration";
            case Obstacle.HostKeyUnknown _ -> "compare the fingerprint, then: mailban trust " + server;
            case Obstacle.HostKeyChanged _ ->
                "a reinstalled server, or somebody in between. Ask who runs it; only then: mailban trust " + server;
            case Obstacle.HostKeyRevoked _ -> "somebody marked this key @revoked in known_hosts: do not log in there";
            case Obstacle.Broken _ -> "ask again; if it stays so: ssh " + server;
            case Obstacle.AtJumpHost(var jumpHost, var there) -> mending(there, jumpHost);
            case Obstacle.NotForwarded(var jumpHost, var host, var port, var reason) ->
                switch (reason) {
                    case FORBIDDEN ->
                        "AllowTcpForwarding and PermitOpen in " + jumpHost
                                + "'s sshd_config, and the options before our key there, must let us pass";
                    case NOT_REACHED ->
                        "is it up, and does its name or address mean the same there? From " + jumpHost + ": nc -vz "
                                + host + " " + port;
                };
        };
    }
}
