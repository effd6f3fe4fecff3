package io.mailban.store;

import io.mailban.approval.ApprovalId;
import io.mailban.chat.Pings;

/** The pings that were made, in the table {@code ping}. */
final class SqlitePings implements Pings {
    private final Database database;

    SqlitePings(Database database) {
        this.database = database;
    }

    @Override
    public Turn claim(ApprovalId id, Ping ping) {
        int written = database.write(transaction -> transaction.change(
                "INSERT INTO ping (approval, ping) VALUES (?, ?) ON CONFLICT DO NOTHING", id.value(), ping.name()));
        return written == 1 ? Turn.OURS : Turn.TAKEN;
    }
}
