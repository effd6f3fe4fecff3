package io.mailban.logtime;

import io.mailban.logtime.LogTime.Local;
import io.mailban.logtime.LogTime.WithOffset;
import io.mailban.logtime.LogTime.Yearless;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one time stamp, in the forms of syslog, journalctl, fail2ban, Docker, Dovecot's own log files and
 * {@code multilog}. A cursor over one line: each successful read moves it behind the stamp.
 */
final class TimeReader {
    private static final List<String> MONTHS =
            List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");
    private static final List<String> WEEKDAYS = List.of("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun");

    /** TAI64 labels count from 2^62, and began ten seconds ahead of UTC (libtai). */
    private static final long TAI64_EPOCH = (1L << 62) + 10;

    /** The last second that a four-digit year has, so that every time here can be printed. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private final String line;
    private int position;

    TimeReader(String line, int position) {
        this.line = line;
        this.position = position;
    }

    /** Where the last stamp ended. */
    int position() {
        return position;
    }

    /** The stamp that begins here, or null, and then the cursor hasn't moved. */
    @Nullable LogTime read() {
        if (position >= line.length()) {
            return null;
        }
        int start = position;
        char first = line.charAt(start);
        LogTime time;
        if (first >= '0' && first <= '9') {
            time = isAt(start + 4, '-') ? isoDate() : epoch();
        } else if (first == '@') {
            time = tai64();
        } else if (first >= 'A' && first <= 'Z') {
            time = namedDay();
        } else {
            time = null;
        }
        if (time == null || !isBoundary(position)) {
            position = start;
            return null;
        }
        return time;
    }

    /** {@code 2026-11-22T10:44:30.123456+00:00}, {@code 2026-11-22 10:44:30,149}: RFC 3339 and Python's logging. */
    private @Nullable LogTime isoDate() {
        int year = number(position, 4);
        int month = number(position + 5, 2);
        int day = number(position + 8, 2);
        if (year < 0 || !isAt(position + 7, '-') || !(isAt(position + 10, 'T') || isAt(position + 10, ' '))) {
            return null;
        }
        position += 11;
        LocalTime time = clock();
        if (time == null || !isDay(year, month, day)) {
            return null;
        }
        LocalDateTime local =
                LocalDateTime.of(year, month, day, time.getHour(), time.getMinute(), time.getSecond(), time.getNano());
        ZoneOffset offset = offset();
        return offset == null ? new Local(local) : new WithOffset(local.atOffset(offset));
    }

    /** {@code Nov 22 10:44:30} (RFC 3164), and journalctl's {@code Sun 2026-11-22 10:44:30 UTC}. */
    private @Nullable LogTime namedDay() {
        if (position + 15 > line.length()) {
            return null;
        }
        String name = line.substring(position, position + 3);
        if (!isAt(position + 3, ' ')) {
            return null;
        }
        if (WEEKDAYS.contains(name) && isAt(position + 8, '-')) {
            position += 4;
            return zoned(isoDate());
        }
        int month = MONTHS.indexOf(name) + 1;
        int digits = line.charAt(position + 4) == ' ' || isAt(position + 5, ' ') ? 1 : 2;
        int at = line.charAt(position + 4) == ' ' ? position + 5 : position + 4;
        int day = number(at, digits);
        position = at + digits + 1;
        int year = number(position, 4);
        if (year >= 0 && isAt(position + 4, ' ')) {
            position += 5;
        }
        LocalTime time = isAt(at + digits, ' ') ? clock() : null;
        // A leap year, so that 29 February passes.
        if (time == null || !isDay(year < 0 ? 2000 : year, month, day)) {
            return null;
        }
        return year < 0
                ? new Yearless(MonthDay.of(month, day), time)
                : new Local(Year.of(year).atMonth(month).atDay(day).atTime(time));
    }

    /** Takes the zone's name off, too; only UTC's says which instant is meant. */
    private @Nullable LogTime zoned(@Nullable LogTime time) {
        int end = position + 1;
        while (end < line.length() && line.charAt(end) >= 'A' && line.charAt(end) <= 'Z') {
            end++;
        }
        if (!(time instanceof Local(var written)) || !isAt(position, ' ') || end == position + 1) {
            return time;
        }
        boolean utc = line.startsWith(" UTC ", position);
        position = end;
        return utc ? new WithOffset(written.atOffset(ZoneOffset.UTC)) : time;
    }

