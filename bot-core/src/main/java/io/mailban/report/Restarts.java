package io.mailban.report;

import java.util.NavigableSet;
import java.util.TreeSet;

/** When fail2ban, or one of its jails, stopped and started. Not thread-safe. */
final class Restarts {
    /** A restart writes a few lines for each jail; more than these tell nothing new. */
    private static final int MOST = 20_000;

    private final NavigableSet<Integer> starts = new TreeSet<>();
    private final NavigableSet<Integer> stops = new TreeSet<>();

    void started(int at) {
        add(starts, at);
    }

    void stopped(int at) {
        add(stops, at);
    }

    private static void add(NavigableSet<Integer> times, int at) {
        times.add(at);
        if (times.size() > MOST) {
            times.pollFirst();
        }
    }

    /** The last start before a moment; -1 where there was none. */
    int startBefore(int at) {
        Integer start = starts.floor(at);
        return start == null ? -1 : start;
    }

    boolean stoppedNear(int at, int slack) {
        Integer stop = at < 0 ? null : stops.ceiling(at - slack);
        return stop != null && stop <= at + slack;
    }
}
