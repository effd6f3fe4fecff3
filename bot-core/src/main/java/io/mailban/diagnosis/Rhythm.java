package io.mailban.diagnosis;

import io.mailban.ban.Mailbox;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.PasswordMark;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether failures look like a device with a stale password, or like somebody who guesses: a device sends one password
 * for one mailbox, again and again, in even intervals.
 *
 * @param every the interval, where it is even
 */
public record Rhythm(Optional<Duration> every, Passwords passwords) {
    /** Nothing can be told. */
    public static final Rhythm NOT_TOLD = new Rhythm(Optional.empty(), Passwords.NOT_SHOWN);

    /** Lines within this belong to one try: each daemon logs it, and some clients try twice at once. */
    private static final Duration ONE_TRY = Duration.ofSeconds(10);

    private static final int FEWEST_INTERVALS = 3;

    /** What the log shows of the passwords. */
    public enum Passwords {
        /** It was the same, at least twice. */
        SAME,
        /** There were several. */
        DIFFERENT,
        /** The server does not log them, as is the default. */
        NOT_SHOWN
    }

    /** The rhythm of these failures, oldest first; none where they are for several mailboxes. */
    static Rhythm of(List<Failure> failures) {
        Set<Mailbox> names = Failure.names(failures);
        if (names.size() != 1) {
            return NOT_TOLD;
        }
        List<PasswordMark> shown = failures.stream()
                .map(Failure::event)
                .map(MailEvent.AuthFailure::password)
                .flatMap(Optional::stream)
                .toList();
        Passwords passwords = shown.size() < 2
                ? Passwords.NOT_SHOWN
                : shown.stream().distinct().count() == 1 ? Passwords.SAME : Passwords.DIFFERENT;
        return new Rhythm(interval(failures), passwords);
    }

    /** The median interval, if three in four are near it: a ban or a night in between does not count against it. */
    private static Optional<Duration> interval(List<Failure> failures) {
        List<Long> intervals = new ArrayList<>();
        Instant last = Instant.MIN;
        for (Failure failure : failures) {
            if (last.equals(Instant.MIN)) {
                last = failure.at();
            } else if (failure.at().isAfter(last.plus(ONE_TRY))) {
                intervals.add(Duration.between(last, failure.at()).toSeconds());
                last = failure.at();
            }
        }
        if (intervals.size() < FEWEST_INTERVALS) {
            return Optional.empty();
        }
        long median = intervals.stream().sorted().toList().get(intervals.size() / 2);
        long near = intervals.stream()
                .filter(interval -> Math.abs(interval - median) <= Math.max(2, median / 10))
                .count();
        return near * 4 >= intervals.size() * 3L ? Optional.of(Duration.ofSeconds(median)) : Optional.empty();
    }
}
