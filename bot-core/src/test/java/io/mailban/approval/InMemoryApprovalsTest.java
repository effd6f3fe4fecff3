package io.mailban.approval;

import io.mailban.audit.AuditLog;
import io.mailban.audit.InMemoryAudit;

/** The fake keeps the contract that tests trust it to keep. */
final class InMemoryApprovalsTest extends ApprovalStoreContract {
    private final AuditLog audit = new InMemoryAudit();
    private final ApprovalStore store = new InMemoryApprovals(audit);

    @Override
    protected ApprovalStore store() {
        return store;
    }

    @Override
    protected AuditLog audit() {
        return audit;
    }
}
