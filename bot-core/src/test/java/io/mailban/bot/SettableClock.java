package io.mailban.bot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** All time in a test: it moves when told to, and a pause moves it. */
public final class SettableClock implements InstantSource, Pauses {
    private Instant now;

    public SettableClock(Instant now) {
        this.now = now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    @Override
    public synchronized void pause(Duration time) {
        now = now.plus(time);
    }
}
