package io.mailban.config;

import io.mailban.chat.TimeSpan;
import java.time.Duration;

/** Reads spans of time as people write them: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 2d}. */
final class Durations {
    private Durations() {}

    /** Parses within limits, both included. */
    static Section.Parsing<Duration> between(String least, String most) {
        return text -> {
            String expected = "a duration from " + least + " to " + most + ", such as 10m or 1h30m";
            Duration read = read(text, expected);
            if (read.compareTo(read(least, expected)) < 0 || read.compareTo(read(most, expected)) > 0) {
                throw new Unfit(expected);
            }
            return read;
        };
    }

    private static Duration read(String text, String expected) throws Unfit {
        return TimeSpan.find(text).orElseThrow(() -> new Unfit(expected));
    }
}
