package io.mailban.store;

import io.mailban.alert.Mute;
import io.mailban.alert.Mutes;
import io.mailban.alert.Topic;
import io.mailban.audit.AuditEntry;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.store.Database.Transaction;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Mutes in the table {@code mute}. */
final class SqliteMutes implements Mutes {
    private final Database database;

    SqliteMutes(Database database) {
        this.database = database;
    }

    private enum Kind {
        JAIL,
        SERVER
    }

    @Override
    public Optional<Mute> mute(Mute mute, AuditEntry entry) {
        return database.write(transaction -> {
            Optional<Mute> before = find(transaction, mute.topic(), mute.since());
            transaction.change("DELETE FROM mute WHERE until <= ?", Row.text(mute.since()));
            transaction.change(
                    "INSERT OR REPLACE INTO mute (kind, name, since, until, muted_by, muted_by_name)"
                            + " VALUES (?, ?, ?, ?, ?, ?)",
                    kind(mute.topic()).name(),
                    mute.topic().name(),
                    Row.text(mute.since()),
                    Row.text(mute.until()),
                    mute.by().id().toString(),
                    mute.by().name());
            SqliteAudit.append(transaction, entry);
            return before;
        });
    }

    @Override
    public Optional<Mute> unmute(Topic topic, Instant now, AuditEntry entry) {
        return database.write(transaction -> {
            Optional<Mute> stood = find(transaction, topic, now);
            if (stood.isPresent()) {
                transaction.change(
                        "DELETE FROM mute WHERE kind = ? AND name = ?",
                        kind(topic).name(),
                        topic.name());
                SqliteAudit.append(transaction, entry);
            }
            return stood;
        });
    }

    @Override
    public List<Mute> standing(Instant now) {
        return database.read(transaction -> transaction.rows(
                SqliteMutes::mute, "SELECT * FROM mute WHERE until > ? ORDER BY until, kind, name", Row.text(now)));
    }

    private static Optional<Mute> find(Transaction transaction, Topic topic, Instant now) throws SQLException {
        return transaction
                .rows(
                        SqliteMutes::mute,
                        "SELECT * FROM mute WHERE kind = ? AND name = ? AND until > ?",
                        kind(topic).name(),
                        topic.name(),
                        Row.text(now))
                .stream()
                .findFirst();
    }

    private static Mute mute(Row row) throws SQLException {
        String name = row.text("name");
        Topic topic = switch (row.word("kind", Kind.class)) {
            case JAIL -> new Topic.OfJail(new Jail(name));
            case SERVER -> new Topic.OfServer(new ServerName(name));
        };
        return new Mute(topic, row.instant("since"), row.instant("until"), row.person("muted_by"));
    }

    private static Kind kind(Topic topic) {
        return switch (topic) {
            case Topic.OfJail _ -> Kind.JAIL;
            case Topic.OfServer _ -> Kind.SERVER;
        };
    }
}
