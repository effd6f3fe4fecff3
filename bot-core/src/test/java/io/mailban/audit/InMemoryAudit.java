package io.mailban.audit;

import java.util.ArrayList;
import java.util.List;

/** Remembers what was done while the test runs, by the same contract as the real log. */
public final class InMemoryAudit implements AuditLog {
    private final List<AuditEntry> entries = new ArrayList<>();

    @Override
    public synchronized void append(AuditEntry entry) {
        entries.add(entry);
    }

    @Override
    public synchronized List<AuditEntry> newest(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("at most " + most + " entries can't be read");
        }
        return entries.reversed().stream().limit(most).toList();
    }
}
