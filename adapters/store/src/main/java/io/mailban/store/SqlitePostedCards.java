package io.mailban.store;

import io.mailban.approval.ApprovalId;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import io.mailban.chat.PostedCards;
import java.util.List;

/** The copies of each request in the table {@code posted_card}. */
final class SqlitePostedCards implements PostedCards {
    private final Database database;

    SqlitePostedCards(Database database) {
        this.database = database;
    }

    @Override
    public void add(ApprovalId id, MessageRef message) {
        database.write(transaction -> transaction.change(
                "INSERT INTO posted_card (approval, platform, place, message) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                id.value(),
                message.place().platform(),
                message.place().id(),
                message.id()));
    }

    @Override
    public List<MessageRef> copies(ApprovalId id) {
        return database.read(transaction -> transaction.rows(
                row -> new MessageRef(new Place(row.text("platform"), row.text("place")), row.text("message")),
                "SELECT platform, place, message FROM posted_card WHERE approval = ? ORDER BY position",
                id.value()));
    }
}
