package io.mailban.ssh;

import com.jcraft.jsch.JSch;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.mailban.mailserver.Obstacle;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One leg of the way to a server: to a jump host, or to the server itself; connects, logs in, names what is in the way. */
final class Leg {
    /** A server that is silent for so long is asked whether it lives, twice, before the session is given up. */
    private static final Duration KEEPALIVE = Duration.ofSeconds(15);

    private static final int KEEPALIVES_UNANSWERED = 2;

    /** sshd drops logins at random when many come at a time; a moment later they are done. */
    private static final Duration BEFORE_ANOTHER = Duration.ofSeconds(1);

    /** What OpenSSH says for itself when it ends a connection that it has just taken; older ones say nothing. */
    private static final Set<String> GOODBYES = Set.of("", "Exceeded MaxStartups", "Not allowed at this time");

    private static final String CIPHERS =
            "aes128-gcm@openssh.com,aes256-gcm@openssh.com,aes128-ctr,aes192-ctr,aes256-ctr";

    /** OpenSSH's own order, with one way to sign for each key: a server counts each as a failed attempt. */
    private static final String SIGNATURES =
            "ssh-ed25519,ecdsa-sha2-nistp256,ecdsa-sha2-nistp384,ecdsa-sha2-nistp521,rsa-sha2-512";

    /** What JDK 25 brings, in JSch's order: said outright, so that JSch doesn't try each of its algorithms out first. */
    private static final Map<String, String> ALGORITHMS = Map.of(
            "kex",
            "mlkem768x25519-sha256,curve25519-sha256,curve25519-sha256@libssh.org,ecdh-sha2-nistp256,"
                    + "ecdh-sha2-nistp384,ecdh-sha2-nistp521,diffie-hellman-group-exchange-sha256,"
                    + "diffie-hellman-group16-sha512,diffie-hellman-group18-sha512,diffie-hellman-group14-sha256",
            "cipher.c2s",
            CIPHERS,
            "cipher.s2c",
            CIPHERS,
            "CheckKexes",
            "",
            "CheckCiphers",
            "",
            "CheckSignatures",
            "");

    private final Route.Stop stop;
    private final Optional<String> jumpHost;
    private final Destination destination;
    private final Deadline deadline;
    private final CountDownLatch abandoned = new CountDownLatch(1);
    private volatile Door door;
    private final HostKeyWitness witness;

    /**
     * A leg that ends at the stop.
     *
     * @param jumpHost what people call the host that it starts from; empty where that is this machine
     */
    Leg(Route.Stop stop, Optional<String> jumpHost, Deadline deadline) {
        this.stop = stop;
        this.jumpHost = jumpHost;
        this.destination = stop.destination();
        this.deadline = deadline;
        this.door = new Door(deadline);
        this.witness = new HostKeyWitness(KnownHosts.read(destination.knownHosts()));
    }

    /** What people call the host that it ends at. */
    String name() {
        return stop.server().name().name();
    }

    Destination destination() {
        return destination;
    }

    HostKeyWitness witness() {
        return witness;
    }

    /** Gives the leg up from outside: {@link #connect} fails at once. */
    void abandon() {
        abandoned.countDown();
        door.shut();
    }

    /** What to say when the deadline passes on this leg. */
    Obstacle silence() {
        return new Obstacle.NoAnswer(destination.host(), destination.port(), deadline.waited());
    }

    /**
     * Connects and logs in; blocks, beyond the deadline if a host drips bytes, unless {@link #abandon}ed.
     *
     * @param over the jump host to go through, which ends with this connection
     * @param onEnd what to do when the connection, once it stood, ends for whatever reason
     */
    Connection connect(Optional<Connection> over, Runnable onEnd) throws Obstructed {
        try {
            return attempt(over, onEnd);
        } catch (Obstructed obstructed) {
            if (!(obstructed.obstacle() instanceof Obstacle.TurnedAway) || !pausedInTime()) {
                throw obstructed;
            }
        }
        door = new Door(deadline);
        if (abandoned.getCount() == 0) {
            door.shut();
        }
        return attempt(over, onEnd);
    }

