package io.mailban.store;

import io.mailban.audit.AuditLog;
import io.mailban.restraint.ModeSwitch;
import io.mailban.restraint.RestraintContract;
import io.mailban.restraint.Uses;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteRestraintTest extends RestraintContract {
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
    protected ModeSwitch modeSwitch() {
        return store.modeSwitch();
    }

    @Override
    protected Uses uses() {
        return store.uses();
    }

    @Override
    protected AuditLog audit() {
        return store.audit();
    }
}
