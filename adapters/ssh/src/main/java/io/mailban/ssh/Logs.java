package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.fail2ban.LogEvent;
import io.mailban.fail2ban.LogLineReader;
import io.mailban.logtime.LineHead;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.MailLineReader;
import io.mailban.maillog.TroubleKind;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Tracing.Horizon;
import io.mailban.ssh.LogOutput.Content;
import io.mailban.ssh.LogOutput.Log;
import io.mailban.ssh.LogOutput.Part;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks into the logs of one server, each question on a channel of its own. Thread-safe. */
final class Logs {
    /** How many bytes of matching lines one file may send; its newest count. */
    private static final int LARGEST_FILE = 4 << 20;

    /** How many bytes one question may bring home. */
    private static final int LARGEST_ANSWER = 24 << 20;

    /** Where a mailbox that gets mail at all mostly got its last. */
    private static final int RECENT = 4 << 20;

    /** How far back the journal is searched for deliveries; files are there to their end. */
    private static final Duration DELIVERY_REACH = Duration.ofDays(30);

    private final CommandPrefix prefix;
    private final InstantSource clock;

    Logs(CommandPrefix prefix, InstantSource clock) {
        this.prefix = prefix;
        this.clock = clock;
    }

    Tracing.Traced traces(Connection connection, LogPlaces places, TraceQuery query, Deadline deadline) throws Lost {
        String mark = Marks.unguessable();
        List<String> addresses =
                query.addresses().stream().map(Address::text).sorted().toList();
        List<String> mailPatterns = Stream.concat(addresses.stream(), patterns(query.mailboxes()).stream())
                .toList();
        List<String> parameters = new ArrayList<>(
                parameters(mark, query.since(), deadline, query.mailboxes().isEmpty() ? "-aF" : "-aiF"));
        places.mail().forEach(place -> parameters.addAll(List.of("mail", path(place))));
        parameters.addAll(List.of("ban", path(places.ban())));
        String input = String.join("\n", mailPatterns) + "\n" + mark + "\n" + String.join("\n", addresses) + "\n";
        Answer answer = run(connection, LogScripts.TRACES, mark, parameters, input, deadline);

        List<Trace> traces = new ArrayList<>();
        for (Part part : answer.output().parts()) {
            if (part.content() == Content.LINES) {
                part.lines()
                        .forEach(line -> trace(part, line, places.zone())
                                .filter(trace -> concerns(trace, query))
                                .ifPresent(traces::add));
            }
        }
        return traced(traces, places, answer, query.since());
    }

    Tracing.Traced lastDeliveries(Connection connection, LogPlaces places, Set<Mailbox> mailboxes, Deadline deadline)
            throws Lost {
        Instant since = clock.instant().minus(DELIVERY_REACH);
        Map<Arrival, Trace> newest = new HashMap<>();
        Set<Mailbox> wanted = new LinkedHashSet<>(mailboxes);
        Answer answer = deliveries(connection, places, wanted, since, RECENT, newest, deadline);
        newest.keySet().forEach(arrival -> wanted.remove(arrival.mailbox()));
        if (!wanted.isEmpty() && !deadline.passed()) {
            answer = deliveries(connection, places, wanted, since, 0, newest, deadline);
        }
        return traced(List.copyOf(newest.values()), places, answer, since);
    }

    private Answer deliveries(
            Connection connection,
            LogPlaces places,
            Set<Mailbox> wanted,
            Instant since,
            int recent,
            Map<Arrival, Trace> newest,
            Deadline deadline)
            throws Lost {
        List<String> names = patterns(wanted);
        String mark = Marks.unguessable();
        List<String> parameters = new ArrayList<>(parameters(mark, since, deadline, "-aiF"));
        parameters.add(String.valueOf(recent));
        places.mail().forEach(place -> parameters.add(path(place)));
        if (names.isEmpty()) {
            return new Answer(new LogOutput(List.of(), List.of(), LogOutput.Ending.WHOLE), "");
        }
        Answer answer =
                run(connection, LogScripts.DELIVERIES, mark, parameters, String.join("\n", names) + "\n", deadline);
        for (Part part : answer.output().parts()) {
            for (String line : part.lines()) {
                trace(part, line, places.zone())
                        .ifPresent(found -> Arrival.of(found)
                                .filter(arrival -> wanted.contains(arrival.mailbox()))
                                .ifPresent(arrival ->
                                        newest.merge(arrival, found, (a, b) -> a.at().isAfter(b.at()) ? a : b)));
            }
        }
        return answer;
    }

    /** Mail for a mailbox, and whether it got in. */
    private record Arrival(Mailbox mailbox, Class<? extends MailEvent> end) {
        static Optional<Arrival> of(Trace trace) {
            return trace instanceof Trace.OfMail mail
                    ? switch (mail.event()) {
                        case MailEvent.Delivered delivered ->
                            Optional.of(new Arrival(delivered.recipient(), MailEvent.Delivered.class));
                        case MailEvent.Trouble trouble
                        when trouble.kind() == TroubleKind.NOT_DELIVERED ->
                            trouble.mailbox().map(mailbox -> new Arrival(mailbox, MailEvent.Trouble.class));
                        case MailEvent.Trouble _, MailEvent.Login _, MailEvent.AuthFailure _ -> Optional.empty();
                    }
                    : Optional.empty();
        }
    }

    /** What a script said, and what its tools complained of. */
    private record Answer(LogOutput output, String complaints) {}

