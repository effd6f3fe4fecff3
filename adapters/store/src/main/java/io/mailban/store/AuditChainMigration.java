package io.mailban.store;

import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.store.Database.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/** The third migration: the audit log becomes a chain, which begins with the entries that are there. */
final class AuditChainMigration implements JavaMigration {
    private static final int VERSION = 3;

    /** In the place of a script's: raised by nobody, since a released migration never changes. */
    private static final int CHECKSUM = 3;

    private static final List<String> SCHEMA = List.of(
            "DROP TABLE audit",
            """
            CREATE TABLE audit (
                number   INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
                at       TEXT    NOT NULL,
                act      TEXT    NOT NULL,
                request  TEXT    NOT NULL, -- empty where the entry belongs to none
                places   TEXT    NOT NULL, -- a line for each jail: server, tab, jail
                erased   INTEGER NOT NULL, -- how many rows of audit_value this act erased
                who      TEXT    NOT NULL, -- from here on commitments, empty for an empty value
                who_name TEXT    NOT NULL,
                subject  TEXT    NOT NULL,
                reason   TEXT    NOT NULL,
                result   TEXT    NOT NULL,
                hash     TEXT    NOT NULL
            ) STRICT""",
            // Rows may go, when what they say is to be erased; the commitment stays, and nobody can open it.
            """
            CREATE TABLE audit_value (
                entry INTEGER NOT NULL,
                field TEXT    NOT NULL,
                key   TEXT    NOT NULL,
                value TEXT    NOT NULL,
                PRIMARY KEY (entry, field)
            ) STRICT, WITHOUT ROWID""",
            "CREATE INDEX audit_subject ON audit_value (value) WHERE field = 'subject'",
            refuse("audit_keeps_what_was_written", "UPDATE ON audit", ""),
            refuse("audit_keeps_every_entry", "DELETE ON audit", ""),
            // INSERT OR REPLACE would delete without asking the trigger above.
            refuse(
                    "audit_replaces_nothing",
                    "INSERT ON audit",
                    "WHEN EXISTS (SELECT 1 FROM audit WHERE number = NEW.number)"),
            refuse("audit_values_do_not_change", "UPDATE ON audit_value", ""),
            refuse(
                    "audit_values_are_not_replaced",
                    "INSERT ON audit_value",
                    "WHEN EXISTS (SELECT 1 FROM audit_value WHERE entry = NEW.entry AND field = NEW.field)"),
            "PRAGMA user_version = " + VERSION);

    private static String refuse(String name, String what, String when) {
        return "CREATE TRIGGER " + name + " BEFORE " + what + " " + when
                + " BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END";
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Transaction transaction = new Transaction(context.getConnection());
        List<AuditEntry> entries = transaction.rows(
                row -> new AuditEntry(
                        row.instant("at"),
                        row.person("who"),
                        row.word("act", Act.class),
                        row.text("subject"),
                        Optional.empty(),
                        List.of(),
                        "",
                        row.text("details")),
                "SELECT * FROM audit ORDER BY number");
        for (String statement : SCHEMA) {
            var _ = transaction.change(statement);
        }
        for (AuditEntry entry : entries) {
            SqliteAudit.append(transaction, entry);
        }
    }

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion(Integer.toString(VERSION));
    }

    @Override
    public String getDescription() {
        return "audit chain";
    }

    @Override
    public Integer getChecksum() {
        return CHECKSUM;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }
}