    /** Whether there is still time for another attempt after a pause. */
    private boolean pausedInTime() {
        try {
            return deadline.leftMillis() > 2 * BEFORE_ANOTHER.toMillis()
                    && !abandoned.await(BEFORE_ANOTHER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Connection attempt(Optional<Connection> over, Runnable onEnd) throws Obstructed {
        JSch jsch = new JSch();
        Identities identities = witness.purpose() == HostKeyWitness.Purpose.LOG_IN
                ? Identities.gather(jsch, stop.server(), destination)
                : Identities.none();
        Door entered = door;
        over.ifPresent(entered::over);
        try {
            Session session = jsch.getSession(destination.user(), destination.host(), destination.port());
            session.setIdentityRepository(identities);
            session.setHostKeyRepository(witness);
            session.setSocketFactory(entered);
            session.setThreadFactory(Thread.ofVirtual().name("mailban-ssh").factory());
            session.setConfig("StrictHostKeyChecking", "yes");
            session.setConfig("PreferredAuthentications", "publickey");
            session.setConfig("PubkeyAcceptedAlgorithms", SIGNATURES);
            ALGORITHMS.forEach(session::setConfig);
            destination.algorithms().forEach(session::setConfig);
            if (!destination.hostKeyName().startsWith("[")
                    && !destination.hostKeyName().equals(destination.host())) {
                session.setHostKeyAlias(destination.hostKeyName());
            }
            session.setServerAliveInterval((int) KEEPALIVE.toMillis());
            session.setServerAliveCountMax(KEEPALIVES_UNANSWERED);
            session.connect(deadline.leftMillis());
            entered.onEnd(() -> {
                over.ifPresent(Connection::close);
                onEnd.run();
            });
            return new Connection(session, entered, over);
        } catch (JSchException | RuntimeException fault) {
            throw new Obstructed(obstacle(fault, identities, entered.greeting()));
        }
    }

    private Obstacle obstacle(Exception fault, Identities identities, Optional<String> greeting) {
        if (deadline.passed() || cause(fault, InterruptedIOException.class).isPresent()) {
            return silence();
        }
        Optional<HostKeyWitness.Seen> seen = witness.seen();
        if (seen.isPresent() && seen.get().standing() != KnownHosts.Standing.TRUSTED) {
            PresentedKey key = seen.get().key();
            return switch (seen.get().standing()) {
                case UNKNOWN -> new Obstacle.HostKeyUnknown(destination.host(), key.type(), key.fingerprint());
                case CHANGED -> new Obstacle.HostKeyChanged(destination.host(), key.type(), key.fingerprint());
                case REVOKED -> new Obstacle.HostKeyRevoked(destination.host(), key.fingerprint());
                case TRUSTED -> throw new IllegalStateException("excluded above");
            };
        }
        String words = String.valueOf(fault.getMessage());
        if (cause(fault, UnknownHostException.class).isPresent()) {
            return new Obstacle.NameUnknown(destination.host());
        }
        if (cause(fault, ConnectException.class).isPresent()) {
            return words.toLowerCase(Locale.ROOT).contains("refused")
                    ? new Obstacle.PortClosed(destination.host(), destination.port())
                    : new Obstacle.Broken(destination.host(), plain(words));
        }
        Optional<String> goodbye = greeting.map(String::strip).filter(GOODBYES::contains);
        if (goodbye.isPresent()) {
            return new Obstacle.TurnedAway(destination.host(), destination.port(), goodbye.get());
        }
        if (words.startsWith("Auth ") || words.startsWith("USERAUTH")) {
            return new Obstacle.LoginRefused(destination.user(), destination.host(), identities.tried());
        }
        return cause(fault, NotForwarded.class)
                .<Obstacle>map(refused -> new Obstacle.NotForwarded(
                        jumpHost.orElse("?"), destination.host(), destination.port(), refused.reason()))
                .orElseGet(() -> new Obstacle.Broken(destination.host(), plain(words)));
    }

    private static <T extends Throwable> Optional<T> cause(Throwable fault, Class<T> kind) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return Optional.of(kind.cast(cause));
            }
        }
        return Optional.empty();
    }

    /** Without the names of Java's classes, which tell an operator nothing. */
    private static String plain(String words) {
        return words.replaceAll("(Session[.]connect: |[a-z]+([.][a-z]+)+[.][A-Z][A-Za-z]*: )", "");
    }
}
