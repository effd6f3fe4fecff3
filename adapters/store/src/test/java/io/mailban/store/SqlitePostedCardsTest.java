package io.mailban.store;

import io.mailban.chat.PostedCards;
import io.mailban.chat.PostedCardsContract;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

final class SqlitePostedCardsTest extends PostedCardsContract {
    @TempDir
    private Path directory;

    private SqliteStore store;

    @BeforeEach
    void open() {
        store = SqliteStore.open(directory.resolve("mailban.db"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Override
    protected PostedCards cards() {
        return store.postedCards();
    }
}
