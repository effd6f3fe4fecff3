package io.mailban.ssh;

import io.mailban.mailserver.Remark;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a server tells the time. Its instants are translated into ours here, at the door, so that everything behind may
 * compare them with our own clock: whether a login came after a lift, for one.
 *
 * @param zone in which it writes local times
 * @param ahead by how much its clock is before ours; negative where it is behind, zero where they agree
 */
record ServerClock(ZoneId zone, Duration ahead) {
    /** Less than this nobody notices, and the way to the server and back makes it unsure. */
    private static final Duration AGREEMENT = Duration.ofSeconds(1);

    private static final Duration WORTH_TELLING = Duration.ofMinutes(1);

    /** {@code date +%s.%N}; a date that knows no {@code %N} prints it as it is. */
    private static final Pattern NOW = Pattern.compile("(?m)^now (\\d{1,12})(?:[.](\\d{3})\\d*)?");

    /**
     * Reads what the script said about zone and time.
     *
     * @param sent when the script was sent
     * @param received when its answer was there
     */
    static ServerClock read(String said, Instant sent, Instant received) {
        return new ServerClock(ServerZone.read(said, received), ahead(said, sent, received));
    }

    private static Duration ahead(String said, Instant sent, Instant received) {
        Matcher now = NOW.matcher(said);
        if (!now.find()) {
            return Duration.ZERO;
        }
        boolean whole = now.group(2) == null;
        Instant earliest = Instant.ofEpochSecond(Long.parseLong(now.group(1)))
                .plusMillis(whole ? 0 : Long.parseLong(now.group(2)));
        Instant latest = whole ? earliest.plusSeconds(1) : earliest;
        // It looked at its clock some time between the two, most likely at once.
        Duration most = Duration.between(sent, latest);
        Duration least = Duration.between(received, earliest);
        if (!most.isNegative() && !least.isPositive()) {
            return Duration.ZERO;
        }
        Duration likely = least.isPositive() ? Duration.between(sent, earliest) : most;
        return likely.abs().compareTo(AGREEMENT) < 0 ? Duration.ZERO : likely;
    }

    /** Where it is so far off that somebody has to set it right. */
    Optional<Remark> remark() {
        return ahead.abs().compareTo(WORTH_TELLING) > 0 ? Optional.of(new Remark.ClockOff(ahead)) : Optional.empty();
    }

    /** What our clock showed when the server's showed this. */
    Instant ours(Instant theirs) {
        return theirs.minus(ahead);
    }

    /** What the server's clock showed when ours showed this. */
    Instant theirs(Instant ours) {
        return ours.plus(ahead);
    }

    /** The same local time an hour later, where the end of summer time makes it come twice and this is the first. */
    Optional<Instant> secondTime(Instant theirs) {
        ZonedDateTime local = theirs.atZone(zone);
        Instant second = local.withLaterOffsetAtOverlap().toInstant();
        return second.isAfter(theirs) ? Optional.of(second) : Optional.empty();
    }
}
