package io.mailban.reply;

import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Tracing;

/** Says what stands between us and a server, and what to do about it. Pure. */
final class Obstacles {
    private Obstacles() {}

    /** What is in the way, for the end of “can't be asked: …”. */
    static String words(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.NameUnknown(var host) -> "the name " + host + " has no address";
            case Obstacle.PortClosed(var host, var port) -> host + " refuses connections on port " + port;
            case Obstacle.NoAnswer(var host, var port, var waited) ->
                host + " port " + port + " gave no answer within " + Phrase.lasting(waited);
            case Obstacle.TurnedAway(var host, var port, var words) ->
                host + " port " + port + " ended the connection before anybody could log in"
                        + (words.isEmpty() ? "" : ": " + words);
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
                "on the way, at the jump host " + jumpHost + ": " + words(there);
            case Obstacle.NotForwarded(var jumpHost, var host, var port, var reason) ->
                switch (reason) {
                    case FORBIDDEN -> "the jump host " + jumpHost + " forbids going on to " + host + " port " + port;
                    case NOT_REACHED -> "the jump host " + jumpHost + " can't reach " + host + " port " + port;
                };
        };
    }

    /** Why a log could not be read. */
    static Phrase fault(Tracing.Fault fault) {
        return switch (fault) {
            case Tracing.Fault.Said(var words) -> new Phrase().code(words);
            case Tracing.Fault.HostAway(var _, var obstacle) -> Phrase.of("can't be asked: " + words(obstacle));
        };
    }

    /** What to do about that. */
    static String mending(Tracing.Fault fault) {
        return switch (fault) {
            case Tracing.Fault.Said _ ->
                "let the login read them: log_prefix: sudo -n, or the groups adm and systemd-journal";
            case Tracing.Fault.HostAway(var host, var obstacle) -> mending(obstacle, host);
        };
    }

    /** What to do about it. */
    static String mending(Obstacle obstacle, String server) {
        return switch (obstacle) {
            case Obstacle.NameUnknown _ -> "check host: in the configuration, or the alias in ~/.ssh/config";
            case Obstacle.PortClosed _ -> "is sshd running there, and on this port? systemctl status ssh";
            case Obstacle.NoAnswer _ -> "is the machine up, and does a firewall let us through to sshd?";
            case Obstacle.TurnedAway _ ->
                "too many logins at a time (MaxStartups in its sshd_config), or sshd shuts this machine out for a while"
                        + " (PerSourcePenalties): ask again in a minute; journalctl -u ssh there tells";
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
