package io.mailban.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class BotLockTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("mailban.db");
    }

    @Test
    void aSecondBotIsToldTheFileAndTheOtherProcess() throws Exception {
        try (OtherProcess other = OtherProcess.start("lock", file)) {
            assertThat(other.line()).isEqualTo("held");

            assertThatThrownBy(() -> BotLock.take(file))
                    .isInstanceOf(StoreUnusable.class)
                    .hasMessage("store " + file + ": another bot works on it, process " + other.pid()
                            + "; stop that one, or give this one a file of its own under store");
        }
    }

    @Test
    void aCommandOpensTheStoreBesideABot() throws Exception {
        try (OtherProcess other = OtherProcess.start("lock", file)) {
            assertThat(other.line()).isEqualTo("held");

            SqliteStore.open(file).close();
        }
    }

    @Test
    void aKilledBotLeavesNoLock() throws Exception {
        try (OtherProcess other = OtherProcess.start("lock", file)) {
            assertThat(other.line()).isEqualTo("held");
            other.kill();
        }

        try (BotLock lock = BotLock.take(file)) {
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void aSecondBotInThisProcessIsRefusedAndDoesNotLoosenTheLock() throws Exception {
        try (BotLock _ = BotLock.take(file)) {
            assertThatThrownBy(() -> BotLock.take(file)).isInstanceOf(StoreUnusable.class);
            try (OtherProcess other = OtherProcess.start("lock", file)) {
                assertThat(other.line()).isNull();
            }
        }
    }

    @Test
    void theSameFileByAnotherNameIsLocked() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), file);
        Files.createFile(file);
        try (BotLock _ = BotLock.take(file)) {
            assertThatThrownBy(() -> BotLock.take(link)).isInstanceOf(StoreUnusable.class);
        }
    }

    @Test
    void aLockThatWasGivenBackCanBeTaken() {
        BotLock.take(file).close();
        BotLock.take(file).close();
    }
}
