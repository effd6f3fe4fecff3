package io.mailban.ssh;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mailban.ban.Mailbox;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Remark;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The host on which a server's mail is logged, where that is another than fail2ban's: with a clock of its own. Thread-safe. */
final class MailLogHost {
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final String host;
    private final Duration patience;
    private final Link link;
    private final LogFinder finder;
    private final Logs logs;
    private final Cache<Object, Found> remembered =
            Caffeine.newBuilder().maximumSize(1).expireAfterWrite(FRESH).build();

    private record Found(LogPlaces places, Survey survey) {}

    MailLogHost(SshServer settings, SshSurroundings surroundings, Duration patience, InstantSource clock) {
        this.host = settings.host();
        this.patience = patience;
        link = new Link(settings, surroundings, patience);
        finder = new LogFinder(settings.logs(), clock);
        logs = new Logs(settings.logs(), clock);
    }

    Tracing.Traced traces(TraceQuery query) throws Obstructed {
        return link.use(
                Deadline.in(patience),
                (connection, deadline) -> named(
                        logs.traces(connection, found(connection, deadline).places(), query, deadline)));
    }

    Tracing.Traced lastDeliveries(Set<Mailbox> mailboxes) throws Obstructed {
        return link.use(
                Deadline.in(patience),
                (connection, deadline) -> named(logs.lastDeliveries(
                        connection, found(connection, deadline).places(), mailboxes, deadline)));
    }

    /** The description with this host's mail logs; without any where it can't be reached. */
    Description.Described described(Description.Described server) {
        try {
            Found found = link.use(Deadline.in(patience), this::found);
            List<String> mailLogs = found.places().mail().stream()
                    .map(place -> named(place.text()))
                    .toList();
            return described(
                    server, mailLogs, found.survey().newest(found.places().mail()), List.of());
        } catch (Obstructed obstructed) {
            return described(
                    server, List.of(), Optional.empty(), List.of(new Remark.MailLogAway(host, obstructed.obstacle())));
        }
    }

    private static Description.Described described(
            Description.Described server, List<String> mailLogs, Optional<Instant> newest, List<Remark> remarks) {
        return new Description.Described(
                server.fail2banVersion(),
                server.zone(),
                server.jails(),
                server.banLog(),
                mailLogs,
                newest,
                Stream.concat(server.remarks().stream(), remarks.stream()).toList());
    }

    /** What there is to say where this host can't be asked. */
    Tracing.Horizon away(Obstacle obstacle) {
        return new Tracing.Horizon(
                "the mail log on " + host, Optional.empty(), Optional.of(new Tracing.Fault.HostAway(host, obstacle)));
    }

    void tidy(Duration idle) {
        if (link.idle().compareTo(idle) > 0) {
            link.rest();
        }
    }

    void close() {
        link.close();
    }

    private Found found(Connection connection, Deadline deadline) throws Lost {
        Found known = remembered.getIfPresent(this);
        if (known == null) {
            Survey survey = finder.survey(connection, List.of(), deadline);
            known = new Found(
                    new LogPlaces(finder.mailLogs(survey, List.of()), Optional.empty(), survey.clock()), survey);
            remembered.put(this, known);
        }
        return known;
    }

    private Tracing.Traced named(Tracing.Traced traced) {
        Tracing.Horizon mail = traced.mailLog();
        return new Tracing.Traced(
                traced.traces(),
                new Tracing.Horizon(named(mail.source()), mail.begins(), mail.fault()),
                traced.banLog());
    }

    private String named(String source) {
        return source + " on " + host;
    }
}
