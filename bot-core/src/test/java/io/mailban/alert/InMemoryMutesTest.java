package io.mailban.alert;

import io.mailban.audit.AuditLog;
import io.mailban.audit.InMemoryAudit;

final class InMemoryMutesTest extends MutesContract {
    private final InMemoryAudit audit = new InMemoryAudit();
    private final InMemoryMutes mutes = new InMemoryMutes(audit);

    @Override
    protected Mutes mutes() {
        return mutes;
    }

    @Override
    protected AuditLog audit() {
        return audit;
    }
}
