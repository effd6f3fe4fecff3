package io.mailban.store;

import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditField;
import io.mailban.audit.ChainLink;
import io.mailban.ban.Mailbox;
import io.mailban.privacy.Eraser;
import io.mailban.privacy.Erasure;
import io.mailban.privacy.Retention;
import io.mailban.privacy.Spelling;
import io.mailban.store.Database.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Erases from the tables, and then from the file: nothing is left in free pages, nor in the write-ahead log. */
final class SqliteEraser implements Eraser {
    private final Database database;

    SqliteEraser(Database database) {
        this.database = database;
    }

    @Override
    public Erasure forget(Mailbox mailbox, Function<Erasure, AuditEntry> entry) {
        Spelling whole = Spelling.whole(mailbox);
        Spelling either = Spelling.either(mailbox);
        Erasure erased = database.write(transaction -> {
            int requests = 0;
            int evidence = 0;
            for (TextColumns column : TextColumns.FREE) {
                int changed = replace(transaction, column, either);
                if (column.isEvidence()) {
                    evidence += changed;
                } else {
                    requests += changed;
                }
            }
            for (TextColumns column : TextColumns.PEOPLE) {
                requests += replace(transaction, column, whole);
            }
            Erasure erasure = new Erasure(forgetValues(transaction, whole, either), requests, evidence);
            SqliteAudit.append(transaction, entry.apply(erasure), erasure.auditValues());
            return erasure;
        });
        // Whatever was found: an earlier try may have been killed before this.
        database.compact();
        return erased;
    }

    private static int replace(Transaction transaction, TextColumns column, Spelling spelling) throws SQLException {
        String name = column.column();
        int changed = 0;
        for (String text : transaction.rows(
                row -> row.text(name),
                "SELECT DISTINCT " + name + " FROM " + column.table() + " WHERE " + name + " IS NOT NULL")) {
            if (spelling.isIn(text)) {
                changed += transaction.change(
                        "UPDATE " + column.table() + " SET " + name + " = ? WHERE " + name + " = ?",
                        spelling.without(text, ChainLink.ERASED),
                        text);
            }
        }
        return changed;
    }

    private static int forgetValues(Transaction transaction, Spelling whole, Spelling either) throws SQLException {
        record Value(long entry, String field, String value) {}
        int erased = 0;
        for (Value value : transaction.rows(
                row -> new Value(row.number("entry"), row.text("field"), row.text("value")),
                "SELECT entry, field, value FROM audit_value")) {
            boolean person =
                    List.of(AuditField.WHO.word(), AuditField.WHO_NAME.word()).contains(value.field());
            if ((person ? whole : either).isIn(value.value())) {
                erased += transaction.change(
                        "DELETE FROM audit_value WHERE entry = ? AND field = ?", value.entry(), value.field());
            }
        }
        return erased;
    }

    @Override
    public Erasure tidy(Retention retention, Instant now, Function<Erasure, AuditEntry> entry) {
        String decided = Row.text(now.minus(retention.decisions()));
        Erasure erased = database.write(transaction -> {
            int values = transaction.change(
                    "DELETE FROM audit_value WHERE entry IN (SELECT number FROM audit WHERE at < ?)", decided);
            int evidence = transaction.change(
                    "DELETE FROM evidence WHERE kept_at < CASE owner WHEN 'KNOWN' THEN ? ELSE ? END",
                    Row.text(now.minus(retention.knownUsers())),
                    Row.text(now.minus(retention.unknownAddresses())));
            Erasure erasure = new Erasure(values, tidyRequests(transaction, decided), evidence);
            if (erasure.total() > 0) {
                SqliteAudit.append(transaction, entry.apply(erasure), values);
            }
            return erasure;
        });
        if (erased.total() > 0) {
            database.compact();
        }
        return erased;
    }

    /** Rows of other tables that belong to a request go before it, whichever migration brought them. */
    private static int tidyRequests(Transaction transaction, String decided) throws SQLException {
        String old = "(SELECT id FROM approval WHERE life = 'OVER' AND requested_at < ?)";
        for (String table : transaction.rows(
                row -> row.text("name"),
                "SELECT m.name FROM sqlite_schema m JOIN pragma_table_info(m.name) c"
                        + " WHERE m.type = 'table' AND c.name = 'approval'")) {
            var _ = transaction.change("DELETE FROM " + table + " WHERE approval IN " + old, decided);
        }
        var _ = transaction.change("UPDATE approval SET follows = NULL WHERE follows IN " + old, decided);
        var _ = transaction.change("DELETE FROM used WHERE at < ?", decided);
        return transaction.change("DELETE FROM approval WHERE id IN " + old, decided);
    }
}
