package io.mailban.ssh;

import java.time.Duration;

/** The moment by which a call must have answered, on the monotonic clock. Immutable. */
final class Deadline {
    private final long startNanos;
    private final long totalNanos;

    private Deadline(long startNanos, long totalNanos) {
        this.startNanos = startNanos;
        this.totalNanos = totalNanos;
    }

    static Deadline in(Duration total) {
        return new Deadline(System.nanoTime(), total.toNanos());
    }

    /** What is left, in nanoseconds; zero or less once it has passed. */
    long leftNanos() {
        return totalNanos - (System.nanoTime() - startNanos);
    }

    /** What is left, in milliseconds, at least 1: for calls that take 0 as for ever. */
    int leftMillis() {
        return Math.clamp(leftNanos() / 1_000_000, 1, Integer.MAX_VALUE);
    }

    boolean passed() {
        return leftNanos() <= 0;
    }

    /** An earlier moment: when this part of what is left is used up. */
    Deadline share(double part) {
        return new Deadline(System.nanoTime(), (long) (Math.max(0, leftNanos()) * part));
    }

    /** The earlier of this and the given time from now. */
    Deadline within(Duration most) {
        return new Deadline(System.nanoTime(), Math.min(leftNanos(), most.toNanos()));
    }

    /** How long the caller has waited since it began. */
    Duration waited() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
    }
}
