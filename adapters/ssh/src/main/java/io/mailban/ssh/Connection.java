package io.mailban.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import io.mailban.mailserver.Obstacle.NotForwarded.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A session that is logged in. Thread-safe; many channels at once. Dead once {@link #isDead}, and never alive again. */
final class Connection {
    /** RFC 4254, 5.1: SSH_OPEN_ADMINISTRATIVELY_PROHIBITED. */
    private static final int PROHIBITED = 1;

    /** After so long a silence a question is accompanied by a probe that only asks whether anybody is there. */
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final Session session;
    private final Door door;
    private final Optional<Connection> over;
    private volatile boolean dead;

    /**
     * Wraps a session.
     *
     * @param over the jump host that it goes through, which nobody else uses
     */
    Connection(Session session, Door door, Optional<Connection> over) {
        this.session = session;
        this.door = door;
        this.over = over;
    }

    boolean isDead() {
        return dead || !session.isConnected();
    }

    /** Ends it and its jump hosts; whoever waits on one of its channels learns it at once. */
    void close() {
        dead = true;
        door.shut();
        session.disconnect();
        over.ifPresent(Connection::close);
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

    /**
     * Opens a way through this host.
     *
     * @throws NotForwarded if the host refuses, or can't get there itself
     * @throws SocketTimeoutException if it had not got there in time
     */
    Tunnel tunnel(String host, int port, Deadline deadline) throws IOException {
        try {
            if (!(session.openChannel("direct-tcpip") instanceof ChannelDirectTCPIP channel)) {
                throw new IOException("session is down");
            }
            channel.setHost(host);
            channel.setPort(port);
            Tunnel tunnel = Tunnel.over(channel);
            try {
                channel.connect(deadline.leftMillis());
                return tunnel;
            } catch (JSchException fault) {
                // JSch has one sentence for every refusal; what the host said is in the status, -1 for nothing.
                if (isDead()) {
                    throw new IOException("the connection to the jump host ended", fault);
                }
                throw switch (channel.getExitStatus()) {
                    case -1 -> new SocketTimeoutException("the jump host did not get there in time");
                    case PROHIBITED -> new NotForwarded(Reason.FORBIDDEN);
                    default -> new NotForwarded(Reason.NOT_REACHED);
                };
            }
        } catch (JSchException fault) {
            throw new IOException("the connection to the jump host ended", fault);
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
