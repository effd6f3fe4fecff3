package io.mailban.store;

import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditLog;
import io.mailban.store.Database.Transaction;
import java.sql.SQLException;
import java.util.List;

/** The audit log in the table {@code audit}, which refuses every change but a new row. */
final class SqliteAudit implements AuditLog {
    private final Database database;

    SqliteAudit(Database database) {
        this.database = database;
    }

    /** Adds an entry to what else a transaction does: both happen, or neither. */
    static void append(Transaction transaction, AuditEntry entry) throws SQLException {
        transaction.change(
                "INSERT INTO audit (at, who, who_name, act, subject, details) VALUES (?, ?, ?, ?, ?, ?)",
                Row.text(entry.at()),
                entry.who().id().toString(),
                entry.who().name(),
                entry.act().name(),
                entry.subject(),
                entry.details());
    }

    @Override
    public void append(AuditEntry entry) {
        database.write(transaction -> {
            append(transaction, entry);
            return entry;
        });
    }

    @Override
    public List<AuditEntry> newest(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("at most " + most + " entries can't be read");
        }
        return database.read(transaction -> transaction.rows(
                row -> new AuditEntry(
                        row.instant("at"),
                        row.person("who"),
                        row.word("act", AuditEntry.Act.class),
                        row.text("subject"),
                        row.text("details")),
                "SELECT * FROM audit ORDER BY number DESC LIMIT ?",
                most));
    }
}
