package io.mailban.slack;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/** Runs something in the background when it is told to, once for what comes in quick succession. Thread-safe. */
final class Signal implements Runnable, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Signal.class.getName());
    private static final Duration TOGETHER = Duration.ofSeconds(1);

    private final Runnable work;
    private final AtomicBoolean coming = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final ReentrantLock working = new ReentrantLock();

    Signal(Runnable work) {
        this.work = work;
    }

    @Override
    public void run() {
        if (coming.compareAndSet(false, true)) {
            Thread.ofVirtual().name("slack-reconnected").start(this::soon);
        }
    }

    @Override
    public void close() {
        closed.set(true);
    }

    private void soon() {
        try {
            Thread.sleep(TOGETHER);
            working.lockInterruptibly();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        }
        try {
            coming.set(false);
            if (!closed.get()) {
                work.run();
            }
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "could not bring up to date what changed while Slack was away", e);
        } finally {
            working.unlock();
        }
    }
}
