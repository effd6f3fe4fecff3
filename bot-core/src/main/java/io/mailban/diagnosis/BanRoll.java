package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.known.Whose;
import io.mailban.mailserver.BanListing;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is banned now, on each server, in the order in which they were asked; and who of them is known.
 *
 * @param servers what each said
 * @param unheardOf the jail that was asked for, where every server answered and none has it
 */
public record BanRoll(Map<ServerName, OfServer> servers, Optional<Jail> unheardOf) {

    /**
     * One server's bans.
     *
     * @param whose whose the banned addresses are, as far as it was looked for
     */
    public record OfServer(BanListing listing, Map<Address, Whose> whose) {
        /** Copies the map. */
        public OfServer {
            whose = Map.copyOf(whose);
        }
    }

    /** The bans alone. */
    public Map<ServerName, BanListing> listings() {
        Map<ServerName, BanListing> listings = new LinkedHashMap<>();
        servers.forEach((name, answer) -> listings.put(name, answer.listing()));
        return listings;
    }
}
