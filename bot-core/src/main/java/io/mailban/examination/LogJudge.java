package io.mailban.examination;

import io.mailban.examination.Check.Fault;
import io.mailban.examination.Check.Hint;
import io.mailban.examination.Check.NotTold;
import io.mailban.examination.Check.Subject;
import io.mailban.examination.Check.Well;
import io.mailban.examination.Visit.FileSeen;
import io.mailban.examination.Visit.Log;
import io.mailban.examination.Visit.LogSeen;
import io.mailban.examination.Visit.Shell;
import io.mailban.examination.Way.Behind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Judges the logs and the clock that they are written by. Pure. */
final class LogJudge {
    private static final Duration MAIL_STALE = Duration.ofDays(1);

    /** fail2ban writes at its start, and with every failure that it sees; a quiet server's may be old. */
    private static final Duration BAN_STALE = Duration.ofDays(14);

    private static final Duration CLOCK_SLACK = Duration.ofSeconds(5);

    /** The least by which two zones differ in practice, and the most. */
    private static final Duration LEAST_ZONE = Duration.ofMinutes(25);

    private static final Duration MOST_ZONE = Duration.ofHours(26);
    private static final int GROUP_READ = 4;

    private LogJudge() {}

    static List<Check> judge(Way way, Visit visit, Instant now) {
        List<Check> checks = new ArrayList<>();
        List<Check> zones = new ArrayList<>();
        for (Log log : List.of(Log.BAN, Log.MAIL)) {
            for (LogSeen seen : visit.logs()) {
                if (seen.log() == log) {
                    checks.add(log(way, visit.shell(), seen, now));
                    torn(seen)
                            .ifPresent(ahead ->
                                    zones.add(new Fault(Subject.CLOCK, new Flaw.ZoneTorn(log, seen.source(), ahead))));
                }
            }
        }
        checks.addAll(zones);
        checks.add(clock(visit));
        return checks;
    }

    private static Check log(Way way, Shell shell, LogSeen seen, Instant now) {
        Subject subject = seen.log() == Log.MAIL ? Subject.MAIL_LOG : Subject.BAN_LOG;
        if (seen.fault().isPresent()) {
            return new Fault(subject, unreadable(way, shell, seen, seen.fault().get()));
        }
        Duration stale = seen.log() == Log.MAIL ? MAIL_STALE : BAN_STALE;
        if (seen.newest().isEmpty() && seen.isJournal() && seen.log() == Log.BAN) {
            // Its newest line is not asked for: that it can be read is all that is known.
            return new Well(subject, new Good.LogRead(seen.source(), seen.newest()));
        }
        if (seen.newest().isEmpty()) {
            return new Hint(subject, new Flaw.LogEmpty(seen.log(), seen.source()));
        }
        Instant newest = seen.newest().get();
        return newest.isBefore(now.minus(stale))
                ? new Fault(subject, new Flaw.LogStale(seen.log(), seen.source(), newest))
                : new Well(subject, new Good.LogRead(seen.source(), seen.newest()));
    }

    private static Flaw unreadable(Way way, Shell shell, LogSeen seen, String words) {
        if (way.isGated() && words.contains(Examiner.REFUSED_BY_GATE)) {
            return new Flaw.GateOutdated(words);
        }
        if (words.contains("a password is required") || words.contains("is not allowed to execute")) {
            return way.logs() instanceof Behind.Sudo
                    ? new Flaw.LogPrefixRefused(way.user())
                    : new Flaw.LogFault(seen.log(), seen.source(), words);
        }
        boolean itself = way.logs() instanceof Behind.Nothing && shell instanceof Shell.Given;
        if (itself && seen.isJournal() && isAboutPermission(words)) {
            return new Flaw.JournalUnreadable(seen.log(), way.user());
        }
        if (itself && !seen.isJournal() && isAboutPermission(words)) {
            return new Flaw.LogUnreadable(
                    seen.log(), seen.source(), way.user(), seen.file().flatMap(LogJudge::readingGroup), words);
        }
        return new Flaw.LogFault(seen.log(), seen.source(), words);
    }

    private static boolean isAboutPermission(String words) {
        return words.contains("Permission denied")
                || words.contains("insufficient permissions")
                || words.contains("not seeing messages from other users");
    }

    /** {@code -rw-r-----} and not root's: whoever is in the group may read. */
    private static Optional<String> readingGroup(FileSeen file) {
        boolean reads = file.mode().length() > GROUP_READ && file.mode().charAt(GROUP_READ) == 'r';
        return Optional.of(file.group()).filter(group -> reads && !group.equals("root"));
    }

    /** How far a file's newest line is from when it was written, where that is a zone's worth. */
    private static Optional<Duration> torn(LogSeen seen) {
        if (seen.newest().isEmpty() || seen.file().isEmpty()) {
            return Optional.empty();
        }
        Duration ahead =
                Duration.between(seen.file().get().written(), seen.newest().get());
        boolean isZone = ahead.abs().compareTo(LEAST_ZONE) > 0 && ahead.abs().compareTo(MOST_ZONE) < 0;
        return isZone ? Optional.of(ahead) : Optional.empty();
    }

    private static Check clock(Visit visit) {
        if (visit.shell() instanceof Shell.Given given
                && given.clockAhead().isPresent()
                && given.clockAhead().get().abs().compareTo(given.uncertainty().plus(CLOCK_SLACK)) > 0) {
            return new Fault(
                    Subject.CLOCK, new Flaw.ClockWrong(given.clockAhead().get()));
        }
        Optional<Duration> ahead = visit.shell() instanceof Shell.Given given ? given.clockAhead() : Optional.empty();
        return visit.zone()
                .<Check>map(zone -> new Well(Subject.CLOCK, new Good.InTime(zone, ahead)))
                .orElseGet(() -> new NotTold(Subject.CLOCK, new Flaw.ZoneUntold()));
    }
}
