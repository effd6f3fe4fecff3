package io.mailban.bot;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks many at once, each on a virtual thread of its own. Thread-safe. */
public final class Everywhere {
    private static final ExecutorService THREADS = Executors.newVirtualThreadPerTaskExecutor();

    private Everywhere() {}

    /** Starts one task. */
    static <R> CompletableFuture<R> start(Supplier<R> task) {
        return CompletableFuture.supplyAsync(task, THREADS);
    }

    /** What a task came to; what it threw is thrown here. */
    static <R> R join(CompletableFuture<R> task) {
        try {
            return task.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Asks all, and waits for all; answers in the order of the asked. */
    public static <Q, R> Map<Q, R> ask(List<Q> asked, Function<Q, R> task) {
        return ask(asked, task, Duration.ZERO, _ -> {});
    }

    /**
     * Asks all. If some have answered and some have not when {@code patience} is over, {@code early} is given what is
     * there; the slow delay nobody else's answer.
     *
     * @param patience zero for no early answers
     */
    static <Q, R> Map<Q, R> ask(List<Q> asked, Function<Q, R> task, Duration patience, Consumer<Map<Q, R>> early) {
        Map<Q, CompletableFuture<R>> running = new LinkedHashMap<>();
        for (Q one : asked) {
            running.put(one, start(() -> task.apply(one)));
        }
        if (patience.isPositive() && !allDone(running, patience)) {
            Map<Q, R> there = new LinkedHashMap<>();
            running.forEach((one, answer) -> {
                if (answer.isDone() && !answer.isCompletedExceptionally()) {
                    there.put(one, answer.join());
                }
            });
            early.accept(there);
        }
        Map<Q, R> answers = new LinkedHashMap<>();
        running.forEach((one, answer) -> answers.put(one, join(answer)));
        return answers;
    }

    private static <Q, R> boolean allDone(Map<Q, CompletableFuture<R>> running, Duration patience) {
        try {
            CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new))
                    .get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException _) {
            // Thrown where its answer is joined.
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking", e);
        }
    }
}
