package io.mailban.bot;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A server that could not be asked, and is left in peace for a while: each time twice as long. A login that is refused
 * again and again would get this machine banned.
 *
 * @param words what stood in the way
 */
record ServerRest(String words, Duration pause, Instant until) {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration UNTIL_SOMEBODY_MENDS_IT = Duration.ofMinutes(10);

    /** Whether waiting helps. */
    enum Kind {
        /** It may be back at any moment. */
        MENDS_WITH_TIME,
        /** A person has to do something: a key that is refused, a host key that changed. */
        NEEDS_A_PERSON
    }

    static ServerRest after(@Nullable ServerRest before, String words, Kind kind, Instant now) {
        Duration pause = switch (kind) {
            case NEEDS_A_PERSON -> UNTIL_SOMEBODY_MENDS_IT;
            case MENDS_WITH_TIME -> {
                Duration next = before == null ? FIRST : before.pause().multipliedBy(2);
                yield next.compareTo(LONGEST) > 0 ? LONGEST : next;
            }
        };
        return new ServerRest(words, pause, now.plus(pause));
    }
}
