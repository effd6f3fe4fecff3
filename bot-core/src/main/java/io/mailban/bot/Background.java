package io.mailban.bot;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Virtual threads that go on by themselves until they are done, or until all are told to end. What goes wrong at
 * the end is not reported: whatever it needed may be gone already. Thread-safe.
 */
final class Background implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Background.class.getName());

    /** Enough for a step that was begun; what waits for a server that hangs is left behind. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final String name;
    private final Map<Thread, CompletableFuture<Void>> running = new ConcurrentHashMap<>();
    private volatile State state = State.OPEN;

    /** Calls its threads so. */
    Background(String name) {
        this.name = name;
    }

    private enum State {
        OPEN,
        CLOSED
    }

    /** Starts one that nobody waits for; nothing once it is closed. */
    CompletableFuture<Void> launch(Runnable task) {
        CompletableFuture<Void> done = start(task);
        reportFault(done, name + " went wrong");
        return done;
    }

    /** Starts one whose faults are the caller's to hear of; nothing once it is closed. */
    CompletableFuture<Void> start(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().name(name).unstarted(() -> run(task, done));
        running.put(thread, done);
        thread.start();
        return done;
    }

    private void run(Runnable task, CompletableFuture<Void> done) {
        try {
            if (state == State.OPEN) {
                task.run();
            }
            done.complete(null);
        } catch (RuntimeException e) {
            done.completeExceptionally(e);
        } finally {
            running.remove(Thread.currentThread());
        }
    }

    /** Logs what goes wrong in it, now or later. */
    void reportFault(CompletableFuture<?> task, String what) {
        var _ = task.whenComplete((_, fault) -> {
            if (fault != null) {
                LOG.log(
                        switch (state) {
                            case OPEN -> System.Logger.Level.ERROR;
                            case CLOSED -> System.Logger.Level.DEBUG;
                        },
                        what,
                        fault);
            }
        });
    }

    /** Interrupts all, and waits a moment for them. May be called again, for those that were left behind. */
    @Override
    public void close() {
        state = State.CLOSED;
        running.keySet().forEach(Thread::interrupt);
        await(PATIENCE);
    }

    /** Waits for all that run now, but not longer than that. */
    void await(Duration patience) {
        CompletableFuture<Void> ended = CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new));
        try {
            ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // Left behind, or wrong at the end.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
