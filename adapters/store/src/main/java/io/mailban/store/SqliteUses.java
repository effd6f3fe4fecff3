package io.mailban.store;

import io.mailban.access.PersonId;
import io.mailban.restraint.Uses;
import java.time.Instant;
import java.util.List;

/** What people did within the last hour, a row each in the table {@code used}. */
final class SqliteUses implements Uses {
    private final Database database;

    SqliteUses(Database database) {
        this.database = database;
    }

    @Override
    public Taking take(PersonId who, Kind kind, int most, Instant now) {
        return database.write(transaction -> {
            transaction.change(
                    "DELETE FROM used WHERE who = ? AND kind = ? AND at <= ?",
                    who.toString(),
                    kind.name(),
                    Row.text(now.minus(WINDOW)));
            List<Instant> within = transaction.rows(
                    row -> row.instant("at"),
                    "SELECT at FROM used WHERE who = ? AND kind = ? ORDER BY at",
                    who.toString(),
                    kind.name());
            if (within.size() >= most) {
                return new Taking.Exhausted(within.get(within.size() - most).plus(WINDOW));
            }
            transaction.change(
                    "INSERT INTO used (who, kind, at) VALUES (?, ?, ?)", who.toString(), kind.name(), Row.text(now));
            return new Taking.Taken();
        });
    }
}
