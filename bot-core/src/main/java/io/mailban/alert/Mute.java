package io.mailban.alert;

import io.mailban.access.Person;
import java.time.Duration;
import java.time.Instant;

/**
 * What is not to be said unasked for a while, as far as it is below 🔴; it is recorded all the same.
 *
 * @param since when it was asked for
 * @param until when it ends; no longer muted at that very moment
 * @param by who asked for it
 */
public record Mute(Topic topic, Instant since, Instant until, Person by) {
    /** The shortest that makes sense. */
    public static final Duration SHORTEST = Duration.ofMinutes(1);

    /** The longest: what is forgotten must come to light. */
    public static final Duration LONGEST = Duration.ofDays(30);

    /** Whether something may be muted for so long. */
    public static boolean isAllowed(Duration length) {
        return length.compareTo(SHORTEST) >= 0 && length.compareTo(LONGEST) <= 0;
    }

    /** Whether it is quiet then. */
    public boolean stands(Instant now) {
        return now.isBefore(until);
    }
}
