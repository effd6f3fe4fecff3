package io.mailban.restraint;

import io.mailban.access.PersonId;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts what people do within an hour. Thread-safe, also between processes on one store; each write is on disk when the
 * call returns.
 */
public interface Uses {
    /** How long something counts. */
    Duration WINDOW = Duration.ofHours(1);

    /** Counts one more, unless there were {@code most} of that kind within {@link #WINDOW} before now. */
    Taking take(PersonId who, Kind kind, int most, Instant now);

    /** What is counted. */
    enum Kind {
        /** Asking for something to be changed. */
        REQUEST,
        /** Approving it, or doing it without approval. */
        APPROVAL
    }

    /** What came of counting. */
    sealed interface Taking {
        /** Counted: go on. */
        record Taken() implements Taking {}

        /** Not counted: the next is possible then. */
        record Exhausted(Instant next) implements Taking {}
    }
}
