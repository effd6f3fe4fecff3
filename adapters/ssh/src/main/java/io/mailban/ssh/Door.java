package io.mailban.ssh;

import com.jcraft.jsch.SocketFactory;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The socket of one connection: opened within a deadline on the first of the host's addresses that takes it, or through a
 * jump host, shut from outside when the deadline has passed, and listened to, so that we know when the server was last
 * heard.
 */
final class Door implements SocketFactory {
    private static final int LONGEST_GREETING = 512;

    private final Deadline deadline;
    private volatile @Nullable Connection over;
    private volatile @Nullable Socket socket;
    private volatile boolean shut;
    private volatile boolean taken;
    private final StringBuilder greeting = new StringBuilder();
    private volatile long heardAt = System.nanoTime();
    private volatile Runnable onEnd = () -> {};

    Door(Deadline deadline) {
        this.deadline = deadline;
    }

    /** When the server's last byte came, by {@link System#nanoTime}. */
    long heardAt() {
        return heardAt;
    }

    /** How the host began, in a few lines, once it took the connection: it should say which SSH it speaks. */
    Optional<String> greeting() {
        synchronized (greeting) {
            return taken ? Optional.of(greeting.toString()) : Optional.empty();
        }
    }

    /** What to do, once, when the stream from the server ends. */
    void onEnd(Runnable action) {
        onEnd = action;
    }

    /** Goes through this jump host, which resolves the name too. */
    void over(Connection jumpHost) {
        over = jumpHost;
    }

    /** Closes the socket, now or as soon as there is one: whoever reads or writes on it gets an exception. */
    void shut() {
        shut = true;
        Socket open = socket;
        if (open != null) {
            closeQuietly(open);
        }
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        Socket open = open(host, port);
        taken = true;
        return open;
    }

    private Socket open(String host, int port) throws IOException {
        Connection jumpHost = over;
        if (jumpHost == null) {
            return directly(host, port);
        }
        Socket tunnel = jumpHost.tunnel(host, port, deadline);
        socket = tunnel;
        if (shut) {
            closeQuietly(tunnel);
        }
        return tunnel;
    }

    private Socket directly(String host, int port) throws IOException {
        List<InetAddress> addresses = resolve(host);
        IOException last = new UnknownHostException(host);
        for (int i = 0; i < addresses.size(); i++) {
            Socket attempt = new Socket();
            socket = attempt;
            if (shut) {
                closeQuietly(attempt);
            }
            try {
                // A share for each, so that a dead IPv6 route leaves time for IPv4.
                int patience = deadline.share(1.0 / (addresses.size() - i)).leftMillis();
                attempt.setTcpNoDelay(true);
                attempt.connect(new InetSocketAddress(addresses.get(i), port), patience);
                return attempt;
            } catch (IOException fault) {
                closeQuietly(attempt);
                last = fault;
            }
        }
        throw last;
    }

    /** Asks the system's resolver on a thread of its own: it blocks the carrier of a virtual one, for seconds at worst. */
    private List<InetAddress> resolve(String host) throws IOException {
        try {
            return List.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException _) {
            // A name, then.
        }
        CompletableFuture<List<InetAddress>> answer = new CompletableFuture<>();
        Thread.ofPlatform().daemon().name("mailban-resolve-" + host).start(() -> {
            try {
                answer.complete(List.of(InetAddress.getAllByName(host)));
            } catch (UnknownHostException | RuntimeException fault) {
                answer.completeExceptionally(fault);
            }
        });
        try {
            return answer.get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException _) {
            throw new UnknownHostException(host);
        } catch (TimeoutException _) {
            throw new SocketTimeoutException("the name server did not answer for " + host);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new SocketTimeoutException("interrupted");
        }
    }

    @Override
    public InputStream getInputStream(Socket open) throws IOException {
        return new Listening(new BufferedInputStream(open.getInputStream(), 64 * 1024));
    }

    @Override
    public OutputStream getOutputStream(Socket open) throws IOException {
        return open.getOutputStream();
    }

    private static void closeQuietly(Socket open) {
        try {
            open.close();
        } catch (IOException _) {
            // It is as closed as it can be.
        }
    }

    /** Notes when bytes come and when they end. */
    private final class Listening extends FilterInputStream {
        Listening(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            try {
                int read = super.read();
                if (read >= 0) {
                    note((byte) read);
                }
                return heard(read);
            } catch (SocketTimeoutException silence) {
                throw silence;
            } catch (IOException fault) {
                onEnd.run();
                throw fault;
            }
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            try {
                int read = super.read(into, offset, length);
                for (int i = 0; i < read && greeting.length() < LONGEST_GREETING; i++) {
                    note(into[offset + i]);
                }
                return heard(read);
            } catch (SocketTimeoutException silence) {
                throw silence;
            } catch (IOException fault) {
                onEnd.run();
                throw fault;
            }
        }

        /** JSch closes it when the server said farewell, or stopped answering. */
        @Override
        public void close() throws IOException {
            super.close();
            onEnd.run();
        }

        private void note(byte said) {
            synchronized (greeting) {
                if (greeting.length() < LONGEST_GREETING) {
                    greeting.append((char) (said & 0xff));
                }
            }
        }

        private int heard(int read) {
            if (read < 0) {
                onEnd.run();
            } else {
                heardAt = System.nanoTime();
            }
            return read;
        }
    }
}
