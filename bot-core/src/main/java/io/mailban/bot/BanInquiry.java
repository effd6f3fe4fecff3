package io.mailban.bot;

import static java.util.stream.Collectors.toCollection;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.BanRoll;
import io.mailban.known.Whose;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks who is banned, and who of them is known. */
record BanInquiry(Sources sources) {
    /** Of a botnet's thousands of bans, known users are looked for among the newest so many. */
    private static final int MOST_BANNED = 1000;

    /** Every ban, now, and who is known among the banned; with a jail only its own. */
    BanRoll bans(Optional<ServerName> server, Optional<Jail> jail, Instant now) {
        List<ServerName> asked = server.map(List::of).orElseGet(sources.servers()::names);
        Map<ServerName, BanRoll.OfServer> answers = Everywhere.ask(asked, one -> {
            BanListing listing = sources.servers().bans(one);
            sources.recollection().all(one, listing, now);
            BanListing wanted = listing instanceof BanListing.Standing(var bans)
                    ? new BanListing.Standing(bans.stream()
                            .filter(ban -> jail.isEmpty() || ban.jail().equals(jail.get()))
                            .toList())
                    : listing;
            return new BanRoll.OfServer(wanted, banned(one, wanted, now));
        });
        return new BanRoll(
                answers,
                jail.filter(_ -> answers.values().stream().allMatch(BanInquiry::isEmpty))
                        .filter(one -> asked.stream().allMatch(each -> lacks(each, one))));
    }

    private static boolean isEmpty(BanRoll.OfServer answer) {
        return answer.listing() instanceof BanListing.Standing(var bans) && bans.isEmpty();
    }

    /** Else a typo would look like good news. */
    private boolean lacks(ServerName server, Jail jail) {
        return sources.servers().describe(server) instanceof Description.Described described
                && described.jails().stream().noneMatch(one -> one.jail().equals(jail));
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
                || !(sources.logs().traces(server, new TraceQuery(addresses, Set.of(), now.minus(Inquiries.REACH)))
                        instanceof Tracing.Traced traced)) {
            return Map.of();
        }
        return sources.diagnoser().whose(addresses, traced.traces(), now);
    }
}
