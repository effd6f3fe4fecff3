package io.mailban.bot;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.MailboxDiagnoser;
import io.mailban.diagnosis.Observation;
import io.mailban.known.Whose;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Asks one server about a mailbox and the addresses that it uses. */
record MailboxInquiry(Sources sources) {
    /** The most addresses of one mailbox that are looked into one by one. */
    private static final int MOST_ADDRESSES = 20;

    Diagnosis.OfServer check(Mailbox mailbox, ServerName server, Instant now) {
        var listing = Everywhere.start(() -> sources.servers().bans(server));
        var description = Everywhere.start(() -> sources.servers().describe(server));
        var deliveries = Everywhere.start(() -> sources.logs().lastDeliveries(server, Set.of(mailbox)));
        Tracing traces = sources.logs().traces(server, TraceQuery.of(mailbox, now.minus(Inquiries.REACH)));
        sources.recollection().all(server, Everywhere.join(listing), now);
        Observation seen = new Observation(
                server,
                Everywhere.join(listing),
                Everywhere.join(description),
                traces,
                Everywhere.join(deliveries),
                Sources.NOT_ASKED,
                Sources.NOT_SEARCHED);
        Set<Address> own = MailboxDiagnoser.own(mailbox, seen).stream()
                .limit(MOST_ADDRESSES)
                .collect(toCollection(LinkedHashSet::new));
        if (own.isEmpty()) {
            return MailboxDiagnoser.explain(mailbox, seen, MailboxDiagnoser.use(mailbox, seen, Map.of()), List.of());
        }
        Tracing ofOwn = sources.logs().traces(server, new TraceQuery(own, Set.of(), now.minus(Inquiries.REACH)));
        List<Trace> lines = ofOwn.found();
        Map<Address, Whose> whose = own.stream()
                .collect(toMap(
                        Function.identity(), address -> sources.diagnoser().whose(address, lines, now)));
        Map<Address, Evidencing> evidence = Everywhere.ask(
                own.stream().filter(address -> isBanned(address, seen)).toList(),
                address -> sources.records().evidence(server, address));
        List<Diagnosis.OfServer> ofAddresses = own.stream()
                .map(address -> sources.diagnoser()
                        .explain(
                                address,
                                seen.about(address, ofOwn, evidence.getOrDefault(address, Sources.NOT_ASKED)),
                                now))
                .toList();
        return MailboxDiagnoser.explain(mailbox, seen, MailboxDiagnoser.use(mailbox, seen, whose), ofAddresses);
    }

    private static boolean isBanned(Address address, Observation seen) {
        return seen.bans() instanceof BanListing.Standing(var bans)
                && bans.stream().anyMatch(ban -> ban.id().equals(address));
    }
}
