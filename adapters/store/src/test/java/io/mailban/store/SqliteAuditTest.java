package io.mailban.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.approval.SampleApprovals;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditLog;
import io.mailban.audit.AuditLogContract;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqliteAuditTest extends AuditLogContract {
    @TempDir
    private Path directory;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(file());
    }

    private Path file() {
        return directory.resolve("mailban.db");
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected AuditLog log() {
        return store.audit();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit SET subject = 'nothing happened'",
                "DELETE FROM audit",
                "INSERT OR REPLACE INTO audit SELECT * FROM audit",
                "INSERT INTO audit SELECT * FROM audit WHERE true ON CONFLICT DO UPDATE SET subject = 'nothing'",
                "UPDATE audit_value SET value = 'nothing happened'",
                "INSERT OR REPLACE INTO audit_value SELECT entry, field, key, 'nothing' FROM audit_value"
            })
    void theFileItselfRefusesToChangeAnEntry(String sql) throws SQLException {
        var entry = new AuditEntry(Instant.EPOCH, SampleApprovals.ALICE, AuditEntry.Act.APPROVED, "203.0.113.7", "");
        log().append(entry);

        try (Connection connection = SqliteStore.source(file()).getConnection();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute(sql)).hasMessageContaining("the audit log is only added to");
        }

        assertThat(log().newest(9)).containsExactly(entry);
    }
}
