package io.mailban.mailserver;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What came of asking whom a server's fail2ban never bans. */
public sealed interface IgnoreListing permits IgnoreListing.Listed, Fail2banSilent, Unreachable {

    /** fail2ban answered: the entries of every running jail, addresses and networks, host names as other text. */
    record Listed(Map<Jail, List<BannedId>> entries) implements IgnoreListing {
        /** Copies the map; jails in the order of their names. */
        public Listed {
            Map<Jail, List<BannedId>> copy = new TreeMap<>();
            entries.forEach((jail, ids) -> copy.put(jail, List.copyOf(ids)));
            entries = Collections.unmodifiableMap(copy);
        }
    }
}
