package io.mailban.history;

import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.ServerName;
import io.mailban.fail2ban.LogEvent;
import io.mailban.history.Happening.Banned;
import io.mailban.history.Happening.Counted;
import io.mailban.history.Happening.Decided;
import io.mailban.history.Happening.Failed;
import io.mailban.history.Happening.LoggedIn;
import io.mailban.history.Happening.Run;
import io.mailban.history.Happening.Unbanned;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Puts what the logs say, what was kept and what was decided into one order: nothing is told twice, and runs of one kind
 * are told as one, until a ban, its end or a decision comes between. Not thread-safe.
 */
public final class Timeline {
    /** fail2ban's database has a ban's second, its log the moment at which the line was written. */
    private static final Duration SAME_BAN = Duration.ofSeconds(3);

    /** What a jail counted, and the failure that it read, are written within moments. */
    private static final Duration SAME_FAILURE = Duration.ofSeconds(5);

    /** Looking is no decision, and a start is told by its end. */
    private static final Set<Act> NO_DECISIONS = Set.of(Act.LOOKED_UP, Act.LINES_SHOWN, Act.HISTORY_SHOWN, Act.STARTED);

    private final List<Happening> happenings = new ArrayList<>();

    /** Adds what a server's logs say. Each call is a source of its own: what an earlier one told already is left out. */
    public Timeline add(ServerName server, List<Trace> traces) {
        Set<Happening> told = new HashSet<>();
        happenings.forEach(happening -> told.add(atSecond(happening)));
        for (Trace trace : traces) {
            read(server, trace).filter(one -> !told.contains(atSecond(one))).ifPresent(happenings::add);
        }
        return this;
    }

    /** Adds what was kept of a ban. */
    public Timeline add(Evidence evidence) {
        add(evidence.server(), evidence.lines());
        Optional<Banned> told = happenings.stream()
                .filter(Banned.class::isInstance)
                .map(Banned.class::cast)
                .filter(banned -> isOf(evidence, banned))
                .findFirst();
        told.ifPresent(happenings::remove);
        happenings.add(new Banned(
                told.map(Banned::at).orElse(evidence.since()),
                evidence.server(),
                evidence.jail(),
                evidence.id(),
                evidence.until(),
                evidence.failures()));
        return this;
    }

    private static boolean isOf(Evidence evidence, Banned banned) {
        return banned.server().equals(evidence.server())
                && banned.jail().equals(evidence.jail())
                && banned.id().equals(evidence.id())
                && Duration.between(banned.at(), evidence.since()).abs().compareTo(SAME_BAN) <= 0;
    }

    /** Adds what was done with this bot, newest first as the audit log has it. */
    public Timeline add(List<AuditEntry> entries) {
        entries.reversed().stream()
                .filter(entry -> !NO_DECISIONS.contains(entry.act()))
                .map(Decided::new)
                .forEach(happenings::add);
        return this;
    }

    /** All of it, newest first. */
    public List<Happening> newestFirst() {
        List<Happening> folded = folded();
        // Reversed first: of what happened at one moment, the later stays the newer.
        return folded.reversed().stream()
                .filter(happening -> !(happening instanceof Counted counted && isToldByFailures(counted, folded)))
                .sorted(Comparator.comparing(Happening::at).reversed())
                .toList();
    }

    private List<Happening> folded() {
        List<Happening> folded = new ArrayList<>();
        Map<Run, Integer> runs = new HashMap<>();
        for (Happening happening :
                happenings.stream().sorted(Comparator.comparing(Happening::at)).toList()) {
            switch (happening) {
                case Run run -> {
                    Integer place = runs.putIfAbsent(run.kind(), folded.size());
                    if (place == null) {
                        folded.add(run);
                    } else if (folded.get(place) instanceof Run earlier) {
                        folded.set(place, earlier.and(run));
                    }
                }
                case Banned _, Unbanned _, Decided _ -> {
                    folded.add(happening);
                    runs.clear();
                }
            }
        }
        return folded;
    }

    private static boolean isToldByFailures(Counted counted, List<Happening> all) {
        return all.stream()
                .anyMatch(other -> other instanceof Failed failed
                        && failed.server().equals(counted.server())
                        && failed.first().minus(SAME_FAILURE).isBefore(counted.at())
                        && failed.at().plus(SAME_FAILURE).isAfter(counted.first()));
    }

    private static Optional<Happening> read(ServerName server, Trace trace) {
        Instant at = trace.at();
        return switch (trace) {
            case Trace.OfMail mail ->
                switch (mail.event()) {
                    case MailEvent.Login login ->
                        Optional.of(
                                new LoggedIn(at, at, server, login.address(), login.mailbox(), login.protocol(), 1));
                    // Without a count it is told once more by the line that has one.
                    case MailEvent.AuthFailure failure
                    when failure.attempts().isPresent() ->
                        Optional.of(new Failed(
                                at,
                                at,
                                server,
                                failure.address(),
                                failure.mailbox(),
                                failure.protocol(),
                                failure.cause(),
                                failure.attempts().getAsInt()));
                    case MailEvent.AuthFailure _,
                            MailEvent.Connected _,
                            MailEvent.Rejected _,
                            MailEvent.Delivered _,
                            MailEvent.Trouble _ -> Optional.empty();
                };
            case Trace.OfFail2ban line ->
                switch (line.event()) {
                    case LogEvent.Banned ban ->
                        Optional.of(
                                new Banned(at, server, ban.jail(), ban.id(), Optional.empty(), OptionalInt.empty()));
                    case LogEvent.Unbanned unban -> Optional.of(new Unbanned(at, server, unban.jail(), unban.id()));
                    case LogEvent.Found found
                    when found.escalation().isEmpty() ->
                        Optional.of(new Counted(at, at, server, found.jail(), found.id(), 1));
                    case LogEvent.Found _,
                            LogEvent.RestoredBan _,
                            LogEvent.RepealedBan _,
                            LogEvent.Rebanned _,
                            LogEvent.AlreadyBanned _,
                            LogEvent.IncreasedBan _,
                            LogEvent.Ignored _,
                            LogEvent.Flushed _,
                            LogEvent.JailStarted _,
                            LogEvent.JailStopped _,
                            LogEvent.ServerStarted _,
                            LogEvent.ServerStopping _ -> Optional.empty();
                };
        };
    }

    /** The same happening, however precisely its source tells the time. */
    private static Happening atSecond(Happening happening) {
        return switch (happening) {
            case Run run -> run.during(second(run.first()), second(run.at()), run.count());
            case Banned one ->
                new Banned(second(one.at()), one.server(), one.jail(), one.id(), Optional.empty(), OptionalInt.empty());
            case Unbanned one -> new Unbanned(second(one.at()), one.server(), one.jail(), one.id());
            case Decided one -> one;
        };
    }

    private static Instant second(Instant at) {
        return Instant.ofEpochSecond(at.getEpochSecond());
    }
}
