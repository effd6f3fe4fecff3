package io.mailban.bot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** All time in a test: it moves when told to, and a pause moves it. */
public final class SettableClock implements InstantSource, Pauses {
    private final TreeMap<Instant, Runnable> events = new TreeMap<>();
    private Instant now;

    public SettableClock(Instant now) {
        this.now = now;
    }

    /** Something that happens once, as soon as it is so late. */
    public synchronized void at(Instant time, Runnable event) {
        events.put(time, event);
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void pause(Duration time) {
        now = now.plus(time);
        Map<Instant, Runnable> due = events.headMap(now, true);
        due.values().forEach(Runnable::run);
        due.clear();
    }
}
