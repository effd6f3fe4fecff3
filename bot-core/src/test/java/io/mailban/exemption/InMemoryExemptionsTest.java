package io.mailban.exemption;

import io.mailban.audit.AuditLog;
import io.mailban.audit.InMemoryAudit;

final class InMemoryExemptionsTest extends ExemptionStoreContract {
    private final InMemoryAudit audit = new InMemoryAudit();
    private final InMemoryExemptions store = new InMemoryExemptions(audit);

    @Override
    protected ExemptionStore store() {
        return store;
    }

    @Override
    protected AuditLog audit() {
        return audit;
    }
}
