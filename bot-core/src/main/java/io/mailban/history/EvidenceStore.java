package io.mailban.history;

import io.mailban.ban.BannedId;
import io.mailban.ban.Mailbox;
import java.util.List;
import java.util.Set;

/**
 * Remembers why bans were made, after fail2ban has forgotten it. Thread-safe; evidence is on disk when {@link #keep}
 * returns.
 */
public interface EvidenceStore {
    /** Keeps the evidence of a ban; of one that is kept already (same server, jail, id and beginning) nothing changes. */
    void keep(Evidence evidence);

    /** What is kept of the bans of any of these ids, newest ban first. */
    List<Evidence> about(Set<? extends BannedId> ids);

    /** What is kept of the bans that a line about this mailbox led to, newest ban first. */
    List<Evidence> about(Mailbox mailbox);
}
