package io.mailban.ssh;

import com.jcraft.jsch.ChannelExec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** One command run to its end on a channel of its own. */
final class Exec {
    private Exec() {}

    /**
     * What a command did.
     *
     * @param status its exit status; -1 where the server didn't say
     * @param out its standard output, cut at the bound that was given; bytes that are no UTF-8 became U+FFFD
     * @param err its standard error, cut likewise
     */
    record Done(int status, String out, String err) {}

    /** Collects up to a bound, drops the rest, and tells when the stream has ended. */
    private static final class Collector extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final int bound;
        private final CompletableFuture<String> whole = new CompletableFuture<>();

        Collector(int bound) {
            this.bound = bound;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            kept.write(bytes, offset, Math.clamp(bound - kept.size(), 0, length));
        }

        @Override
        public synchronized void close() {
            whole.complete(kept.toString(StandardCharsets.UTF_8));
        }
    }

    /**
     * Runs a command with this on its standard input.
     *
     * @param bound how many bytes of output to keep
     * @throws Lost if the connection died
     * @throws TimeoutException if the server lives and the command had not ended by the deadline; it is given up
     */
    static Done run(Connection connection, RemoteCommand command, byte[] input, int bound, Deadline deadline)
            throws Lost, TimeoutException {
        Collector out = new Collector(bound);
        Collector err = new Collector(Math.min(bound, 64 * 1024));
        ChannelExec channel = connection.start(command, out, err, deadline);
        try {
            try (OutputStream in = Connection.input(channel)) {
                in.write(input);
                in.flush();
            } catch (IOException _) {
                // A command that ended without reading its input has still said something.
            }
            String kept = connection.await(out.whole, deadline);
            if (connection.isDead()) {
                throw new Lost("the connection ended");
            }
            // JSch closes the error stream with the channel, after the exit status has come.
            String complaints = connection.await(err.whole, deadline);
            return new Done(channel.getExitStatus(), kept, complaints);
        } catch (ExecutionException fault) {
            throw new IllegalStateException("a collector never fails", fault.getCause());
        } finally {
            channel.disconnect();
        }
    }
}
