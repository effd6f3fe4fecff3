package io.mailban.audit;

/** The fake keeps the contract that tests trust it to keep. */
final class InMemoryAuditTest extends AuditLogContract {
    private final AuditLog log = new InMemoryAudit();

    @Override
    protected AuditLog log() {
        return log;
    }
}
