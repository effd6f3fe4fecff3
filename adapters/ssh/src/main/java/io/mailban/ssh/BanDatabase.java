package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Evidencing.KeptBan;
import io.mailban.mailserver.Trace;
import io.mailban.ssh.LogOutput.Content;
import io.mailban.ssh.LogOutput.Log;
import io.mailban.ssh.LogOutput.Part;
import io.mailban.ssh.PythonText.Value;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads what fail2ban's database keeps of an address (0.11 to 1.1, {@code database.py}: the tables {@code bips} and {@code
 * bans}, in which {@code data} holds the failures and the lines that matched). Thread-safe.
 */
final class BanDatabase {
    private static final int LONGEST = 8 << 20;

    private final Fail2banClients clients;
    private final CommandPrefix prefix;

    /** Asks fail2ban where its database is, and looks into it behind the prefix of the logs. */
    BanDatabase(Fail2banClients clients, CommandPrefix prefix) {
        this.clients = clients;
        this.prefix = prefix;
    }

    Evidencing evidence(Connection connection, ServerClock clock, Address address, Deadline deadline) throws Lost {
        Optional<String> file;
        try {
            Answer answer = clients.ask(connection, List.of(ClientCommand.databaseFile()), deadline)
                    .getFirst();
            file = ClientText.tree(answer.words()).stream()
                    .filter(path -> path.startsWith("/"))
                    .findFirst();
        } catch (Unanswered unanswered) {
            return new Evidencing.NotReadable("fail2ban did not say where its database is: " + unanswered.words());
        }
        if (file.isEmpty()) {
            return new Evidencing.NotReadable("fail2ban keeps no database (dbfile is None or :memory:)");
        }
        String mark = Marks.unguessable();
        try {
            Exec.Done done = Exec.run(
                    connection,
                    RemoteCommand.evidence(prefix, mark, file.get(), address),
                    new byte[0],
                    LONGEST,
                    deadline);
            return read(done.out(), mark, clock, done.err());
        } catch (TimeoutException _) {
            return new Evidencing.NotReadable("there was no time to read " + file.get());
        }
    }

    /** Reads what the verb {@code evidence} of {@code mailban-logs} printed. */
    static Evidencing read(String out, String mark, ServerClock clock, String complaints) {
        List<Row> rows = new ArrayList<>();
        boolean whole = false;
        for (String line : out.split("\n", -1)) {
            if (line.startsWith(mark + " fault evidence ")) {
                return new Evidencing.NotReadable(line.substring((mark + " fault evidence ").length()));
            }
            whole |= line.equals(mark + " end");
            if (!line.startsWith(mark)) {
                Row.read(line).ifPresent(rows::add);
            }
        }
        if (!whole) {
            return new Evidencing.NotReadable(
                    complaints.isBlank()
                            ? "its answer was cut off"
                            : complaints.strip().replace('\n', ' '));
        }
        // A ban that stands is in both tables.
        Map<String, Row> distinct = rows.stream()
                .collect(Collectors.toMap(
                        row -> row.jail().name() + " " + row.since(), row -> row, (a, _) -> a, LinkedHashMap::new));
        return new Evidencing.Kept(distinct.values().stream()
                .sorted(Comparator.comparing(Row::since).reversed())
                .map(row -> row.ban(
                        clock,
                        distinct.values().stream()
                                .filter(other -> other.jail().equals(row.jail())
                                        && !other.since().isAfter(row.since()))
                                .count()))
                .toList());
    }

    /** A row of either table, in the server's time. */
    private record Row(
            Jail jail,
            BannedId id,
            Instant since,
            Optional<Duration> banTime,
            long count,
            int failures,
            List<String> matches) {

        static Optional<Row> read(String json) {
            try {
                // JSON's strings, lists and objects are Python's too.
                if (!(PythonText.read(json) instanceof Value.Table(var columns))) {
                    return Optional.empty();
                }
                Map<String, Value> data = columns.get("data") instanceof Value.Table(var entries) ? entries : Map.of();
                long banTime = number(columns.get("bantime")).orElse(-1L);
                return Optional.of(new Row(
                        new Jail(text(columns.get("jail"))),
                        BannedId.of(text(columns.get("ip"))),
                        Instant.ofEpochSecond(number(columns.get("timeofban")).orElseThrow()),
                        banTime < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(banTime)),
                        number(columns.get("bancount")).orElse(1L),
                        number(data.get("failures")).orElse(0L).intValue(),
                        data.get("matches") instanceof Value.Many(var lines)
                                ? lines.stream().map(Row::text).toList()
                                : List.of()));
            } catch (PythonText.Unreadable | RuntimeException _) {
                return Optional.empty();
            }
        }

        KeptBan ban(ServerClock clock, long kept) {
            List<Trace> lines = traces(clock);
            return new KeptBan(
                    jail, id, clock.ours(since), banTime, failures, (int) Math.max(Math.max(count, kept), 1), lines);
        }

        private List<Trace> traces(ServerClock clock) {
            LineTimes times = new LineTimes(clock, since);
            List<Trace> traces = new ArrayList<>();
            for (String line : matches) {
                Stream.of(Log.MAIL, Log.BAN)
                        .map(log -> new Part(log, Content.LINES, since, "", List.of()))
                        .flatMap(part -> TraceLines.read(part, line, times).stream())
                        .findFirst()
                        .ifPresent(traces::add);
            }
            traces.sort(Comparator.comparing(Trace::at));
            return traces;
        }

        /** A line is a string, or a list of what stood before the time, the time, and what stood behind it. */
        private static String text(@Nullable Value value) {
            return switch (value) {
                case null -> "";
                case Value.Text(var text) -> text.stripTrailing();
                case Value.Many(var parts) ->
                    parts.stream()
                            .map(part -> part instanceof Value.Text(var text) ? text : "")
                            .collect(Collectors.joining())
                            .stripTrailing();
                case Value.Table _ -> "";
            };
        }

        private static Optional<Long> number(@Nullable Value value) {
            try {
                return value instanceof Value.Text(var text)
                        ? Optional.of((long) Double.parseDouble(text))
                        : Optional.empty();
            } catch (NumberFormatException _) {
                return Optional.empty();
            }
        }
    }
}
