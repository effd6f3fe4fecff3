package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.ban.Network;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.TroubleKind;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import io.mailban.ssh.Horizons.Answer;
import io.mailban.ssh.LogOutput.Content;
import io.mailban.ssh.LogOutput.Part;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Looks into the logs of one server, each question on a channel of its own. Thread-safe. */
final class Logs {
    /** How many bytes of matching lines one file may send; its newest count. */
    static final int LARGEST_FILE = 4 << 20;

    /** How many bytes one question may bring home. */
    private static final int LARGEST_ANSWER = 24 << 20;

    /** Where a mailbox that gets mail at all mostly got its last. */
    private static final int RECENT = 4 << 20;

    /** How far back the journal is searched for deliveries; files are there to their end. */
    private static final Duration DELIVERY_REACH = Duration.ofDays(30);

    /** Nobody bans wider, and a pattern less is time saved. */
    private static final int WIDEST_NETWORK = 8;

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
        List<String> parameters = new ArrayList<>(parameters(
                mark,
                places.clock().theirs(query.since()),
                deadline,
                query.mailboxes().isEmpty() ? "-aF" : "-aiF"));
        places.mail().forEach(place -> parameters.addAll(List.of("mail", path(place))));
        places.ban().ifPresent(place -> parameters.addAll(List.of("ban", path(place))));
        String input = String.join("\n", mailPatterns) + "\n" + mark + "\n"
                + String.join("\n", banPatterns(query.addresses())) + "\n";
        Answer answer = run(connection, LogScripts.Verb.TRACES, mark, parameters, input, deadline);

        List<Trace> traces = new ArrayList<>();
        for (Part part : answer.output().parts()) {
            if (part.content() == Content.LINES) {
                LineTimes times = new LineTimes(places.clock(), part.written());
                part.lines()
                        .forEach(line -> TraceLines.read(part, line, times)
                                .filter(trace -> TraceLines.concerns(trace, query))
                                .ifPresent(traces::add));
            }
        }
        return Horizons.traced(traces, places, answer, query.since());
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
        return Horizons.traced(List.copyOf(newest.values()), places, answer, since);
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
        List<String> parameters =
                new ArrayList<>(parameters(mark, places.clock().theirs(since), deadline, "-aiF"));
        parameters.add(String.valueOf(recent));
        places.mail().forEach(place -> parameters.add(path(place)));
        if (names.isEmpty()) {
            return new Answer(new LogOutput(List.of(), List.of(), LogOutput.Ending.WHOLE), "");
        }
        Answer answer = run(
                connection, LogScripts.Verb.DELIVERIES, mark, parameters, String.join("\n", names) + "\n", deadline);
        for (Part part : answer.output().parts()) {
            // The journal's come newest first, with their offsets.
            LineTimes times = new LineTimes(places.clock(), part.written());
            for (String line : part.lines()) {
                TraceLines.read(part, line, times)
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
        private static final Set<TroubleKind> UNDELIVERED =
                EnumSet.of(TroubleKind.NOT_DELIVERED, TroubleKind.MAILBOX_FULL, TroubleKind.DISK_FULL);

        static Optional<Arrival> of(Trace trace) {
            return trace instanceof Trace.OfMail mail
                    ? switch (mail.event()) {
                        case MailEvent.Delivered delivered ->
                            Optional.of(new Arrival(delivered.recipient(), MailEvent.Delivered.class));
                        case MailEvent.Trouble trouble
                        when UNDELIVERED.contains(trouble.kind()) ->
                            trouble.mailbox().map(mailbox -> new Arrival(mailbox, MailEvent.Trouble.class));
                        case MailEvent.Trouble _,
                                MailEvent.Login _,
                                MailEvent.AuthFailure _,
                                MailEvent.Connected _,
                                MailEvent.Rejected _ -> Optional.empty();
                    }
                    : Optional.empty();
        }
    }

    private Answer run(
            Connection connection,
            LogScripts.Verb verb,
            String mark,
            List<String> parameters,
            String input,
            Deadline deadline)
            throws Lost {
        RemoteCommand command = RemoteCommand.script(prefix, verb, parameters);
        Exec.Done done = Exec.runAsFarAsPossible(
                connection, command, input.getBytes(StandardCharsets.UTF_8), LARGEST_ANSWER, deadline);
        LogOutput output = LogOutput.read(done.out(), mark, clock.instant());
        String complaints = switch (done.ending()) {
            case WHOLE ->
                done.err().isBlank() && output.ending() == LogOutput.Ending.CUT
                        ? "the server ended the search before its end, without a word"
                        : done.err().strip();
            case CUT_BY_BOUND -> "there are more matching lines than " + (LARGEST_ANSWER >> 20) + " MB";
            case CUT_BY_DEADLINE -> "there was no time to read it whole";
        };
        return new Answer(output, complaints);
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

    /** Addresses, and every network around them: bans of those keep them out too. */
    private static List<String> banPatterns(Set<Address> addresses) {
        return addresses.stream()
                .flatMap(address -> Stream.concat(
                        Stream.of(address.text()),
                        IntStream.range(WIDEST_NETWORK, address.family().bits())
                                .mapToObj(prefix -> new Network(address, prefix).text())))
                .sorted()
                .toList();
    }

    /** Names as patterns: an empty one would match every line, and a line break would make two of one. */
    private static List<String> patterns(Set<Mailbox> mailboxes) {
        return mailboxes.stream()
                .map(Mailbox::name)
                .filter(name -> !name.isBlank() && name.chars().noneMatch(Character::isISOControl))
                .sorted()
                .toList();
    }
}
