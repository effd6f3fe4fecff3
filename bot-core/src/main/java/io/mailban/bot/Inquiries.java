package io.mailban.bot;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.MailboxDiagnoser;
import io.mailban.diagnosis.Observation;
import io.mailban.diagnosis.Question;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.BanRecords;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.ServerLogs;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Answers questions: asks the servers, all at once, and explains what they said. Thread-safe. */
public final class Inquiries {
    /** How far back the logs are searched. */
    static final Duration REACH = Duration.ofDays(30);

    /** The most addresses of one mailbox that are looked into one by one. */
    private static final int MOST_ADDRESSES = 20;

    /** A guesser tries thousands of names; nobody asks when each of them last got mail. */
    private static final int MOST_MAILBOXES = 5;

    private final MailServers servers;
    private final ServerLogs logs;
    private final BanRecords records;
    private final Diagnoser diagnoser;
    private final InstantSource clock;

    /** Asks these. */
    public Inquiries(
            MailServers servers, ServerLogs logs, BanRecords records, Diagnoser diagnoser, InstantSource clock) {
        this.servers = servers;
        this.logs = logs;
        this.records = records;
        this.diagnoser = diagnoser;
        this.clock = clock;
    }

    /** Answers when every server has, or its deadline has passed. */
    public Diagnosis check(Question question, Optional<ServerName> server) {
        return check(question, server, Duration.ZERO, _ -> {});
    }

    /**
     * Answers when every server has; those that have when {@code patience} is over are told to {@code early} already.
     *
     * @param patience zero for no early answer
     */
    public Diagnosis check(
            Question question, Optional<ServerName> server, Duration patience, Consumer<Diagnosis> early) {
        Instant now = clock.instant();
        List<ServerName> asked = server.map(List::of).orElseGet(servers::names);
        Map<ServerName, Diagnosis.OfServer> answers =
                Everywhere.ask(asked, one -> checkOne(question, one, now), patience, some -> {
                    if (!some.isEmpty()) {
                        List<ServerName> pending = new ArrayList<>(asked);
                        pending.removeAll(some.keySet());
                        early.accept(new Diagnosis(question, now, List.copyOf(some.values()), pending));
                    }
                });
        return new Diagnosis(question, now, List.copyOf(answers.values()), List.of());
    }

    private Diagnosis.OfServer checkOne(Question question, ServerName server, Instant now) {
        return switch (question) {
            case Question.OfAddress(var address) -> ofAddress(address, server, now);
            case Question.OfMailbox(var mailbox) -> ofMailbox(mailbox, server, now);
        };
    }

    private Diagnosis.OfServer ofAddress(Address address, ServerName server, Instant now) {
        var bans = Everywhere.start(() -> servers.bans(server, address));
        var description = Everywhere.start(() -> servers.describe(server));
        var evidence = Everywhere.start(() -> records.evidence(server, address));
        var firewall = Everywhere.start(() -> records.firewall(server, address));
        Tracing traces = logs.traces(server, TraceQuery.of(address, now.minus(REACH)));
        Tracing deliveries = deliveriesTo(mailboxesIn(traces), server, traces);
        return diagnoser.explain(
                address,
                new Observation(
                        server,
                        Everywhere.join(bans),
                        Everywhere.join(description),
                        traces,
                        deliveries,
                        Everywhere.join(evidence),
                        Everywhere.join(firewall)),
                now);
    }

    private Tracing deliveriesTo(Set<Mailbox> mailboxes, ServerName server, Tracing traces) {
        return mailboxes.isEmpty() ? traces : logs.lastDeliveries(server, mailboxes);
    }

    private Diagnosis.OfServer ofMailbox(Mailbox mailbox, ServerName server, Instant now) {
        var listing = Everywhere.start(() -> servers.bans(server));
        var description = Everywhere.start(() -> servers.describe(server));
        var deliveries = Everywhere.start(() -> logs.lastDeliveries(server, Set.of(mailbox)));
        Tracing traces = logs.traces(server, TraceQuery.of(mailbox, now.minus(REACH)));
        Observation seen = new Observation(
                server,
                Everywhere.join(listing),
                Everywhere.join(description),
                traces,
                Everywhere.join(deliveries),
                new Evidencing.Kept(List.of()),
                new FirewallSearch.Searched(List.of()));
        Finding.MailboxUse use = MailboxDiagnoser.use(mailbox, seen);
        Set<Address> own = use.own().stream()
                .limit(MOST_ADDRESSES)
                .map(Finding.AddressUse::address)
                .collect(toCollection(LinkedHashSet::new));
        if (own.isEmpty()) {
            return MailboxDiagnoser.explain(mailbox, seen, use, List.of());
        }
        Tracing ofOwn = logs.traces(server, new TraceQuery(own, Set.of(), now.minus(REACH)));
        List<Diagnosis.OfServer> ofAddresses = own.stream()
                .map(address -> diagnoser.explain(address, seen.about(address, ofOwn), now))
                .toList();
        return MailboxDiagnoser.explain(mailbox, seen, use, ofAddresses);
    }

    /** The mailboxes that the traced address logged in to or failed for. */
    private static Set<Mailbox> mailboxesIn(Tracing tracing) {
        if (!(tracing instanceof Tracing.Traced traced)) {
            return Set.of();
        }
        return traced.traces().stream()
                .flatMap(trace -> trace instanceof Trace.OfMail mail
                        ? switch (mail.event()) {
                            case MailEvent.Login login -> Stream.of(login.mailbox());
                            case MailEvent.AuthFailure failure -> failure.mailbox().stream();
                            case MailEvent.Delivered _, MailEvent.Trouble _ -> Stream.<Mailbox>empty();
                        }
                        : Stream.<Mailbox>empty())
                .distinct()
                .limit(MOST_MAILBOXES)
                .collect(toSet());
    }
}
