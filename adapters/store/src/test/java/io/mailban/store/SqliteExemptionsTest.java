package io.mailban.store;

import io.mailban.audit.AuditLog;
import io.mailban.exemption.ExemptionStore;
import io.mailban.exemption.ExemptionStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteExemptionsTest extends ExemptionStoreContract {
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
    protected ExemptionStore store() {
        return store.exemptions();
    }

    @Override
    protected AuditLog audit() {
        return store.audit();
    }
}
