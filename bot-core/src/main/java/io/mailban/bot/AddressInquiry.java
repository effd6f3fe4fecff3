package io.mailban.bot;

import static java.util.stream.Collectors.toSet;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Neighbours;
import io.mailban.diagnosis.Observation;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Unreachable;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Asks one server about an address, and explains what it said: each thing only where it can matter. */
record AddressInquiry(Sources sources) {
    /** The most banned addresses of one owner that are looked into. */
    private static final int MOST_ADDRESSES = 20;

    /** A guesser tries thousands of names; nobody asks when each of them last got mail. */
    private static final int MOST_MAILBOXES = 5;

    Diagnosis.OfServer check(Address address, ServerName server, Instant now) {
        var bans = Everywhere.start(() -> sources.servers().bans(server, address));
        var all = Everywhere.start(() -> sources.servers().bans(server));
        var description = Everywhere.start(() -> sources.servers().describe(server));
        var kept = bans.thenCompose(listing -> records(listing, server, address));
        Tracing traces = sources.logs().traces(server, TraceQuery.of(address, now.minus(Inquiries.REACH)));
        var deliveries = Everywhere.start(() -> deliveriesTo(mailboxesIn(traces), server, traces));
        var neighbours = Everywhere.start(() -> neighbours(address, server, traces, Everywhere.join(all), now));
        sources.recollection().of(server, address, Everywhere.join(bans), now);
        sources.recollection().all(server, Everywhere.join(all), now);
        Diagnosis.OfServer answer = sources.diagnoser()
                .explain(
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
                                obstacle,
                                nothing.or(() -> sources.recollection().of(answer.server(), address, now)))),
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
        var evidence = Everywhere.start(
                () -> asked && (own || around) ? sources.records().evidence(server, address) : Sources.NOT_ASKED);
        var firewall = Everywhere.start(
                () -> asked && (around || !own) ? sources.records().firewall(server, address) : Sources.NOT_SEARCHED);
        return evidence.thenCombine(firewall, Records::new);
    }

    /** Who else uses the mailboxes: asked only where another ban stands, or a name lacks its domain. */
    private Neighbours neighbours(Address address, ServerName server, Tracing traces, BanListing all, Instant now) {
        boolean others = all instanceof BanListing.Standing(var standing)
                && standing.stream().anyMatch(ban -> !ban.id().covers(address));
        Set<Mailbox> follow = sources.diagnoser().mailboxesToFollow(address, traces, now).stream()
                .filter(mailbox -> others || mailbox.name().indexOf('@') < 0)
                .limit(MOST_MAILBOXES)
                .collect(toSet());
        if (follow.isEmpty()) {
            return Neighbours.none();
        }
        Tracing ofMailboxes =
                sources.logs().traces(server, new TraceQuery(Set.of(), follow, now.minus(Inquiries.REACH)));
        Set<Address> siblings = Neighbours.bannedSiblings(address, all, ofMailboxes).stream()
                .limit(MOST_ADDRESSES)
                .collect(toSet());
        Tracing ofSiblings = siblings.isEmpty()
                ? ofMailboxes
                : sources.logs().traces(server, new TraceQuery(siblings, Set.of(), now.minus(Inquiries.REACH)));
        return new Neighbours(all, ofMailboxes, ofSiblings);
    }

    private Tracing deliveriesTo(Set<Mailbox> mailboxes, ServerName server, Tracing traces) {
        return mailboxes.isEmpty() ? traces : sources.logs().lastDeliveries(server, mailboxes);
    }

    /** The mailboxes that the traced address logged in to or failed for. */
    private static Set<Mailbox> mailboxesIn(Tracing tracing) {
        return tracing.found().stream()
                .flatMap(trace -> trace instanceof Trace.OfMail mail
                        ? mail.event().loginName().stream()
                        : Stream.<Mailbox>empty())
                .distinct()
                .limit(MOST_MAILBOXES)
                .collect(toSet());
    }
}
