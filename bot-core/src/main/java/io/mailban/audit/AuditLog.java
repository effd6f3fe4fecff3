package io.mailban.audit;

import java.util.List;
import java.util.Set;

/** The audit log: only ever added to. Thread-safe; an entry is on disk when {@link #append} returns. */
public interface AuditLog {
    /** Adds an entry. */
    void append(AuditEntry entry);

    /** Entries about any of these addresses, networks or mailboxes, newest first, at most a few hundred. */
    List<AuditEntry> about(Set<String> subjects);

    /** The newest entries, newest first, at most so many. */
    List<AuditEntry> newest(int most);
}
