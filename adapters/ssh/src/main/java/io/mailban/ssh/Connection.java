package io.mailban.ssh;

import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A session that is logged in. Thread-safe; many channels at once. Dead once {@link #isDead}, and never alive again. */
final class Connection {
    /** After so long a silence a question is accompanied by a probe that only asks whether anybody is there. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Session session;
    private final Door door;
    private volatile boolean dead;

    Connection(Session session, Door door) {
        this.session = session;
        this.door = door;
    }

    boolean isDead() {
        return dead || !session.isConnected();
    }

    /** Ends it; whoever waits on one of its channels learns it at once. */
    void close() {
        dead = true;
        door.shut();
        session.disconnect();
    }

    /** Whether the server has sent anything since the given {@link System#nanoTime}. */
    boolean heardSince(long nanos) {
        return door.heardAt() - nanos > 0;
    }

    /**
     * Starts a command.
     *
     * @param out where its standard output goes, written to and closed by the session's reading thread
     * @param err likewise its standard error
     * @throws Lost if the connection turned out to be dead
     * @throws TimeoutException if the server lives and did not open a channel in time
     */
    ChannelExec start(RemoteCommand command, OutputStream out, OutputStream err, Deadline deadline)
            throws Lost, TimeoutException {
        CompletableFuture<ChannelExec> opened = new CompletableFuture<>();
        // JSch waits here for as long as it likes, so it waits on a thread that we can leave.
        Thread.ofVirtual().name("mailban-open").start(() -> {
            try {
                if (!(session.openChannel("exec") instanceof ChannelExec channel)) {
                    throw new JSchException("session is down");
                }
                channel.setCommand(command.line());
                channel.setOutputStream(out);
                channel.setErrStream(err);
                channel.connect();
                if (!opened.complete(channel)) {
                    channel.disconnect();
                }
            } catch (JSchException | RuntimeException fault) {
                opened.completeExceptionally(fault);
            }
        });
        try {
            return await(opened, deadline);
        } catch (ExecutionException fault) {
            throw new Lost("no channel could be opened: " + String.valueOf(fault.getCause()));
        } catch (TimeoutException late) {
            opened.cancel(false);
            throw late;
        }
    }

    /** The stream to a command's standard input; writes go out on the caller's thread when flushed. */
    static OutputStream input(ChannelExec channel) throws Lost {
        try {
            return channel.getOutputStream();
        } catch (IOException fault) {
            throw new Lost(String.valueOf(fault.getMessage()));
        }
    }

    /**
     * Waits for something that the server does. A server that is silent while it is waited for is probed; where it
     * doesn't react within two thirds of the time, the connection is given up, so that the last third can be used to
     * connect anew (the server may have been rebooted without a farewell).
     *
     * @throws Lost if the connection is dead
     * @throws TimeoutException if the server lives and this did not happen in time
     */
    <T> T await(CompletableFuture<T> future, Deadline deadline) throws Lost, ExecutionException, TimeoutException {
        long asked = System.nanoTime();
        boolean probed = !future.isDone() && asked - door.heardAt() > QUIET_NANOS;
        if (probed) {
            probe();
        }
        for (int third = 1; third <= 2; third++) {
            try {
                return get(future, deadline.share(1.0 / (4 - third)));
            } catch (TimeoutException _) {
                if (probed && !heardSince(asked)) {
                    close();
                    throw new Lost("the server stopped answering");
                }
                if (!probed) {
                    probe();
                    probed = true;
                }
            }
        }
        return get(future, deadline);
    }

    private void probe() {
        Thread.ofVirtual().name("mailban-probe").start(() -> {
            try {
                session.sendKeepAliveMsg();
            } catch (Exception _) {
                close();
            }
        });
    }

    private static <T> T get(CompletableFuture<T> future, Deadline deadline)
            throws Lost, ExecutionException, TimeoutException {
        try {
            return future.get(Math.max(1, deadline.leftNanos()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Lost("interrupted");
        }
    }
}
