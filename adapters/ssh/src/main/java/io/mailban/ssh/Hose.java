package io.mailban.ssh;

import com.jcraft.jsch.ChannelExec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What a command prints, as it comes: however much, a few megabytes are held. The session's reading thread waits while
 * nobody takes them, and the server with it; whoever ends the connection or the channel never does. For one reader, who
 * waits no longer than {@link #PATIENCE} for a byte.
 */
final class Hose extends InputStream {
    private static final int CHUNKS = 64;
    private static final byte[] END = new byte[0];

    /** A search without a match is silent; after so long it is asked whether anybody is there. */
    private static final Duration SILENCE = Duration.ofSeconds(20);

    private static final Duration PROOF_OF_LIFE = Duration.ofSeconds(15);

    /** A search that has found nothing for so long hangs, on a dead disk say, though its server lives. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int MOST_COMPLAINTS = 4096;

    private final Connection connection;
    private final BlockingQueue<byte[]> chunks = new ArrayBlockingQueue<>(CHUNKS);
    private final ByteArrayOutputStream complaints = new ByteArrayOutputStream();
    private final ChannelExec channel;
    private byte[] current = END;
    private int position;
    private boolean ended;
    private long taken;
    private volatile boolean complete;
    private volatile boolean abandoned;

    private Hose(Connection connection, RemoteCommand command, Deadline deadline) throws Lost, TimeoutException {
        this.connection = connection;
        this.channel = connection.start(command, new Inlet(), new Complaints(), deadline);
    }

    /** Starts a command that reads no input. */
    static Hose open(Connection connection, RemoteCommand command, Deadline deadline) throws Lost, TimeoutException {
        return new Hose(connection, command, deadline);
    }

    /** Where the session's reading thread writes. */
    private final class Inlet extends OutputStream {
        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (length > 0) {
                give(Arrays.copyOfRange(bytes, offset, offset + length));
            }
        }

        /**
         * Comes from whoever ends the connection too, who must not wait for a reader: that one may wait for them. Where
         * there is no room for the end, the reader has enough to read before it looks for it.
         */
        @Override
        public void close() {
            complete = true;
            boolean _ = chunks.offer(END);
        }

        private void give(byte[] chunk) {
            try {
                while (!abandoned && !connection.isDead() && !chunks.offer(chunk, 1, TimeUnit.SECONDS)) {
                    // The reader is slower than the network; it looks at what it has.
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private final class Complaints extends OutputStream {
        @Override
        public void write(int one) {
            synchronized (complaints) {
                if (complaints.size() < MOST_COMPLAINTS) {
                    complaints.write(one);
                }
            }
        }
    }

    /** What the command complained of so far. */
    String complaints() {
        synchronized (complaints) {
            return complaints.toString(StandardCharsets.UTF_8).strip();
        }
    }

    /** How many bytes came so far. */
    long taken() {
        return taken;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (position == current.length && !refill()) {
            return -1;
        }
        int count = Math.min(length, current.length - position);
        System.arraycopy(current, position, into, offset, count);
        position += count;
        return count;
    }

    @Override
    public int available() {
        return current.length - position;
    }

    private boolean refill() throws IOException {
        if (ended) {
            return false;
        }
        current = next();
        position = 0;
        taken += current.length;
        ended = current.length == 0;
        if (ended && connection.isDead()) {
            throw new IOException("the connection ended");
        }
        return !ended;
    }

    private byte[] next() throws IOException {
        Deadline patience = Deadline.in(PATIENCE);
        try {
            while (!patience.passed()) {
                // What came before the end was given before it, so nothing comes any more.
                boolean last = complete;
                byte[] next = chunks.poll(last ? 0 : SILENCE.toMillis(), TimeUnit.MILLISECONDS);
                if (next != null) {
                    return next;
                }
                if (last) {
                    return END;
                }
                requireLife();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted");
        }
        throw new IOException("nothing more came for " + PATIENCE.toMinutes() + " minutes");
    }

    private void requireLife() throws IOException {
        try {
            connection.await(new CompletableFuture<>(), Deadline.in(PROOF_OF_LIFE));
        } catch (Lost lost) {
            throw new IOException(lost.words(), lost);
        } catch (TimeoutException | ExecutionException _) {
            // It lives, and searches.
        }
    }

    /** Ends the command, if it has not ended. */
    @Override
    public void close() {
        abandoned = true;
        channel.disconnect();
        chunks.clear();
    }
}