    private Answer run(
            Connection connection, String script, String mark, List<String> parameters, String input, Deadline deadline)
            throws Lost {
        RemoteCommand command = RemoteCommand.script(prefix, script, parameters);
        Exec.Done done = Exec.runAsFarAsPossible(
                connection, command, input.getBytes(StandardCharsets.UTF_8), LARGEST_ANSWER, deadline);
        String complaints = switch (done.ending()) {
            case WHOLE -> done.err().strip();
            case CUT_BY_BOUND -> "there are more matching lines than " + (LARGEST_ANSWER >> 20) + " MB";
            case CUT_BY_DEADLINE -> "there was no time to read it whole";
        };
        return new Answer(LogOutput.read(done.out(), mark, clock.instant()), complaints);
    }

    private static List<String> parameters(String mark, Instant since, Deadline deadline, String flags) {
        // Two thirds of the time for beginning with one more file, the rest for reading it.
        long budget = Math.max(1, deadline.leftMillis() * 2L / 3000);
        return List.of(
                mark,
                String.valueOf(since.getEpochSecond()),
                String.valueOf(budget),
                String.valueOf(LARGEST_FILE),
                flags);
    }

    private static String path(LogPlace place) {
        return switch (place) {
            case LogPlace.InFile(var path) -> path;
            case LogPlace.InJournal _ -> "";
        };
    }

    /** Names as patterns: an empty one would match every line, and a line break would make two of one. */
    private static List<String> patterns(Set<Mailbox> mailboxes) {
        return mailboxes.stream()
                .map(Mailbox::name)
                .filter(name -> !name.isBlank() && name.chars().noneMatch(Character::isISOControl))
                .sorted()
                .toList();
    }

    private static Optional<Trace> trace(Part part, String line, ZoneId zone) {
        return switch (part.log()) {
            case MAIL ->
                MailLineReader.read(line)
                        .flatMap(event -> event.at()
                                .instant(zone, part.written())
                                .map(at -> new Trace.OfMail(at, event, Redaction.of(line))));
            case BAN ->
                LogLineReader.read(line)
                        .flatMap(event -> event.at()
                                .instant(zone, part.written())
                                .map(at -> new Trace.OfFail2ban(at, event, Redaction.of(line))));
        };
    }

    /** Whether the line is about the subject: a search for 203.0.113.7 finds 203.0.113.70 too. */
    private static boolean concerns(Trace trace, TraceQuery query) {
        return switch (trace) {
            case Trace.OfFail2ban ban ->
                ban.event() instanceof LogEvent.OfId event
                        && query.addresses().stream().anyMatch(event.id()::covers);
            case Trace.OfMail mail ->
                switch (mail.event()) {
                    case MailEvent.AuthFailure failure -> concerns(failure.address(), failure.mailbox(), query);
                    case MailEvent.Login login -> concerns(login.address(), Optional.of(login.mailbox()), query);
                    case MailEvent.Delivered delivered -> query.mailboxes().contains(delivered.recipient());
                    case MailEvent.Trouble trouble -> concerns(trouble.address(), trouble.mailbox(), query);
                };
        };
    }

    private static boolean concerns(Optional<Address> address, Optional<Mailbox> mailbox, TraceQuery query) {
        return address.filter(query.addresses()::contains).isPresent()
                || mailbox.filter(query.mailboxes()::contains).isPresent();
    }

    private static Tracing.Traced traced(List<Trace> traces, LogPlaces places, Answer answer, Instant since) {
        List<Trace> sorted =
                traces.stream().sorted(Comparator.comparing(Trace::at)).toList();
        String mailNames = places.mail().stream().map(LogPlace::text).collect(Collectors.joining(", "));
        return new Tracing.Traced(
                sorted,
                horizon(mailNames, Log.MAIL, places, answer, since),
                horizon(places.ban().text(), Log.BAN, places, answer, since));
    }

    private static Horizon horizon(String source, Log log, LogPlaces places, Answer answer, Instant since) {
        List<String> faults = new ArrayList<>();
        answer.output().complaints().stream()
                .filter(complaint -> complaint.log() == log)
                .forEach(complaint -> faults.add(complaint.words()));
        // The tools' own complaints name a path, or else concern all.
        String complaints = answer.complaints();
        boolean namesBanLog = complaints.contains(places.ban().text());
        if (!complaints.isEmpty() && (log == Log.BAN) == namesBanLog) {
            faults.add(complaints.lines().limit(3).collect(Collectors.joining(" ")));
        }
        Optional<Instant> begins = Optional.empty();
        for (Part part : answer.output().parts()) {
            if (part.log() != log) {
                continue;
            }
            if (part.content() == Content.LINES && part.length() >= LARGEST_FILE) {
                faults.add("only the newest " + (LARGEST_FILE >> 20) + " MB of matching lines in " + part.path()
                        + " were read");
            }
            if (part.content() == Content.BEGIN) {
                Optional<Instant> first = begins(part, places.zone())
                        .map(at -> part.path().equals("journal") && at.isBefore(since) ? since : at);
                begins = Stream.concat(begins.stream(), first.stream()).min(Comparator.naturalOrder());
            }
        }
        return new Horizon(
                source, begins, faults.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", faults)));
    }

    /** The time of the first line that has one. */
    static Optional<Instant> begins(Part part, ZoneId zone) {
        return part.lines().stream()
                .map(line -> LineHead.of(line).at().instant(zone, part.written()))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
