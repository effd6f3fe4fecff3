package io.mailban.slack;

import io.mailban.chat.Span.Moment;
import io.mailban.slack.Run.Face;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/**
 * Points in time as Slack lays them out in each reader's own zone and clock, by {@code <!date^SECONDS^FORMAT|FALLBACK>}; the
 * fallback, for what can't, is in UTC and says so.
 */
final class Moments {
    /** Ten digits, up to the year 2286, are what everybody reads; any other time is shown as Java writes it. */
    private static final Instant LATEST = Instant.ofEpochSecond(9_999_999_999L);

    private Moments() {}

    /** In Slack's markup. */
    static List<Run> runs(Moment moment) {
        return isShown(moment.at())
                ? List.of(new Run(
                        "<!date^" + moment.at().getEpochSecond() + "^" + format(moment) + "|" + plain(moment) + ">",
                        Face.WORDS))
                : Mrkdwn.words(plain(moment));
    }

    /** In words that name the zone. */
    static String plain(Moment moment) {
        if (!isShown(moment.at())) {
            return moment.at().toString();
        }
        String pattern = switch (moment.style()) {
            case MINUTE -> "d MMM uuuu HH:mm 'UTC'";
            case SECOND, AGO -> "d MMM uuuu HH:mm:ss 'UTC'";
            case DAY -> "d MMM uuuu 'UTC'";
        };
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                .format(moment.at().atOffset(ZoneOffset.UTC));
    }

    private static boolean isShown(Instant at) {
        return !at.isBefore(Instant.EPOCH) && !at.isAfter(LATEST);
    }

    /** The time before the day: a sentence goes on with "at 21:40 today"; as its first token Slack would write "Today". */
    private static String format(Moment moment) {
        return switch (moment.style()) {
            case MINUTE -> "{time} {date_short_pretty}";
            case SECOND -> "{time_secs} {date_short_pretty}";
            case DAY -> "{date_short}";
            case AGO -> "{ago}";
        };
    }
}
