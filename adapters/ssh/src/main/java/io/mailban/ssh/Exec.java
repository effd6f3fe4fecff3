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
     * @param ending whether that is all it had to say
     */
    record Done(int status, String out, String err, Ending ending) {}

    /** How a command's output ended. */
    enum Ending {
        WHOLE,
        /** The bound was reached; the rest is lost. */
        CUT_BY_BOUND,
        /** The deadline came first; the command was given up. */
        CUT_BY_DEADLINE
    }

    /** Collects up to a bound, drops the rest, and tells when the stream has ended. */
    private static final class Collector extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final int bound;
        private final CompletableFuture<String> whole = new CompletableFuture<>();
        private final CompletableFuture<Collector> begun = new CompletableFuture<>();
        private boolean overflown;

        Collector(int bound) {
            this.bound = bound;
        }

        @Override
        public void write(int one) {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            int fitting = Math.clamp(bound - kept.size(), 0, length);
            overflown |= fitting < length;
            kept.write(bytes, offset, fitting);
            begun.complete(this);
        }

        synchronized String soFar() {
            return kept.toString(StandardCharsets.UTF_8);
        }

        synchronized Ending ending() {
            return overflown ? Ending.CUT_BY_BOUND : Ending.WHOLE;
        }

        @Override
        public synchronized void close() {
            whole.complete(soFar());
            begun.complete(this);
        }
    }

    /**
     * Runs a command with this on its standard input. A command that is given any must first print something and then
     * read: JSch 2.28 waits for room in the server's window, which at first has none, and doesn't look whether the
     * channel was closed meanwhile; OpenSSH answers such late data by ending the whole session.
     *
     * @param bound how many bytes of output to keep
     * @throws Lost if the connection died
     * @throws TimeoutException if the server lives and the command had not ended by the deadline; it is given up
     */
    static Done run(Connection connection, RemoteCommand command, byte[] input, int bound, Deadline deadline)
            throws Lost, TimeoutException {
        Done done = runAsFarAsPossible(connection, command, input, bound, deadline);
        if (done.ending() == Ending.CUT_BY_DEADLINE) {
            throw new TimeoutException("the command had not ended");
        }
        return done;
    }

    /** As {@link #run}, but the deadline only cuts the output off. */
    static Done runAsFarAsPossible(
            Connection connection, RemoteCommand command, byte[] input, int bound, Deadline deadline) throws Lost {
        Collector out = new Collector(bound);
        Collector err = new Collector(Math.min(bound, 64 * 1024));
        ChannelExec channel;
        try {
            channel = connection.start(command, out, err, deadline);
        } catch (TimeoutException _) {
            return new Done(-1, "", "", Ending.CUT_BY_DEADLINE);
        }
        try {
            // Without any input not even its end is sent: it could come after the command's own.
            if (input.length > 0) {
                connection.await(out.begun, deadline);
                if (!out.whole.isDone()) {
                    feed(channel, input);
                }
            }
            String kept = connection.await(out.whole, deadline);
            if (connection.isDead()) {
                throw new Lost("the connection ended");
            }
            // JSch closes the error stream with the channel, after the exit status has come.
            String complaints = connection.await(err.whole, deadline);
            return new Done(channel.getExitStatus(), kept, complaints, out.ending());
        } catch (TimeoutException _) {
            return new Done(-1, out.soFar(), err.soFar(), Ending.CUT_BY_DEADLINE);
        } catch (ExecutionException fault) {
            throw new IllegalStateException("a collector never fails", fault.getCause());
        } finally {
            channel.disconnect();
        }
    }

    private static void feed(ChannelExec channel, byte[] input) throws Lost {
        try (OutputStream in = Connection.input(channel)) {
            in.write(input);
            in.flush();
        } catch (IOException _) {
            // A command that ended without reading its input has still said something.
        }
    }
}
