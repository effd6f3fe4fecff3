package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.examination.Visit.FileSeen;
import io.mailban.examination.Visit.Log;
import io.mailban.examination.Visit.LogSeen;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Reads a server's logs the way that Mailban does, and looks at what it could not read. */
final class LogTrials {
    private static final int LONGEST = 1 << 20;
    private static final Duration SHORT_WHILE = Duration.ofHours(1);

    /** Nobody has it (RFC 5737): whatever is found is of no interest, only whether it could be looked for. */
    private static final Address NOBODY = Address.of("192.0.2.1");

    private final Connection connection;
    private final CommandPrefix prefix;
    private final InstantSource clock;

    LogTrials(Connection connection, CommandPrefix prefix, InstantSource clock) {
        this.connection = connection;
        this.prefix = prefix;
        this.clock = clock;
    }

    /** Every log. */
    List<LogSeen> logs(LogPlaces places, Map<String, FileSeen> files, Deadline deadline) throws Lost {
        Tracing.Traced traced = new Logs(prefix, clock)
                .traces(
                        connection,
                        places,
                        TraceQuery.of(NOBODY, clock.instant().minus(SHORT_WHILE)),
                        deadline);
        Survey survey = survey(places, deadline);
        List<LogSeen> seen = new ArrayList<>();
        Optional<String> mailFault = traced.mailLog().fault().map(LogTrials::words);
        // Where both are in the journal, its complaint comes once.
        Optional<String> banFault = traced.banLog()
                .fault()
                .map(LogTrials::words)
                .or(() -> places.ban()
                                .filter(place -> place instanceof LogPlace.InJournal
                                        && places.mail().contains(place))
                                .isPresent()
                        ? mailFault
                        : Optional.empty());
        for (LogPlace place : places.ban().stream().toList()) {
            seen.add(seen(Log.BAN, place, banFault, survey, files));
        }
        for (LogPlace place : places.mail()) {
            boolean concerned = places.mail().size() == 1
                    || mailFault.filter(words -> words.contains(place.text())).isPresent();
            seen.add(seen(Log.MAIL, place, concerned ? mailFault : Optional.empty(), survey, files));
        }
        return seen;
    }

    private static String words(Tracing.Fault fault) {
        return switch (fault) {
            case Tracing.Fault.Said(var words) -> words;
            case Tracing.Fault.HostAway(var host, var _) -> host + " can't be asked";
        };
    }

    private static LogSeen seen(
            Log log, LogPlace place, Optional<String> fault, Survey survey, Map<String, FileSeen> files) {
        return switch (place) {
            case LogPlace.InFile(var path) -> {
                Optional<FileSeen> file =
                        Optional.ofNullable(survey.written().get(path)).map(written -> new FileSeen("", "", written));
                yield new LogSeen(
                        log,
                        path,
                        Optional.ofNullable(survey.last().get(path)),
                        fault,
                        Optional.ofNullable(files.get(path)).or(() -> file));
            }
            case LogPlace.InJournal _ ->
                new LogSeen(
                        log,
                        place.text(),
                        // The journal's newest line is asked for of the mail daemons alone.
                        log == Log.MAIL ? survey.journal().flatMap(line -> line) : Optional.empty(),
                        fault,
                        Optional.empty());
        };
    }

    private Survey survey(LogPlaces places, Deadline deadline) throws Lost {
        String mark = Marks.unguessable();
        List<String> parameters = new ArrayList<>(List.of(mark));
        parameters.addAll(paths(places));
        String out;
        Instant sent = clock.instant();
        try {
            out = Exec.run(
                            connection,
                            RemoteCommand.script(prefix, LogScripts.Verb.SURVEY, parameters),
                            new byte[0],
                            LONGEST,
                            deadline)
                    .out();
        } catch (TimeoutException _) {
            out = "";
        }
        return Survey.read(out, mark, sent, clock.instant());
    }

    /** Who may read the files, where the login has a shell to find out. */
    Map<String, FileSeen> files(LogPlaces places, Deadline deadline) throws Lost {
        String mark = Marks.unguessable();
        List<String> parameters = new ArrayList<>(List.of(mark));
        parameters.addAll(paths(places));
        Map<String, FileSeen> files = new HashMap<>();
        try {
            Exec.Done done = Exec.run(
                    connection, RemoteCommand.ofLogin(LoginScript.FILES, parameters), new byte[0], LONGEST, deadline);
            for (String line : done.out().split("\n", -1)) {
                String[] words = line.split(" ", 5);
                if (words.length == 5 && words[0].equals(mark)) {
                    files.put(
                            words[4],
                            new FileSeen(words[2], words[1], Instant.ofEpochSecond(Long.parseLong(words[3]))));
                }
            }
        } catch (TimeoutException _) {
            // Then nobody knows.
        }
        return files;
    }

    private static List<String> paths(LogPlaces places) {
        List<String> paths = new ArrayList<>();
        List<LogPlace> all = new ArrayList<>(places.mail());
        places.ban().ifPresent(all::add);
        for (LogPlace place : all) {
            if (place instanceof LogPlace.InFile(var path) && !paths.contains(path)) {
                paths.add(path);
            }
        }
        return paths;
    }
}
