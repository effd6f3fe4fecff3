package io.mailban.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

final class BackgroundTest {
    private final Background background = new Background("test");

    @Test
    void closingInterruptsWhatWaitsAndWaitsForItsEnd() throws InterruptedException {
        CountDownLatch began = new CountDownLatch(1);
        AtomicBoolean tidied = new AtomicBoolean();
        var _ = background.start(() -> {
            began.countDown();
            try {
                Thread.currentThread().join();
            } catch (InterruptedException _) {
                tidied.set(true);
            }
        });
        began.await();

        background.close();

        assertThat(tidied).isTrue();
    }

    @Test
    void whatHangsIsLeftBehindAndWaitedForOnceMore() throws InterruptedException {
        CompletableFuture<String> server = new CompletableFuture<>();
        CountDownLatch began = new CountDownLatch(1);
        CompletableFuture<Void> hangs = background.start(() -> {
            began.countDown();
            server.join();
        });
        began.await();
        background.close();
        assertThat(hangs).isNotDone();

        server.complete("let go");
        background.close();

        assertThat(hangs).isCompleted();
    }

    @Test
    void closedItStartsNothing() {
        AtomicBoolean ran = new AtomicBoolean();
        background.close();

        background.launch(() -> ran.set(true)).join();

        assertThat(ran).isFalse();
    }
}
