package io.mailban.diagnosis;

import io.mailban.ban.ServerName;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who is banned, as far as it is known without waiting for it.
 *
 * @param servers the last look at each, in the order of the configuration; empty where there has been none lately
 */
public record Glance(Map<ServerName, Optional<Look>> servers) {
    /** Copies the map. */
    public Glance {
        servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
    }

    /** What a server said, and when. */
    public record Look(BanRoll.OfServer answer, Instant at) {}
}
