package io.mailban.deploy.shell;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says on standard error what takes so long, if it takes longer than a second. */
public final class Progress implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final CountDownLatch done = new CountDownLatch(1);

    private Progress() {}

    /** Until it is closed. */
    public static Progress on(Caller caller, String words) {
        Progress progress = new Progress();
        Thread.startVirtualThread(() -> {
            try {
                if (!progress.done.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                    caller.err(words + "\n");
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        return progress;
    }

    @Override
    public void close() {
        done.countDown();
    }
}
