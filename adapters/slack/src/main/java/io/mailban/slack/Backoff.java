package io.mailban.slack;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long to leave Slack alone after something failed: twice as long each time, never the same for two bots. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(500);
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private int failures;

    /** It went well. */
    void reset() {
        failures = 0;
    }

    /** It failed once more; {@code least} is what Slack asked for. */
    Duration next(Duration least) {
        long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(failures++, 10));
        Duration wait = Duration.ofMillis(most / 2 + ThreadLocalRandom.current().nextLong(most / 2 + 1));
        return wait.compareTo(least) < 0 ? least : wait;
    }
}
