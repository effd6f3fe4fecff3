package io.mailban.store;

import io.mailban.approval.ApprovalStore;
import io.mailban.approval.ApprovalStoreContract;
import io.mailban.audit.AuditLog;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteApprovalsTest extends ApprovalStoreContract {
    @TempDir
    private Path directory;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(directory.resolve("mailban.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected ApprovalStore store() {
        return store.approvals();
    }

    @Override
    protected AuditLog audit() {
        return store.audit();
    }
}
