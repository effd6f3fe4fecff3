package io.mailban.bot;

import java.time.Duration;

/** Lets time pass; a test's lets it pass at once. */
@FunctionalInterface
public interface Pauses {
    /** Waits so long. */
    void pause(Duration time) throws InterruptedException;
}
