package io.mailban.diagnosis;

import static java.util.stream.Collectors.toCollection;

import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.fail2ban.LogEvent;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds out from the logs why an address was banned. */
record LogCauses(Scene scene) {
    /** The log line and the ban that it makes can be a moment apart, on either side. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** fail2ban's default where the jail's own setting is not known. */
    private static final Duration DEFAULT_FIND_TIME = Duration.ofMinutes(10);

    private static final Duration RECIDIVE_FIND_TIME = Duration.ofDays(1);

    /** Why this ban was made. */
    BanCause of(Ban ban) {
        Optional<Instant> since = ban.since().or(() -> lastBanLine(ban.jail()));
        if (since.isEmpty()) {
            return new BanCause.NotInLogs();
        }
        Instant made = since.get();
        if (ban.jail().equals(Jail.RECIDIVE)) {
            return earlierBans(made);
        }
        List<Trace.OfFail2ban> found = found(ban.jail(), made);
        Instant from = made.minus(findTime(ban.jail(), DEFAULT_FIND_TIME)).minus(SLACK);
        if (found.isEmpty() && reachesBack(from)) {
            return new BanCause.ByHand();
        }
        Instant first = found.isEmpty() ? from : found.getFirst().at().minus(SLACK);
        return within(first, made.plus(SLACK))
                .or(() -> found.isEmpty()
                        ? Optional.empty()
                        : KeptCauses.others(scene.address(), lines(first, made.plus(SLACK))))
                .orElseGet(() -> found.isEmpty()
                        ? new BanCause.NotInLogs()
                        : new BanCause.OtherLines(found.size(), found.getLast().at()));
    }

    /** The failed logins between two instants; empty where the mail log has none. */
    Optional<BanCause> within(Instant from, Instant to) {
        List<Failure> failures = Failure.of(scene.address(), lines(from, to));
        return failures.isEmpty() ? Optional.empty() : Optional.of(failed(failures));
    }

    /** These failures as a cause. */
    BanCause.FailedLogins failed(List<Failure> failures) {
        Set<Protocol> protocols = failures.stream()
                .flatMap(failure -> failure.event().protocol().stream())
                .collect(toCollection(TreeSet::new));
        return new BanCause.FailedLogins(
                Failure.attempts(failures),
                Failure.names(failures),
                protocols.size() == 1 ? protocols.stream().findFirst() : Optional.empty(),
                reason(failures),
                failures.getFirst().at(),
                failures.getLast().at(),
                rhythm(failures));
    }

    /** The passwords are those of these failures; the interval shows only in all that there were. */
    private Rhythm rhythm(List<Failure> failures) {
        Rhythm own = Rhythm.of(failures);
        return Failure.names(failures).size() == 1
                ? new Rhythm(Rhythm.of(scene.failures()).every(), own.passwords())
                : own;
    }

    private List<Trace> lines(Instant from, Instant to) {
        return scene.seen().lines().stream()
                .filter(trace -> !trace.at().isBefore(from) && !trace.at().isAfter(to))
                .toList();
    }

    /** The one reason that was given; a line that does not tell says nothing against one that does. */
    private static Cause reason(List<Failure> failures) {
        Set<Cause> reasons = failures.stream()
                .map(failure -> failure.event().cause())
                .filter(cause -> cause != Cause.UNKNOWN)
                .collect(toCollection(TreeSet::new));
        return reasons.size() == 1 ? reasons.iterator().next() : Cause.UNKNOWN;
    }

    private BanCause earlierBans(Instant made) {
        Instant from = made.minus(findTime(Jail.RECIDIVE, RECIDIVE_FIND_TIME)).minus(SLACK);
        List<Trace.OfFail2ban> bans = scene.fail2ban()
                .filter(trace -> trace.event() instanceof LogEvent.Banned banned
                        && !banned.jail().equals(Jail.RECIDIVE))
                .filter(trace -> trace.at().isAfter(from) && !trace.at().isAfter(made.plus(SLACK)))
                .toList();
        if (bans.isEmpty()) {
            return reachesBack(from) ? new BanCause.ByHand() : new BanCause.NotInLogs();
        }
        return new BanCause.BannedBefore(bans.size(), bans.getLast().at());
    }

    /** The failures that count for a ban: within the jail's time, and after the ban before it, which used up the others. */
    private List<Trace.OfFail2ban> found(Jail jail, Instant made) {
        Instant window = made.minus(findTime(jail, DEFAULT_FIND_TIME)).minus(SLACK);
        Instant from = scene.fail2ban()
                .filter(trace -> trace.event() instanceof LogEvent.Banned banned
                        && banned.jail().equals(jail)
                        && trace.at().isBefore(made.minus(SLACK)))
                .map(Trace::at)
                .filter(window::isBefore)
                .max(Instant::compareTo)
                .orElse(window);
        return scene.fail2ban()
                .filter(trace -> trace.event() instanceof LogEvent.Found found
                        && found.jail().equals(jail)
                        && found.escalation().isEmpty())
                .filter(trace -> trace.at().isAfter(from) && !trace.at().isAfter(made.plus(SLACK)))
                .toList();
    }

    private Optional<Instant> lastBanLine(Jail jail) {
        return scene.fail2ban()
                .filter(trace -> trace.event() instanceof LogEvent.Banned banned
                        && banned.jail().equals(jail))
                .map(Trace::at)
                .max(Instant::compareTo);
    }

    /** A ban counts as made by hand only if the log would show its failures. */
    private boolean reachesBack(Instant instant) {
        return scene.seen().traces() instanceof Tracing.Traced traced
                && traced.banLog().fault().isEmpty()
                && traced.banLog()
                        .begins()
                        .filter(begins -> begins.isBefore(instant))
                        .isPresent();
    }

    private Duration findTime(Jail jail, Duration otherwise) {
        return scene.settings(jail).map(JailSettings::findTime).orElse(otherwise);
    }
}
