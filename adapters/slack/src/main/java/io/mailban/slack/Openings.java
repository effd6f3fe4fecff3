package io.mailban.slack;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mailban.access.PersonId;
import io.mailban.chat.Place;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * What somebody's last command or press opened: for three seconds a modal ({@code trigger_id}), for half an hour five
 * answers where the bot itself may not post ({@code response_url}). Thread-safe; forgotten with the process.
 */
final class Openings {
    private static final Duration TRIGGER = Duration.ofMillis(2800);
    private static final Duration ANSWERS = Duration.ofMinutes(29);
    private static final int MOST_ANSWERS = 5;

    private final Cache<Key, Opening> last =
            Caffeine.newBuilder().expireAfterWrite(ANSWERS).maximumSize(10_000).build();
    private final InstantSource clock;

    Openings(InstantSource clock) {
        this.clock = clock;
    }

    private record Key(PersonId person, Place place) {}

    private record Opening(
            Optional<String> trigger,
            Optional<String> responseUrl,
            Instant at,
            AtomicInteger triggers,
            AtomicInteger answers) {}

    void note(PersonId person, Place place, Optional<String> trigger, Optional<String> responseUrl) {
        last.put(
                new Key(person, place),
                new Opening(trigger, responseUrl, clock.instant(), new AtomicInteger(), new AtomicInteger()));
    }

    /** Uses up the way to a modal, if there is one that is still fresh. */
    Optional<String> takeTrigger(PersonId person, Place place) {
        return opening(person, place)
                .filter(fresh(TRIGGER))
                .filter(opening -> opening.triggers().getAndIncrement() == 0)
                .flatMap(Opening::trigger);
    }

    /** Uses up one of the answers, if any is left. */
    Optional<String> takeResponseUrl(PersonId person, Place place) {
        return opening(person, place)
                .filter(fresh(ANSWERS))
                .filter(opening -> opening.answers().getAndIncrement() < MOST_ANSWERS)
                .flatMap(Opening::responseUrl);
    }

    private Optional<Opening> opening(PersonId person, Place place) {
        return Optional.ofNullable(last.getIfPresent(new Key(person, place)));
    }

    private Predicate<Opening> fresh(Duration time) {
        return opening -> clock.instant().isBefore(opening.at().plus(time));
    }
}
