package io.mailban.audit;

import java.util.List;

/** The audit log: only ever added to. Thread-safe; an entry is on disk when {@link #append} returns. */
public interface AuditLog {
    /** Adds an entry. */
    void append(AuditEntry entry);

    /** The newest entries, newest first, at most so many. */
    List<AuditEntry> newest(int most);
}
