package io.mailban.ssh;

import com.jcraft.jsch.ChannelSubsystem;
import com.jcraft.jsch.JSchException;
import io.mailban.ssh.PowerTrials.Outcome;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Tries whether a login is given SFTP: asks for it, and for the version that it speaks.
 *
 * <p>JSch's own channel for SFTP sends that question without looking whether the channel was closed meanwhile, which it
 * is where a forced command in SFTP's place ends at once; OpenSSH answers data for a channel that is gone by ending the
 * whole session. The output stream of a channel looks, under the lock that the channel's end takes too. It would let go of
 * it to wait for room in the server's window, but OpenSSH gives room before it says yes to the request.
 */
final class SftpTrial {
    /** SSH_FXP_INIT of version 3, its length before it (draft-ietf-secsh-filexfer-02, 3 and 4). */
    private static final byte[] INIT = {0, 0, 0, 5, 1, 0, 0, 0, 3};

    /** SSH_FXP_VERSION. */
    private static final byte VERSION = 2;

    private SftpTrial() {}

    static Outcome on(Connection connection, Deadline deadline) throws Lost {
        ChannelSubsystem channel = (ChannelSubsystem) connection.channel("subsystem");
        Beginning beginning = new Beginning();
        channel.setSubsystem("sftp");
        channel.setOutputStream(beginning);
        int patience = deadline.leftMillis();
        Thread.ofVirtual().name("mailban-try").start(() -> {
            try {
                OutputStream in = channel.getOutputStream();
                channel.connect(patience);
                in.write(INIT);
                in.flush();
            } catch (JSchException | IOException | RuntimeException _) {
                beginning.close();
            }
        });
        try {
            return connection.await(beginning.outcome, deadline);
        } catch (TimeoutException _) {
            return Outcome.UNTOLD;
        } catch (ExecutionException fault) {
            throw new IllegalStateException("this future never fails", fault);
        } finally {
            channel.disconnect();
        }
    }

    /** Reads the length and the kind of the first packet, or that there is none. */
    private static final class Beginning extends OutputStream {
        private static final int BEFORE_THE_KIND = 4;

        private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        private int seen;

        @Override
        public synchronized void write(int one) {
            // Words of a shell are no length: even the shortest would be one of more than 16 MB.
            if (seen == 0 && one != 0) {
                outcome.complete(Outcome.REFUSED);
            } else if (seen == BEFORE_THE_KIND) {
                outcome.complete((byte) one == VERSION ? Outcome.HELD : Outcome.REFUSED);
            }
            seen++;
        }

        @Override
        public void close() {
            outcome.complete(Outcome.REFUSED);
        }
    }
}