    /** {@code journalctl -o short-unix}: {@code 1795344270.123456}. */
    private @Nullable LogTime epoch() {
        int digits = 0;
        while (digits < 12 && isDigit(position + digits)) {
            digits++;
        }
        if (digits < 9 || !isAt(position + digits, '.')) {
            return null;
        }
        long seconds = Long.parseLong(line, position, position + digits, 10);
        position += digits;
        return seconds > LAST_SECOND ? null : atUtc(seconds, fraction());
    }

    /** {@code @400000004c91b044077a9e94}: TAI64N, as Dovecot under daemontools' {@code multilog} has it. */
    private @Nullable LogTime tai64() {
        for (int i = 1; i <= 24; i++) {
            if (position + i >= line.length() || Character.digit(line.charAt(position + i), 16) < 0) {
                return null;
            }
        }
        long label = Long.parseUnsignedLong(line, position + 1, position + 17, 16);
        long nanos = Long.parseLong(line, position + 17, position + 25, 16);
        position += 25;
        long seconds = label - TAI64_EPOCH;
        return seconds < 0 || seconds > LAST_SECOND || nanos > 999_999_999 ? null : atUtc(seconds, (int) nanos);
    }

    private static LogTime atUtc(long seconds, int nanos) {
        return new WithOffset(Instant.ofEpochSecond(seconds, nanos).atOffset(ZoneOffset.UTC));
    }

    /** {@code 10:44:30}, {@code 10:44:30,149}, {@code 10:44:30.123456}; a leap second is the second before it. */
    private @Nullable LocalTime clock() {
        int hour = number(position, 2);
        int minute = number(position + 3, 2);
        int second = number(position + 6, 2);
        if (!isAt(position + 2, ':') || !isAt(position + 5, ':') || hour < 0 || minute < 0 || second < 0) {
            return null;
        }
        if (hour > 23 || minute > 59 || second > 60) {
            return null;
        }
        position += 8;
        return LocalTime.of(hour, minute, Math.min(second, 59), fraction());
    }

    /** Up to nine digits behind a comma or point, as nanoseconds; 0 where there is none. */
    private int fraction() {
        if (!(isAt(position, ',') || isAt(position, '.')) || !isDigit(position + 1)) {
            return 0;
        }
        position++;
        int nanos = 0;
        int digits = 0;
        for (; digits < 9 && isDigit(position); digits++) {
            nanos = nanos * 10 + (line.charAt(position++) - '0');
        }
        for (; digits < 9; digits++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** {@code Z}, {@code +00:00}, {@code +0000} or {@code +00}; null where none follows. */
    private @Nullable ZoneOffset offset() {
        if (isAt(position, 'Z')) {
            position++;
            return ZoneOffset.UTC;
        }
        int hours = number(position + 1, 2);
        if (!(isAt(position, '+') || isAt(position, '-')) || hours < 0 || hours > 17) {
            return null;
        }
        int sign = line.charAt(position) == '-' ? -1 : 1;
        position += 3;
        int digits = isAt(position, ':') ? position + 1 : position;
        int minutes = number(digits, 2);
        if (minutes >= 0 && minutes < 60) {
            position = digits + 2;
        }
        return ZoneOffset.ofHoursMinutes(sign * hours, sign * Math.clamp(minutes, 0, 59));
    }

    private static boolean isDay(int year, int month, int day) {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year, month).lengthOfMonth();
    }

    /** The number that these digits write, or -1 where one of them is none. */
    private int number(int at, int digits) {
        int number = 0;
        for (int i = at; i < at + digits; i++) {
            if (!isDigit(i)) {
                return -1;
            }
            number = number * 10 + (line.charAt(i) - '0');
        }
        return number;
    }

    private boolean isDigit(int at) {
        return at < line.length() && line.charAt(at) >= '0' && line.charAt(at) <= '9';
    }

    private boolean isAt(int at, char expected) {
        return at < line.length() && line.charAt(at) == expected;
    }

    private boolean isBoundary(int at) {
        return at >= line.length() || line.charAt(at) == ' ' || line.charAt(at) == '\t';
    }
}
