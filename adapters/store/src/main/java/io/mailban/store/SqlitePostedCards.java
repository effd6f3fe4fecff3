package io.mailban.store;

import io.mailban.approval.ApprovalId;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import io.mailban.chat.PostedCards;
import java.time.Instant;
import java.util.List;

/** The copies of each request in the table {@code posted_card}. */
final class SqlitePostedCards implements PostedCards {
    private final Database database;

    SqlitePostedCards(Database database) {
        this.database = database;
    }

    @Override
    public void add(ApprovalId id, MessageRef message, Shown shown) {
        database.write(transaction -> transaction.change(
                "INSERT INTO posted_card (approval, platform, place, message, version, chapter)"
                        + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                id.value(),
                message.place().platform(),
                message.place().id(),
                message.id(),
                shown.version(),
                shown.chapter()));
    }

    @Override
    public void shown(ApprovalId id, MessageRef message, Shown shown) {
        database.write(transaction -> transaction.change(
                "UPDATE posted_card SET version = ?, chapter = ?"
                        + " WHERE approval = ? AND platform = ? AND place = ? AND message = ? AND version < ?",
                shown.version(),
                shown.chapter(),
                id.value(),
                message.place().platform(),
                message.place().id(),
                message.id(),
                shown.version()));
    }

    @Override
    public List<Copy> copies(ApprovalId id) {
        return database.read(transaction -> transaction.rows(
                row -> new Copy(
                        new MessageRef(new Place(row.text("platform"), row.text("place")), row.text("message")),
                        new Shown(row.number("version"), Math.toIntExact(row.number("chapter")))),
                "SELECT platform, place, message, version, chapter FROM posted_card WHERE approval = ? ORDER BY position",
                id.value()));
    }

    @Override
    public List<ApprovalId> behind(Instant since) {
        return database.read(transaction -> transaction.rows(
                row -> new ApprovalId(row.text("id")),
                "SELECT id FROM approval WHERE requested_at >= ? AND EXISTS (SELECT 1 FROM posted_card"
                        + " WHERE posted_card.approval = approval.id AND posted_card.version < approval.version)"
                        + " ORDER BY requested_at, id",
                Row.text(since)));
    }
}
