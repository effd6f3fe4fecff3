package io.mailban.diagnosis;

import static java.util.stream.Collectors.toCollection;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.fail2ban.LogEvent;
import io.mailban.maillog.Cause;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds out from the logs why an address was banned. Pure. */
public record Causes(Address address, Observation seen) {
    /** The log line and the ban that it makes can be a moment apart, on either side. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** fail2ban's default where the jail's own setting is not known. */
    private static final Duration DEFAULT_FIND_TIME = Duration.ofMinutes(10);

    private static final Duration RECIDIVE_FIND_TIME = Duration.ofDays(1);

    /** Why this ban was made. */
    public BanCause of(Ban ban) {
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
                .orElseGet(() -> found.isEmpty()
                        ? new BanCause.NotInLogs()
                        : new BanCause.OtherLines(found.size(), found.getLast().at()));
    }

    /** The failed logins between two instants; empty where the mail log has none. */
    Optional<BanCause> within(Instant from, Instant to) {
        List<Failure> failures = seen.lines().stream()
                .flatMap(trace -> Failure.of(trace, address).stream())
                .filter(failure -> !failure.at().isBefore(from) && !failure.at().isAfter(to))
                .toList();
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        int counted = failures.stream()
                .mapToInt(failure -> failure.event().attempts().orElse(0))
                .sum();
        Set<Mailbox> names = failures.stream()
                .flatMap(failure -> failure.event().mailbox().stream())
                .collect(toCollection(TreeSet::new));
        Set<Protocol> protocols = failures.stream()
                .flatMap(failure -> failure.event().protocol().stream())
                .collect(toCollection(TreeSet::new));
        return Optional.of(new BanCause.FailedLogins(
                counted == 0 ? failures.size() : counted,
                names,
                protocols.size() == 1 ? protocols.stream().findFirst() : Optional.empty(),
                reason(failures),
                failures.getFirst().at(),
                failures.getLast().at()));
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
        List<Trace.OfFail2ban> bans = ofFail2ban().stream()
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
        Instant from = ofFail2ban().stream()
                .filter(trace -> trace.event() instanceof LogEvent.Banned banned
                        && banned.jail().equals(jail)
                        && trace.at().isBefore(made.minus(SLACK)))
                .map(Trace::at)
                .filter(window::isBefore)
                .max(Instant::compareTo)
                .orElse(window);
        return ofFail2ban().stream()
                .filter(trace -> trace.event() instanceof LogEvent.Found found
                        && found.jail().equals(jail)
                        && found.escalation().isEmpty())
                .filter(trace -> trace.at().isAfter(from) && !trace.at().isAfter(made.plus(SLACK)))
                .toList();
    }

    private Optional<Instant> lastBanLine(Jail jail) {
        return ofFail2ban().stream()
                .filter(trace -> trace.event() instanceof LogEvent.Banned banned
                        && banned.jail().equals(jail))
                .map(Trace::at)
                .max(Instant::compareTo);
    }

    /** A ban counts as made by hand only if the log would show its failures. */
    private boolean reachesBack(Instant instant) {
        return seen.traces() instanceof Tracing.Traced traced
                && traced.banLog().fault().isEmpty()
                && traced.banLog()
                        .begins()
                        .filter(begins -> begins.isBefore(instant))
                        .isPresent();
    }

    private Duration findTime(Jail jail, Duration otherwise) {
        if (!(seen.description() instanceof Description.Described described)) {
            return otherwise;
        }
        return described.jails().stream()
                .filter(settings -> settings.jail().equals(jail))
                .map(JailSettings::findTime)
                .findFirst()
                .orElse(otherwise);
    }

    private List<Trace.OfFail2ban> ofFail2ban() {
        return seen.lines().stream()
                .filter(Trace.OfFail2ban.class::isInstance)
                .map(Trace.OfFail2ban.class::cast)
                .filter(trace -> trace.event() instanceof LogEvent.OfId event
                        && event.id().equals(address))
                .toList();
    }

    private record Failure(Instant at, MailEvent.AuthFailure event) {
        static Optional<Failure> of(Trace trace, Address address) {
            return trace instanceof Trace.OfMail mail
                            && mail.event() instanceof MailEvent.AuthFailure failure
                            && failure.address().equals(Optional.of(address))
                    ? Optional.of(new Failure(mail.at(), failure))
                    : Optional.empty();
        }
    }
}
