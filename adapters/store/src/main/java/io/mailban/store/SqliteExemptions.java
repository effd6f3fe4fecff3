package io.mailban.store;

import io.mailban.approval.ApprovalId;
import io.mailban.audit.AuditEntry;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.exemption.Exemption;
import io.mailban.exemption.Exemption.Owner;
import io.mailban.exemption.ExemptionStore;
import io.mailban.store.Database.Transaction;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Exemptions in the table {@code exemption}, whose version says whether a row is still the one that was read. */
final class SqliteExemptions implements ExemptionStore {
    private static final String THIS_ONE = "server = ? AND address = ?";

    private final Database database;

    SqliteExemptions(Database database) {
        this.database = database;
    }

    @Override
    public Exemption grant(Exemption fresh, AuditEntry entry) {
        return database.write(transaction -> {
            Optional<Exemption> known = find(transaction, fresh);
            if (known.isPresent() && known.get().request().equals(fresh.request())) {
                return known.get();
            }
            Exemption granted = known.map(before -> before.renewedBy(fresh)).orElse(fresh);
            if (known.isPresent()) {
                delete(transaction, fresh);
            }
            insert(transaction, granted);
            SqliteAudit.append(transaction, entry);
            return granted;
        });
    }

    @Override
    public Changing change(Exemption from, Exemption to, List<AuditEntry> entries) {
        if (!from.server().equals(to.server())
                || !from.address().equals(to.address())
                || to.version() != from.version() + 1) {
            throw new IllegalArgumentException(from + " can't become " + to);
        }
        return database.write(transaction -> {
            Optional<Exemption> known = find(transaction, from);
            if (!known.equals(Optional.of(from))) {
                return new Changing.Overtaken(known);
            }
            delete(transaction, from);
            insert(transaction, to);
            for (AuditEntry entry : entries) {
                SqliteAudit.append(transaction, entry);
            }
            return new Changing.Changed();
        });
    }

    @Override
    public Changing forget(Exemption from, AuditEntry entry) {
        return database.write(transaction -> {
            Optional<Exemption> known = find(transaction, from);
            if (!known.equals(Optional.of(from))) {
                return new Changing.Overtaken(known);
            }
            delete(transaction, from);
            SqliteAudit.append(transaction, entry);
            return new Changing.Changed();
        });
    }

    @Override
    public List<Exemption> all() {
        return database
                .read(transaction -> transaction.rows(row -> exemption(transaction, row), "SELECT * FROM exemption"))
                .stream()
                .sorted(Exemption.BY_SERVER_AND_ADDRESS)
                .toList();
    }

    private static Optional<Exemption> find(Transaction transaction, Exemption same) throws SQLException {
        return transaction
                .rows(
                        row -> exemption(transaction, row),
                        "SELECT * FROM exemption WHERE " + THIS_ONE,
                        same.server().name(),
                        same.address().text())
                .stream()
                .findFirst();
    }

    private static Exemption exemption(Transaction transaction, Row row) throws SQLException {
        Map<Jail, Owner> entries = new TreeMap<>();
        transaction
                .rows(
                        entry -> Map.entry(new Jail(entry.text("jail")), entry.word("owner", Owner.class)),
                        "SELECT jail, owner FROM exemption_entry WHERE " + THIS_ONE,
                        row.text("server"),
                        row.text("address"))
                .forEach(entry -> entries.put(entry.getKey(), entry.getValue()));
        return new Exemption(
                new ServerName(row.text("server")),
                Address.of(row.text("address")),
                row.instant("from_at"),
                row.instant("until"),
                row.person("granted_by"),
                new ApprovalId(row.text("request")),
                row.text("reason"),
                entries,
                row.number("version"));
    }

    private static void insert(Transaction transaction, Exemption exemption) throws SQLException {
        transaction.change(
                "INSERT INTO exemption (server, address, version, from_at, until, granted_by, granted_by_name, request,"
                        + " reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                exemption.server().name(),
                exemption.address().text(),
                exemption.version(),
                Row.text(exemption.from()),
                Row.text(exemption.until()),
                exemption.by().id().toString(),
                exemption.by().name(),
                exemption.request().value(),
                exemption.reason());
        for (Map.Entry<Jail, Owner> entry : exemption.entries().entrySet()) {
            transaction.change(
                    "INSERT INTO exemption_entry (server, address, jail, owner) VALUES (?, ?, ?, ?)",
                    exemption.server().name(),
                    exemption.address().text(),
                    entry.getKey().name(),
                    entry.getValue().name());
        }
    }

    /** Its entries go with it. */
    private static void delete(Transaction transaction, Exemption exemption) throws SQLException {
        transaction.change(
                "DELETE FROM exemption WHERE " + THIS_ONE,
                exemption.server().name(),
                exemption.address().text());
    }
}
