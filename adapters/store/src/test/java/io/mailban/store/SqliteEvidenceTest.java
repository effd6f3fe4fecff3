package io.mailban.store;

import io.mailban.history.EvidenceStore;
import io.mailban.history.EvidenceStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqliteEvidenceTest extends EvidenceStoreContract {
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
    protected EvidenceStore store() {
        return store.evidence();
    }
}
