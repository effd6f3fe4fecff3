package io.mailban.bot;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.Finding.LastKnown;
import io.mailban.mailserver.BanListing;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What servers said the last time, for when one of them can't be asked: the newest whole list of bans of each, and the
 * newest answers about single addresses. In memory, bounded; thread-safe.
 */
final class Recollection {
    private static final int MOST_ANSWERS = 2000;

    /** A longer list than this is not kept: it would be asked for an address, and cost more than it tells. */
    private static final int LONGEST_LIST = 20_000;

    private record Key(ServerName server, Address address) {}

    private final Map<ServerName, LastKnown> lists = new LinkedHashMap<>();
    private final Map<Key, LastKnown> answers = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, LastKnown> eldest) {
            return size() > MOST_ANSWERS;
        }
    };

    /** Every ban of a server, as it said at this time. */
    synchronized void all(ServerName server, BanListing listing, Instant now) {
        if (listing instanceof BanListing.Standing(var bans) && bans.size() <= LONGEST_LIST) {
            lists.put(server, new LastKnown(now, bans));
        }
    }

    /** The bans that cover one address, as the server said at this time. */
    synchronized void of(ServerName server, Address address, BanListing listing, Instant now) {
        if (listing instanceof BanListing.Standing(var bans)) {
            answers.put(new Key(server, address), new LastKnown(now, bans));
        }
    }

    /** The newest that is known about an address there; bans that have ended since are left out. */
    synchronized Optional<LastKnown> of(ServerName server, Address address, Instant now) {
        Optional<LastKnown> fromList = Optional.ofNullable(lists.get(server));
        Optional<LastKnown> newest = Optional.ofNullable(answers.get(new Key(server, address)))
                .filter(own ->
                        fromList.isEmpty() || !own.at().isBefore(fromList.get().at()))
                .or(() -> fromList);
        return newest.map(known -> new LastKnown(known.at(), standing(known.bans(), address, now)));
    }

    private static List<Ban> standing(List<Ban> bans, Address address, Instant now) {
        return bans.stream()
                .filter(ban -> ban.id().covers(address))
                .filter(ban -> ban.until().filter(now::isAfter).isEmpty())
                .toList();
    }
}
