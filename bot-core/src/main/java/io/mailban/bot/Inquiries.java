package io.mailban.bot;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.BanRoll;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.MailboxDiagnoser;
import io.mailban.diagnosis.Neighbours;
import io.mailban.diagnosis.Observation;
import io.mailban.diagnosis.Question;
import io.mailban.known.Whose;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.BanRecords;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.ServerLogs;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Answers questions: asks the servers, all at once, and explains what they said. Thread-safe. */
public final class Inquiries {
    /** How far back the logs are searched. */
    static final Duration REACH = Duration.ofDays(30);

    /** The most addresses of one mailbox that are looked into one by one. */
    private static final int MOST_ADDRESSES = 20;

    /** A guesser tries thousands of names; nobody asks when each of them last got mail. */
    private static final int MOST_MAILBOXES = 5;

    /** Of a botnet's thousands of bans, known users are looked for among the newest so many. */
    private static final int MOST_BANNED = 1000;

    private static final Evidencing NOT_ASKED = new Evidencing.NotReadable("it was not asked for");
    private static final FirewallSearch NOT_SEARCHED = new FirewallSearch.NotReadable("it was not asked for");

    private final Recollection recollection = new Recollection();
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
        var all = Everywhere.start(() -> servers.bans(server));
        var description = Everywhere.start(() -> servers.describe(server));
        var kept = bans.thenCompose(listing -> records(listing, server, address));
        Tracing traces = logs.traces(server, TraceQuery.of(address, now.minus(REACH)));
        var deliveries = Everywhere.start(() -> deliveriesTo(mailboxesIn(traces), server, traces));
        var neighbours = Everywhere.start(() -> neighbours(address, server, traces, Everywhere.join(all), now));
        recollection.of(server, address, Everywhere.join(bans), now);
        recollection.all(server, Everywhere.join(all), now);
        Diagnosis.OfServer answer = diagnoser.explain(
                address,
                new Observation(
                        server,
                        Everywhere.join(bans),
                        Everywhere.join(description),
                        traces,
                        Everywhere.join(deliveries),
                        Everywhere.join(kept).evidence(),
                        Everywhere.join(kept).firewall()),
                Everywhere.join(neighbours),
                now);
        return recalled(answer, address, now);
    }

    /** The answer, and what the server said before where it can't be asked. */
    private Diagnosis.OfServer recalled(Diagnosis.OfServer answer, Address address, Instant now) {
        return answer.worst() instanceof Finding.ServerUnreachable(var obstacle, var nothing)
                ? new Diagnosis.OfServer(
                        answer.server(),
                        List.of(new Finding.ServerUnreachable(
                                obstacle, nothing.or(() -> recollection.of(answer.server(), address, now)))),
                        answer.lines())
                : answer;
    }

    private record Records(Evidencing evidence, FirewallSearch firewall) {}

    /** fail2ban's database tells of a ban that stands, the firewall of one that should not; a network may be in neither. */
    private CompletableFuture<Records> records(BanListing bans, ServerName server, Address address) {
        boolean own = bans instanceof BanListing.Standing(var standing)
                && standing.stream().anyMatch(ban -> ban.id().equals(address));
        boolean around = bans instanceof BanListing.Standing(var standing)
                && standing.stream().anyMatch(ban -> !ban.id().equals(address));
        boolean asked = !(bans instanceof Unreachable);
        var evidence = Everywhere.start(() -> asked && (own || around) ? records.evidence(server, address) : NOT_ASKED);
        var firewall =
                Everywhere.start(() -> asked && (around || !own) ? records.firewall(server, address) : NOT_SEARCHED);
        return evidence.thenCombine(firewall, Records::new);
    }

    /** Who else uses the mailboxes: asked only where another ban stands, or a name lacks its domain. */
    private Neighbours neighbours(Address address, ServerName server, Tracing traces, BanListing all, Instant now) {
        boolean others = all instanceof BanListing.Standing(var standing)
                && standing.stream().anyMatch(ban -> !ban.id().covers(address));
        Set<Mailbox> follow = diagnoser.mailboxesToFollow(address, traces, now).stream()
                .filter(mailbox -> others || mailbox.name().indexOf('@') < 0)
                .limit(MOST_MAILBOXES)
                .collect(toSet());
        if (follow.isEmpty()) {
            return Neighbours.none();
        }
        Tracing ofMailboxes = logs.traces(server, new TraceQuery(Set.of(), follow, now.minus(REACH)));
        Set<Address> siblings = Neighbours.bannedSiblings(address, all, ofMailboxes).stream()
                .limit(MOST_ADDRESSES)
                .collect(toSet());
        Tracing ofSiblings = siblings.isEmpty()
                ? ofMailboxes
                : logs.traces(server, new TraceQuery(siblings, Set.of(), now.minus(REACH)));
        return new Neighbours(all, ofMailboxes, ofSiblings);
    }

    private Tracing deliveriesTo(Set<Mailbox> mailboxes, ServerName server, Tracing traces) {
        return mailboxes.isEmpty() ? traces : logs.lastDeliveries(server, mailboxes);
    }

    private Diagnosis.OfServer ofMailbox(Mailbox mailbox, ServerName server, Instant now) {
        var listing = Everywhere.start(() -> servers.bans(server));
        var description = Everywhere.start(() -> servers.describe(server));
        var deliveries = Everywhere.start(() -> logs.lastDeliveries(server, Set.of(mailbox)));
        Tracing traces = logs.traces(server, TraceQuery.of(mailbox, now.minus(REACH)));
        recollection.all(server, Everywhere.join(listing), now);
        Observation seen = new Observation(
                server,
                Everywhere.join(listing),
                Everywhere.join(description),
                traces,
                Everywhere.join(deliveries),
                NOT_ASKED,
                NOT_SEARCHED);
        Set<Address> own = MailboxDiagnoser.own(mailbox, seen).stream()
                .limit(MOST_ADDRESSES)
                .collect(toCollection(LinkedHashSet::new));
        if (own.isEmpty()) {
            return MailboxDiagnoser.explain(mailbox, seen, MailboxDiagnoser.use(mailbox, seen, Map.of()), List.of());
        }
        Tracing ofOwn = logs.traces(server, new TraceQuery(own, Set.of(), now.minus(REACH)));
        List<Trace> lines = ofOwn instanceof Tracing.Traced traced ? traced.traces() : List.of();
        Map<Address, Whose> whose =
                own.stream().collect(toMap(Function.identity(), address -> diagnoser.whose(address, lines, now)));
        Map<Address, Evidencing> evidence = Everywhere.ask(
                own.stream().filter(address -> isBanned(address, seen)).toList(),
                address -> records.evidence(server, address));
        List<Diagnosis.OfServer> ofAddresses = own.stream()
                .map(address -> diagnoser.explain(
                        address, seen.about(address, ofOwn, evidence.getOrDefault(address, NOT_ASKED)), now))
                .toList();
        return MailboxDiagnoser.explain(mailbox, seen, MailboxDiagnoser.use(mailbox, seen, whose), ofAddresses);
    }

    private static boolean isBanned(Address address, Observation seen) {
        return seen.bans() instanceof BanListing.Standing(var bans)
                && bans.stream().anyMatch(ban -> ban.id().equals(address));
    }

    /** Every ban, now, and who is known among the banned; with a jail only its own. */
    public BanRoll bans(Optional<ServerName> server, Optional<Jail> jail) {
        Instant now = clock.instant();
        List<ServerName> asked = server.map(List::of).orElseGet(servers::names);
        Map<ServerName, BanRoll.OfServer> answers = Everywhere.ask(asked, one -> {
            BanListing listing = servers.bans(one);
            recollection.all(one, listing, now);
            BanListing wanted = listing instanceof BanListing.Standing(var bans)
                    ? new BanListing.Standing(bans.stream()
                            .filter(ban -> jail.isEmpty() || ban.jail().equals(jail.get()))
                            .toList())
                    : listing;
            return new BanRoll.OfServer(wanted, banned(one, wanted, now));
        });
        return new BanRoll(answers);
    }

    /** Whose the newest of the banned addresses are, by one look into the logs. */
    private Map<Address, Whose> banned(ServerName server, BanListing listing, Instant now) {
        if (!(listing instanceof BanListing.Standing(var bans))) {
            return Map.of();
        }
        Set<Address> addresses = bans.stream()
                .filter(ban -> ban.id() instanceof Address)
                .sorted(Comparator.comparing((Ban ban) -> ban.since().orElse(Instant.MIN))
                        .reversed())
                .map(ban -> (Address) ban.id())
                .limit(MOST_BANNED)
                .collect(toCollection(LinkedHashSet::new));
        if (addresses.isEmpty()
                || !(logs.traces(server, new TraceQuery(addresses, Set.of(), now.minus(REACH)))
                        instanceof Tracing.Traced traced)) {
            return Map.of();
        }
        return diagnoser.whose(addresses, traced.traces(), now);
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
                            case MailEvent.Delivered _,
                                    MailEvent.Trouble _,
                                    MailEvent.Connected _,
                                    MailEvent.Rejected _ -> Stream.<Mailbox>empty();
                        }
                        : Stream.<Mailbox>empty())
                .distinct()
                .limit(MOST_MAILBOXES)
                .collect(toSet());
    }
}
