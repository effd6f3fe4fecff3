package io.mailban.ssh;

import io.mailban.logtime.LogTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The times of one file's lines, read in the file's order. In the hour that comes twice when summer time ends, a line
 * that seems to be older than the one before it is of the second time. Not thread-safe.
 */
final class LineTimes {
    /** Lines of several threads can be a little out of order. */
    private static final Duration DISORDER = Duration.ofMinutes(1);

    private final ServerClock clock;
    private final Instant written;
    private Instant latest = Instant.MIN;

    /**
     * Of a file that was last written to then, by the server's clock.
     *
     * @param clock the server's
     */
    LineTimes(ServerClock clock, Instant written) {
        this.clock = clock;
        this.written = written;
    }

    /** When the next line was written, by our clock; empty where it has no date. */
    Optional<Instant> next(LogTime time) {
        Optional<Instant> read = time.instant(clock.zone(), written).map(first -> meant(time, first));
        read.filter(latest::isBefore).ifPresent(at -> latest = at);
        return read.map(clock::ours);
    }

    private Instant meant(LogTime time, Instant first) {
        return switch (time) {
            case LogTime.Local _, LogTime.Yearless _ ->
                first.isBefore(minus(latest, DISORDER))
                        ? clock.secondTime(first).orElse(first)
                        : first;
            case LogTime.WithOffset _, LogTime.Missing _ -> first;
        };
    }

    private static Instant minus(Instant instant, Duration duration) {
        return instant.equals(Instant.MIN) ? instant : instant.minus(duration);
    }
}
