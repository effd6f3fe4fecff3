package io.mailban.mailserver;

import java.time.Duration;

/** What stands between us and a server; each has its own sentence and its own mending. */
public sealed interface Obstacle {
    /** The name resolves to nothing. */
    record NameUnknown(String host) implements Obstacle {}

    /** The host refused the connection: nothing listens there. */
    record PortClosed(String host, int port) implements Obstacle {}

    /** Connected or not, the host was silent until the deadline. */
    record NoAnswer(String host, int port, Duration waited) implements Obstacle {}

    /**
     * The host took the connection and ended it before it said which SSH it speaks, twice: OpenSSH does so when too many
     * log in at a time ({@code MaxStartups}), and for a while to who failed ({@code PerSourcePenalties}).
     *
     * @param words what it said instead, if anything
     */
    record TurnedAway(String host, int port, String words) implements Obstacle {}

    /** The host does not let this user in with these keys: {@code tried} names them, for people. */
    record LoginRefused(String user, String host, String tried) implements Obstacle {}

    /** The key file can't be used: missing, unreadable, or its passphrase is wrong. */
    record KeyUnusable(String path, String why) implements Obstacle {}

    /** known_hosts has no key for this host. {@code fingerprint} is {@code SHA256:…}. */
    record HostKeyUnknown(String host, String keyType, String fingerprint) implements Obstacle {}

    /** known_hosts has another key for this host: a reinstalled server, or somebody in between. */
    record HostKeyChanged(String host, String keyType, String fingerprint) implements Obstacle {}

    /** known_hosts marks this very key as {@code @revoked}. */
    record HostKeyRevoked(String host, String fingerprint) implements Obstacle {}

    /** The connection was lost in the middle, or anything else went wrong; {@code words} say what. */
    record Broken(String host, String words) implements Obstacle {}

    /**
     * It stands at a jump host on the way ({@code ProxyJump}).
     *
     * @param jumpHost what {@code ~/.ssh/config} calls it
     * @param there what stands there
     */
    record AtJumpHost(String jumpHost, Obstacle there) implements Obstacle {}

    /** A jump host let us in and did not open the way onward, to this host and port. */
    record NotForwarded(String jumpHost, String host, int port, Reason reason) implements Obstacle {
        /** Why it did not. */
        public enum Reason {
            /** It forbids it: {@code AllowTcpForwarding}, {@code PermitOpen}, {@code restrict}. */
            FORBIDDEN,
            /** It could not get there: nothing listens, no route, no such name there. */
            NOT_REACHED
        }
    }
}
