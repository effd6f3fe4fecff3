package io.mailban.deploy.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Times of one thing, in nanoseconds. Not thread-safe. */
final class Samples {
    private final List<Long> nanos = new ArrayList<>();

    /** Something to be timed. */
    interface Task {
        void run() throws Exception;
    }

    /** Times it once more. */
    void time(Task task) throws Exception {
        long begin = System.nanoTime();
        task.run();
        nanos.add(System.nanoTime() - begin);
    }

    /** Takes one that was timed elsewhere. */
    void add(long time) {
        nanos.add(time);
    }

    /** In milliseconds. */
    double median() {
        return quantile(0.5);
    }

    /** In milliseconds. */
    double p99() {
        return quantile(0.99);
    }

    /** In milliseconds. */
    double p95() {
        return quantile(0.95);
    }

    int count() {
        return nanos.size();
    }

    private double quantile(double share) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int index = (int) Math.ceil(share * sorted.size()) - 1;
        return sorted.get(Math.max(index, 0)) / 1e6;
    }
}
