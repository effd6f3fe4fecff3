package io.mailban.bot;

import static java.util.stream.Collectors.toCollection;

import io.mailban.audit.AuditLog;
import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.Question;
import io.mailban.history.Evidence;
import io.mailban.history.EvidenceStore;
import io.mailban.history.History;
import io.mailban.history.Timeline;
import io.mailban.known.Recognizer;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.ServerLogs;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Tells what happened to an address or a mailbox, from the logs of all servers and from what was kept. Thread-safe. */
public final class Histories {
    /** How far back the logs are searched: further than nearly all of them reach. */
    private static final Duration REACH = Duration.ofDays(90);

    /** The most addresses of one mailbox whose bans are looked for. */
    private static final int MOST_ADDRESSES = 20;

    private final MailServers servers;
    private final ServerLogs logs;
    private final EvidenceStore evidence;
    private final AuditLog audit;
    private final InstantSource clock;

    /** Asks these. */
    public Histories(
            MailServers servers, ServerLogs logs, EvidenceStore evidence, AuditLog audit, InstantSource clock) {
        this.servers = servers;
        this.logs = logs;
        this.evidence = evidence;
        this.audit = audit;
        this.clock = clock;
    }

    /** Answers when every server has, or its deadline has passed; on one server, what was decided on any is told too. */
    public History of(Question question, Optional<ServerName> server) {
        List<ServerName> asked = server.map(List::of).orElseGet(servers::names);
        return switch (question) {
            case Question.OfAddress(var address) -> ofAddress(question, address, asked);
            case Question.OfMailbox(var mailbox) -> ofMailbox(question, mailbox, asked);
        };
    }

    private History ofAddress(Question question, Address address, List<ServerName> asked) {
        Instant now = clock.instant();
        Map<ServerName, Tracing> answers =
                Everywhere.ask(asked, server -> logs.traces(server, TraceQuery.of(address, now.minus(REACH))));
        Timeline timeline = new Timeline();
        answers.forEach((server, tracing) -> timeline.add(server, tracing.found()));
        evidence.about(Set.of(address)).stream()
                .filter(kept -> asked.contains(kept.server()))
                .forEach(timeline::add);
        timeline.add(audit.about(Set.of(address.text())));
        return new History(question, now, timeline.newestFirst(), answers);
    }

    private History ofMailbox(Question question, Mailbox mailbox, List<ServerName> asked) {
        Instant now = clock.instant();
        Map<ServerName, Tracing> answers =
                Everywhere.ask(asked, server -> logs.traces(server, TraceQuery.of(mailbox, now.minus(REACH))));
        List<Evidence> kept = evidence.about(mailbox);
        Set<Address> own = ownAddresses(answers.values(), kept);
        Timeline timeline = new Timeline();
        answers.forEach((server, tracing) -> timeline.add(server, tracing.found()));
        if (!own.isEmpty()) {
            Everywhere.ask(asked, server -> logs.traces(server, new TraceQuery(own, Set.of(), now.minus(REACH))))
                    .forEach((server, tracing) -> timeline.add(server, ofMailbox(mailbox, tracing.found())));
        }
        Stream.concat(kept.stream(), evidence.about(own).stream())
                .distinct()
                .filter(one -> asked.contains(one.server()))
                .map(one -> narrowed(mailbox, one))
                .forEach(timeline::add);
        Set<String> subjects = own.stream().map(Address::text).collect(toCollection(TreeSet::new));
        subjects.add(mailbox.name());
        timeline.add(audit.about(subjects));
        return new History(question, now, timeline.newestFirst(), answers);
    }

    /** Where the mailbox logged in from: a guesser's addresses, whose tries failed, are not its own. */
    private static Set<Address> ownAddresses(Collection<Tracing> answers, List<Evidence> kept) {
        Stream<Address> fromLogs = answers.stream()
                .flatMap(tracing -> tracing.found().reversed().stream())
                .flatMap(trace -> trace instanceof Trace.OfMail mail && mail.event() instanceof MailEvent.Login login
                        ? login.address().stream()
                        : Stream.empty());
        Stream<Address> fromRecord = kept.stream()
                .filter(one -> one.owner() == Evidence.Owner.KNOWN)
                .flatMap(one -> one.id() instanceof Address address ? Stream.of(address) : Stream.empty());
        return Stream.concat(fromLogs, fromRecord)
                .distinct()
                .limit(MOST_ADDRESSES)
                .collect(toCollection(LinkedHashSet::new));
    }

    private static Evidence narrowed(Mailbox mailbox, Evidence all) {
        return new Evidence(
                all.server(),
                all.jail(),
                all.id(),
                all.since(),
                all.until(),
                all.failures(),
                all.times(),
                all.keptAt(),
                all.owner(),
                ofMailbox(mailbox, all.lines()));
    }

    /** Others may share the address; what they do is not this mailbox's history. */
    private static List<Trace> ofMailbox(Mailbox mailbox, List<Trace> traces) {
        return traces.stream()
                .filter(trace -> switch (trace) {
                    case Trace.OfFail2ban _ -> true;
                    case Trace.OfMail mail ->
                        mail.event()
                                .loginName()
                                .filter(name -> Recognizer.sameMailbox(name, mailbox))
                                .isPresent();
                })
                .toList();
    }
}
