package io.mailban.logtime;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** When a log line was written, as far as the line itself says. */
public sealed interface LogTime {

    /** ISO 8601 with an offset: rsyslog's and journald's newer forms. Means one instant, whatever the server's zone. */
    record WithOffset(OffsetDateTime written) implements LogTime {}

    /** Date and time of the server's own clock: {@code fail2ban.log}, and Dovecot's own log files. */
    record Local(LocalDateTime written) implements LogTime {}

    /** Classic syslog (RFC 3164), {@code Nov 22 10:44:30}: the server's own clock, and no year. */
    record Yearless(MonthDay day, LocalTime time) implements LogTime {}

    /** No date at all, as where a container's output is followed without time stamps. */
    record Missing() implements LogTime {}

    /**
     * The instant meant.
     *
     * @param zone the server's zone, where the line has no offset of its own
     * @param now when the line was read; a line without a year is of the latest year that puts it at most a day after
     *     this, so that a clock a little ahead of ours doesn't send it back by a year
     * @return empty where the line has no date
     */
    default Optional<Instant> instant(ZoneId zone, Instant now) {
        return switch (this) {
            case WithOffset(var written) -> Optional.of(written.toInstant());
            case Local(var written) -> Optional.of(written.atZone(zone).toInstant());
            case Yearless(var day, var time) -> latest(day, time, zone, now);
            case Missing _ -> Optional.empty();
        };
    }

    /**
     * ISO 8601, with an offset where the line has one, seconds always written: {@code 2026-11-22T10:44:30.149}. Empty
     * where the line has no full date.
     */
    default Optional<String> iso() {
        return switch (this) {
            case WithOffset(var written) -> Optional.of(DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(written));
            case Local(var written) -> Optional.of(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(written));
            case Yearless _, Missing _ -> Optional.empty();
        };
    }

    private static Optional<Instant> latest(MonthDay day, LocalTime time, ZoneId zone, Instant now) {
        Instant limit = now.plus(Duration.ofDays(1));
        int latest = limit.atZone(zone).getYear();
        // 29 February is eight years from its neighbour around a century that is no leap year.
        for (int year = latest; year >= latest - 8; year--) {
            if (day.isValidYear(year)) {
                Instant candidate = day.atYear(year).atTime(time).atZone(zone).toInstant();
                if (!candidate.isAfter(limit)) {
                    return Optional.of(candidate);
                }
            }
        }
        throw new DateTimeException("no year has had a " + day);
    }
}
