package io.mailban.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads spans of time as people write them: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 2d}. */
final class Durations {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,5})s)?");

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
        Matcher parts = FORM.matcher(text);
        if (text.isEmpty() || !parts.matches()) {
            throw new Unfit(expected);
        }
        return Duration.ofDays(number(parts, 1))
                .plusHours(number(parts, 2))
                .plusMinutes(number(parts, 3))
                .plusSeconds(number(parts, 4));
    }

    private static long number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
