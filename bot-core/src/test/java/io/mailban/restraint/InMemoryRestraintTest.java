package io.mailban.restraint;

import io.mailban.audit.AuditLog;
import io.mailban.audit.InMemoryAudit;

final class InMemoryRestraintTest extends RestraintContract {
    private final InMemoryAudit audit = new InMemoryAudit();
    private final InMemoryRestraint memory = new InMemoryRestraint(audit);

    @Override
    protected ModeSwitch modeSwitch() {
        return memory;
    }

    @Override
    protected Uses uses() {
        return memory;
    }

    @Override
    protected AuditLog audit() {
        return audit;
    }
}
