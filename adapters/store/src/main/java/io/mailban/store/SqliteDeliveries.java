package io.mailban.store;

import io.mailban.chat.Deliveries;
import java.time.Instant;

/** What platforms delivered within the last hour, in the table {@code delivery}. */
final class SqliteDeliveries implements Deliveries {
    private final Database database;

    SqliteDeliveries(Database database) {
        this.database = database;
    }

    @Override
    public Turn claim(String platform, String id, Instant now) {
        int written = database.write(transaction -> {
            transaction.change("DELETE FROM delivery WHERE at < ?", Row.text(now.minus(KEPT)));
            return transaction.change(
                    "INSERT INTO delivery (platform, id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    platform,
                    id,
                    Row.text(now));
        });
        return written == 1 ? Turn.FIRST : Turn.REPEATED;
    }
}
