package io.mailban.ssh;

import com.jcraft.jsch.ChannelDirectTCPIP;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A way through a jump host, in the shape of a socket, as JSch wants one: with reads that time out, on which its
 * keep-alives depend. Nothing listens on this machine, as it would with a forwarded port. What has come and is not yet
 * read is kept here; the reader is a session's own thread, which never waits for anybody.
 */
final class Tunnel extends Socket {
    /** The only empty one. */
    private static final byte[] END = {};

    private final ChannelDirectTCPIP channel;
    private final OutputStream out;
    private final BlockingQueue<byte[]> arrived;
    private final Reader reader = new Reader();
    private volatile int timeoutMillis;
    private volatile boolean closed;

    private Tunnel(ChannelDirectTCPIP channel, OutputStream out, BlockingQueue<byte[]> arrived) {
        this.channel = channel;
        this.out = out;
        this.arrived = arrived;
    }

    /** Prepares a channel that is not open yet; open it by {@code channel.connect} and then use the tunnel. */
    static Tunnel over(ChannelDirectTCPIP channel) throws IOException {
        BlockingQueue<byte[]> arrived = new LinkedBlockingQueue<>();
        channel.setOutputStream(new Arrivals(arrived));
        return new Tunnel(channel, channel.getOutputStream(), arrived);
    }

    @Override
    public InputStream getInputStream() {
        return reader;
    }

    @Override
    public OutputStream getOutputStream() {
        return out;
    }

    @Override
    public void setSoTimeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    /** There is no packet of its own to hurry. */
    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public boolean isConnected() {
        return !closed && channel.isConnected();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        arrived.add(END);
        channel.disconnect();
    }

    /** Where the jump host's session puts what came. */
    private static final class Arrivals extends OutputStream {
        private final BlockingQueue<byte[]> arrived;

        Arrivals(BlockingQueue<byte[]> arrived) {
            this.arrived = arrived;
        }

        @Override
        public void write(int one) {
            arrived.add(new byte[] {(byte) one});
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            if (length > 0) {
                byte[] copy = new byte[length];
                System.arraycopy(bytes, offset, copy, 0, length);
                arrived.add(copy);
            }
        }

        @Override
        public void close() {
            arrived.add(END);
        }
    }

    private final class Reader extends InputStream {
        private byte @Nullable [] current;
        private int at;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            byte[] from = current;
            if (from == null || (from.length > 0 && at == from.length)) {
                from = next();
                current = from;
                at = 0;
            }
            if (from.length == 0) {
                return -1;
            }
            int read = Math.min(length, from.length - at);
            System.arraycopy(from, at, into, offset, read);
            at += read;
            return read;
        }

        private byte[] next() throws IOException {
            try {
                byte[] found = timeoutMillis > 0 ? arrived.poll(timeoutMillis, TimeUnit.MILLISECONDS) : arrived.take();
                if (found == null) {
                    throw new SocketTimeoutException("nothing came through the jump host");
                }
                return found;
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted");
            }
        }
    }
}
