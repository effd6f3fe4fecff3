package io.mailban.ssh;

import io.mailban.mailserver.Obstacle;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The one connection to one server: opened when it is first needed, shared, and opened again after it broke. Whoever
 * asks gets an attempt at once, or joins the one that is under way; a back-off would only make a person wait for
 * nothing. In the background, after a connection that had stood was lost, attempts are spaced out (1 s, doubling to 60
 * s, with jitter), and given up when nobody has asked for ten minutes, or when the obstacle is one that time doesn't
 * mend: repeating a refused login would get this machine banned.
 */
final class Link {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(60);
    private static final Duration INTEREST = Duration.ofMinutes(10);

    private final SshServer server;
    private final SshSurroundings surroundings;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition closing = lock.newCondition();
    private @Nullable Connection standing;
    private @Nullable Attempt attempt;
    private boolean closed;
    private boolean reviving;
    private volatile long lastAsked = System.nanoTime();

    /** An attempt under way, and where its result will be. */
    private record Attempt(Connector connector, CompletableFuture<Connection> result) {}

    Link(SshServer server, SshSurroundings surroundings, Duration patience) {
        this.server = server;
        this.surroundings = surroundings;
        this.patience = patience;
    }

    SshServer server() {
        return server;
    }

    /** Something to do on a connection. */
    @FunctionalInterface
    interface Use<T> {
        T on(Connection connection, Deadline deadline) throws Lost, Obstructed;
    }

    /** Uses the connection; where one that had stood proves dead, connects once more and starts over. */
    <T> T use(Deadline deadline, Use<T> use) throws Obstructed {
        lastAsked = System.nanoTime();
        Connection before = standing();
        Connection connection = before != null ? before : connect(deadline);
        try {
            return use.on(connection, deadline);
        } catch (Lost lost) {
            connection.close();
            if (connection != before || deadline.passed()) {
                throw broken(lost);
            }
        }
        Connection fresh = connect(deadline);
        try {
            return use.on(fresh, deadline);
        } catch (Lost lost) {
            fresh.close();
            throw broken(lost);
        }
    }

    /** Ends the connection if there is one; the next use opens another. */
    void rest() {
        Connection open;
        lock.lock();
        try {
            open = standing;
            standing = null;
        } finally {
            lock.unlock();
        }
        if (open != null) {
            open.close();
        }
    }

    /** How long nobody has asked. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastAsked);
    }

    /** Ends everything, for good. */
    void close() {
        lock.lock();
        try {
            closed = true;
            closing.signalAll();
            if (attempt != null) {
                attempt.connector().abandon();
            }
        } finally {
            lock.unlock();
        }
        rest();
    }

    private Obstructed broken(Lost lost) {
        return new Obstructed(new Obstacle.Broken(server.host(), lost.words()));
    }

    private @Nullable Connection standing() {
        lock.lock();
        try {
            if (standing != null && standing.isDead()) {
                standing = null;
            }
            return standing;
        } finally {
            lock.unlock();
        }
    }

    /** The standing connection, or that of the attempt under way, or that of a new one. */
    private Connection connect(Deadline deadline) throws Obstructed {
        Attempt joined;
        lock.lock();
        try {
            if (closed) {
                throw new Obstructed(new Obstacle.Broken(server.host(), "Mailban is stopping"));
            }
            Connection open = standing();
            if (open != null) {
                return open;
            }
            joined = attempt != null ? attempt : begin(deadline);
        } finally {
            lock.unlock();
        }
        try {
            return joined.result().get(Math.max(1, deadline.leftNanos()), TimeUnit.NANOSECONDS);
        } catch (ExecutionException fault) {
            if (fault.getCause() instanceof Obstructed obstructed) {
                throw obstructed;
            }
            throw new IllegalStateException("connecting to " + server.name(), fault.getCause());
        } catch (TimeoutException _) {
            joined.connector().abandon();
            throw new Obstructed(joined.connector().silence());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Obstructed(new Obstacle.Broken(server.host(), "interrupted"));
        }
    }

    private Attempt begin(Deadline deadline) throws Obstructed {
        Attempt begun = new Attempt(new Connector(server, surroundings, deadline), new CompletableFuture<>());
        attempt = begun;
        Thread.ofVirtual().name("mailban-connect-" + server.name()).start(() -> {
            try {
                Connection made = begun.connector().connect(this::lost);
                settle(made);
                begun.result().complete(made);
            } catch (Obstructed | RuntimeException fault) {
                settle(null);
                begun.result().completeExceptionally(fault);
            }
        });
        return begun;
    }

    private void settle(@Nullable Connection made) {
        boolean late;
        lock.lock();
        try {
            attempt = null;
            late = closed;
            standing = late ? null : made;
        } finally {
            lock.unlock();
        }
        if (late && made != null) {
            made.close();
        }
    }

    /** A connection ended. If nobody meant it to, another is made before somebody asks. */
    private void lost() {
        lock.lock();
        try {
            if (closed || reviving || standing == null) {
                return;
            }
            reviving = true;
            Thread.ofVirtual().name("mailban-revive-" + server.name()).start(this::revive);
        } finally {
            lock.unlock();
        }
    }

    private void revive() {
        try {
            Duration pause = FIRST_PAUSE;
            while (idle().compareTo(INTEREST) < 0 && !stoppedWithin(jittered(pause))) {
                try {
                    connect(Deadline.in(patience));
                    return;
                } catch (Obstructed obstructed) {
                    if (!mendsWithTime(obstructed.obstacle())) {
                        return;
                    }
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } finally {
            revived();
        }
    }

    private void revived() {
        lock.lock();
        try {
            reviving = false;
        } finally {
            lock.unlock();
        }
    }

    private boolean stoppedWithin(Duration pause) {
        lock.lock();
        try {
            long left = pause.toNanos();
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
            return closed;
        } catch (InterruptedException _) {
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static Duration jittered(Duration pause) {
        return Duration.ofNanos(
                (long) (pause.toNanos() * ThreadLocalRandom.current().nextDouble(0.5, 1.5)));
    }

    private static boolean mendsWithTime(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.AtJumpHost at -> mendsWithTime(at.there());
            case Obstacle.NotForwarded refused -> refused.reason() == Obstacle.NotForwarded.Reason.NOT_REACHED;
            case Obstacle.NameUnknown _,
                    Obstacle.PortClosed _,
                    Obstacle.NoAnswer _,
                    Obstacle.TurnedAway _,
                    Obstacle.Broken _ -> true;
            case Obstacle.LoginRefused _,
                    Obstacle.KeyUnusable _,
                    Obstacle.HostKeyUnknown _,
                    Obstacle.HostKeyChanged _,
                    Obstacle.HostKeyRevoked _ -> false;
        };
    }
}
