package io.mailban.privacy;

import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditLog;
import io.mailban.ban.Mailbox;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** An eraser whose store is empty; it remembers what it was asked for. */
public final class NothingToErase implements Eraser {
    private static final Erasure NOTHING = new Erasure(0, 0, 0);

    private final AuditLog audit;
    private final List<String> asked = new ArrayList<>();

    public NothingToErase(AuditLog audit) {
        this.audit = audit;
    }

    /** What was asked for: a mailbox's name, or an instant. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    @Override
    public synchronized Erasure forget(Mailbox mailbox, Function<Erasure, AuditEntry> entry) {
        asked.add(mailbox.name());
        audit.append(entry.apply(NOTHING));
        return NOTHING;
    }

    @Override
    public synchronized Erasure tidy(Retention retention, Instant now, Function<Erasure, AuditEntry> entry) {
        asked.add(now.toString());
        return NOTHING;
    }
}
