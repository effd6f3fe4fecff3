package io.mailban.bot;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/** Waits long enough for a machine that has other things to do, too: what comes at once is seen at once all the same. */
public final class Patience {
    private static final Duration MOST = Duration.ofSeconds(60);

    private Patience() {}

    /** Awaitility's, for a minute. */
    public static ConditionFactory await() {
        return Awaitility.await().atMost(MOST);
    }

    /** The same; {@code what} is named where it never comes. */
    public static ConditionFactory await(String what) {
        return Awaitility.await(what).atMost(MOST);
    }
}
