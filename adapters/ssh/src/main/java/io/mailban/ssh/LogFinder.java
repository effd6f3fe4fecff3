package io.mailban.ssh;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Finds out which logs a server has. Thread-safe; remembers nothing. */
final class LogFinder {
    private static final Duration STALE_LOG = Duration.ofDays(1);
    private static final int LONGEST_SURVEY = 1 << 20;
    private static final List<String> USUAL_MAIL_LOGS =
            List.of("/var/log/mail.log", "/var/log/maillog", "/var/log/mail", "/var/log/mail/mail.log");

    private final CommandPrefix logs;
    private final InstantSource clock;

    LogFinder(CommandPrefix logs, InstantSource clock) {
        this.logs = logs;
        this.clock = clock;
    }

    /** Looks at the usual mail logs, at these files, and at the journal. */
    Survey survey(Connection connection, List<String> more, Deadline deadline) throws Lost {
        Set<String> paths = new LinkedHashSet<>(more);
        paths.addAll(USUAL_MAIL_LOGS);
        String mark = Marks.unguessable();
        List<String> parameters = new ArrayList<>(List.of(mark));
        parameters.addAll(paths);
        String out;
        Instant sent = clock.instant();
        try {
            out = Exec.run(
                            connection,
                            RemoteCommand.script(logs, LogScripts.Verb.SURVEY, parameters),
                            new byte[0],
                            LONGEST_SURVEY,
                            deadline)
                    .out();
        } catch (TimeoutException _) {
            out = "";
        }
        return Survey.read(out, mark, sent, clock.instant());
    }

    /**
     * The files that jails watch, and the usual ones. A usual one that nobody has written to for a day, on a server with
     * a journal, was left behind by a syslog daemon that is gone (Debian 12 installs none).
     */
    List<LogPlace> mailLogs(Survey survey, List<String> jailLogs) {
        List<LogPlace> places = new ArrayList<>();
        Instant stale = clock.instant().minus(STALE_LOG);
        survey.written().forEach((path, written) -> {
            boolean watched = jailLogs.contains(path);
            boolean live = survey.journal().isEmpty() || written.isAfter(stale);
            if (watched || (USUAL_MAIL_LOGS.contains(path) && live)) {
                places.add(new LogPlace.InFile(path));
            }
        });
        if (places.isEmpty()) {
            places.add(new LogPlace.InJournal());
        }
        return places;
    }
}
