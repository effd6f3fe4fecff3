package io.mailban.bot;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
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

    /** Does one task; {@code late} is told once if it takes longer than {@code patience}. */
    static <R> R within(Duration patience, Supplier<R> task, Runnable late) {
        CompletableFuture<R> running = start(task);
        if (!isDone(running, patience)) {
            late.run();
        }
        return join(running);
    }

    /**
     * Asks all. If not all have answered when {@code patience} is over, {@code early} is given what is there; if that is
     * nothing, then once more when it is something. The slow delay nobody else's answer.
     *
     * @param patience zero for no early answers
     */
    static <Q, R> Map<Q, R> ask(List<Q> asked, Function<Q, R> task, Duration patience, Consumer<Map<Q, R>> early) {
        Map<Q, CompletableFuture<R>> running = new LinkedHashMap<>();
        for (Q one : asked) {
            running.put(one, start(() -> task.apply(one)));
        }
        if (patience.isPositive()) {
            tell(running, patience, early);
        }
        Map<Q, R> answers = new LinkedHashMap<>();
        running.forEach((one, answer) -> answers.put(one, join(answer)));
        return answers;
    }

    private static <Q, R> void tell(
            Map<Q, CompletableFuture<R>> running, Duration patience, Consumer<Map<Q, R>> early) {
        CompletableFuture<?> all = CompletableFuture.allOf(running.values().toArray(CompletableFuture[]::new));
        if (isDone(all, patience)) {
            return;
        }
        Map<Q, R> there = answered(running);
        early.accept(there);
        while (there.isEmpty() && !isDone(all, patience)) {
            there = answered(running);
            if (!there.isEmpty()) {
                early.accept(there);
            }
        }
    }

    private static <Q, R> Map<Q, R> answered(Map<Q, CompletableFuture<R>> running) {
        Map<Q, R> there = new LinkedHashMap<>();
        running.forEach((one, answer) -> {
            if (answer.isDone() && !answer.isCompletedExceptionally()) {
                there.put(one, answer.join());
            }
        });
        return there;
    }

    /** Whether it came to something by then, be it an exception: that is thrown where its answer is joined. */
    static boolean isDone(CompletableFuture<?> task, Duration patience) {
        try {
            var _ = task.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException _) {
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted while asking");
        }
    }
}
