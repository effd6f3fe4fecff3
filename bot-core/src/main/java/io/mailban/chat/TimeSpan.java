package io.mailban.chat;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads and writes spans of time as people do: {@code 90s}, {@code 10m}, {@code 1h30m}, {@code 2d}. */
public final class TimeSpan {
    private static final Pattern FORM =
            Pattern.compile("(?:(\\d{1,5})d)?(?:(\\d{1,5})h)?(?:(\\d{1,5})m)?(?:(\\d{1,5})s)?");

    private TimeSpan() {}

    /** Reads one; empty where the text is none. */
    public static Optional<Duration> find(String text) {
        Matcher parts = FORM.matcher(text);
        return text.isEmpty() || !parts.matches()
                ? Optional.empty()
                : Optional.of(Duration.ofDays(number(parts, 1))
                        .plusHours(number(parts, 2))
                        .plusMinutes(number(parts, 3))
                        .plusSeconds(number(parts, 4)));
    }

    /** Writes one in whole seconds: {@code 1d12h}; {@code 0s} for none. */
    public static String text(Duration time) {
        if (time.toSeconds() == 0) {
            return "0s";
        }
        return part(time.toDays(), "d")
                + part(time.toHoursPart(), "h")
                + part(time.toMinutesPart(), "m")
                + part(time.toSecondsPart(), "s");
    }

    private static String part(long number, String unit) {
        return number == 0 ? "" : number + unit;
    }

    private static long number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Long.parseLong(digits);
    }
}
