package io.mailban.slack;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.mailban.chat.NotSaid;
import io.mailban.chat.Place;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Says things to Slack one after another in each lane, for as long as it takes: a lane waits while Slack is away, at its
 * limit or unreachable, and goes on where it was, in the order in which things came. Lanes do not wait for each other.
 *
 * <p>Nothing is sent slower than it comes: Slack allows short bursts beyond one message a second and channel, and says by
 * {@code 429} when it is too much. What was in the air when a connection broke is said again, since Slack's Web API has no
 * documented way to say a thing once only: after a fault a message may stand there twice, but none is missing.
 *
 * <p>Works on the caller's thread, which should be virtual. Thread-safe.
 */
final class Outbox {
    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());
    private static final int MOST_WAITING = 1000;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** A lane lives as long as somebody is in it. */
    private final LoadingCache<String, ReentrantLock> lanes =
            Caffeine.newBuilder().weakValues().build(lane -> new ReentrantLock(true));

    /** When a limit is over, in nanoseconds of this process. */
    private final Map<String, Long> limits = new ConcurrentHashMap<>();

    /** What is done in a lane. */
    @FunctionalInterface
    interface Turn<T> {
        /** Does it. */
        T take() throws Refused, InterruptedException;
    }

    /**
     * Does this when all that came before it in the lane is done.
     *
     * @param place where it is to be said
     * @throws NotSaid if too much waits already
     * @throws CancellationException if the thread is interrupted
     */
    <T> T inTurn(String lane, Place place, Turn<T> turn) throws Refused {
        ReentrantLock queue = lanes.get(lane);
        if (queue.getQueueLength() >= MOST_WAITING) {
            throw new NotSaid(
                    place,
                    "Slack has been away or at its limit for so long that " + MOST_WAITING
                            + " messages wait there already");
        }
        try {
            queue.lockInterruptibly();
            try {
                return turn.take();
            } finally {
                queue.unlock();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted before it could be said in Slack");
        }
    }

    /**
     * Asks until Slack has done it or refused it.
     *
     * @param limit what Slack counts together: a method in a workspace, for {@code chat.postMessage} in a channel
     */
    <T> T insist(String limit, Supplier<Heard<T>> once) throws Refused, InterruptedException {
        return insist(limit, Integer.MAX_VALUE, once);
    }

    /** The same, but without an answer after so many attempts counts as refused: there is another way. */
    <T> T insist(String limit, int attempts, Supplier<Heard<T>> once) throws Refused, InterruptedException {
        Duration pause = FIRST_PAUSE;
        for (int lost = 0; ; ) {
            await(limit);
            switch (once.get()) {
                case Heard.Done<T>(var answer) -> {
                    if (lost > 0) {
                        LOG.log(INFO, "Slack did " + limit + " after " + (lost + 1) + " attempts");
                    }
                    return answer;
                }
                case Heard.Denied<T>(var refused) -> throw refused;
                case Heard.Later<T>(var after) ->
                    limits.merge(limit, System.nanoTime() + after.toNanos(), Outbox::later);
                case Heard.Lost<T>(var why) -> {
                    lost++;
                    if (lost == 1) {
                        LOG.log(WARNING, "Slack did not do " + limit + " (" + why + "); trying again");
                    }
                    if (lost == attempts) {
                        throw new Refused("nothing in " + attempts + " attempts", Optional.empty());
                    }
                    Thread.sleep(scattered(pause));
                    pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
                }
            }
        }
    }

    private void await(String limit) throws InterruptedException {
        for (Long until = limits.get(limit); until != null; until = limits.get(limit)) {
            long left = until - System.nanoTime();
            if (left <= 0) {
                limits.remove(limit, until);
                return;
            }
            // Rounded up: a wait that ends too early would be told to wait once more.
            Thread.sleep(Duration.ofNanos(left).plusMillis(1));
        }
    }

    private static Long later(Long one, Long other) {
        return one - other > 0 ? one : other;
    }

    /** Half of it at least, so that many that failed at once do not come back at once. */
    private static Duration scattered(Duration pause) {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(pause.toMillis() / 2, pause.toMillis() + 1));
    }
}
