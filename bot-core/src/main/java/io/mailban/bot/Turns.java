package io.mailban.bot;

import io.mailban.approval.ApprovalId;
import io.mailban.chat.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Lets one thread at a time see to one request on one platform, each platform by itself. Thread-safe. */
final class Turns implements AutoCloseable {
    /** A ban is not to stand longer since a chat is slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private static final Duration LAST_WORDS = Duration.ofSeconds(1);

    /** Several requests can share one, which costs them a wait and nothing else. */
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(64).toList();

    private final Background background = new Background("mailban-cards");

    /** Does it on each platform, and comes back when that is done, or after some seconds, while the slow go on. */
    void take(ApprovalId id, Map<String, List<Place>> platforms, Consumer<List<Place>> task) {
        List<CompletableFuture<?>> started = new ArrayList<>();
        platforms.forEach((platform, places) ->
                started.add(background.start(() -> take(id, platform, () -> task.accept(places)))));
        CompletableFuture<Void> all = CompletableFuture.allOf(started.toArray(CompletableFuture[]::new));
        try {
            all.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            background.reportFault(all, "could not show request " + id);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e);
        } catch (InterruptedException _) {
            // The bot ends; whoever starts it next catches up.
            Thread.currentThread().interrupt();
        }
    }

    private void take(ApprovalId id, String platform, Runnable task) {
        ReentrantLock lock = locks.get(Math.floorMod(Objects.hash(id, platform), locks.size()));
        try {
            lock.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            task.run();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Ends what waits for a chat; whoever starts the bot next catches up. What is just being said is given a moment: a message
     * whose answer is cut off stands there, and nobody knows that it does.
     */
    @Override
    public void close() {
        background.await(LAST_WORDS);
        background.close();
    }
}
