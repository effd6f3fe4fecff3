package io.mailban.store;

import io.mailban.audit.AuditEntry;
import io.mailban.restraint.Mode;
import io.mailban.restraint.ModeSwitch;
import io.mailban.store.Database.Transaction;
import java.sql.SQLException;

/** The read-only switch as the one row of the table {@code read_only}, which is there while it is on. */
final class SqliteModeSwitch implements ModeSwitch {
    private final Database database;

    SqliteModeSwitch(Database database) {
        this.database = database;
    }

    @Override
    public Mode mode() {
        return database.read(SqliteModeSwitch::mode);
    }

    @Override
    public Mode readOnly(Mode.SwitchedReadOnly to, AuditEntry entry) {
        return database.write(transaction -> {
            Mode before = mode(transaction);
            if (before instanceof Mode.ReadsAndWrites) {
                transaction.change(
                        "INSERT INTO read_only (one, switched_by, switched_by_name, since) VALUES (1, ?, ?, ?)",
                        to.by().id().toString(),
                        to.by().name(),
                        Row.text(to.since()));
                SqliteAudit.append(transaction, entry);
            }
            return before;
        });
    }

    @Override
    public Mode readsAndWrites(AuditEntry entry) {
        return database.write(transaction -> {
            Mode before = mode(transaction);
            if (before instanceof Mode.ReadOnly) {
                transaction.change("DELETE FROM read_only");
                SqliteAudit.append(transaction, entry);
            }
            return before;
        });
    }

    private static Mode mode(Transaction transaction) throws SQLException {
        return transaction
                .<Mode>rows(
                        row -> new Mode.SwitchedReadOnly(row.person("switched_by"), row.instant("since")),
                        "SELECT * FROM read_only")
                .stream()
                .findFirst()
                .orElseGet(Mode.ReadsAndWrites::new);
    }
}
