package io.mailban.alert;

import io.mailban.audit.AuditEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers what is to be quiet: at most one mute for each topic. Thread-safe, also between processes on one store; each
 * write is one transaction, on disk when the call returns.
 */
public interface Mutes {
    /**
     * Writes one down, in the place of an earlier one of the same topic.
     *
     * @param entry written to the audit log with it
     * @return the one in whose place it stands, if that had not ended by itself
     */
    Optional<Mute> mute(Mute mute, AuditEntry entry);

    /**
     * Ends the one of a topic before its time.
     *
     * @param entry written to the audit log if one stood
     * @return the one that stood then
     */
    Optional<Mute> unmute(Topic topic, Instant now, AuditEntry entry);

    /** Those that stand then, the first to end first. */
    List<Mute> standing(Instant now);
}
