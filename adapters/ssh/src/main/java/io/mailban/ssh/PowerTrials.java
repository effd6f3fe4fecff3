package io.mailban.ssh;

import com.jcraft.jsch.Channel;
import com.jcraft.jsch.ChannelDirectTCPIP;
import com.jcraft.jsch.ChannelExec;
import com.jcraft.jsch.ChannelShell;
import com.jcraft.jsch.JSchException;
import io.mailban.examination.Visit.Power;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Tries what a login is given beside running one command. Nothing is left behind. For one visit. */
final class PowerTrials {
    /** RFC 4254, 5.1: SSH_OPEN_ADMINISTRATIVELY_PROHIBITED, SSH_OPEN_CONNECT_FAILED. */
    private static final int PROHIBITED = 1;

    private static final int CONNECT_FAILED = 2;

    /** Where nobody listens: that the server tried is all that is asked. */
    private static final int CLOSED_PORT = 1;

    /** How long a forced command may take to say no. */
    private static final Duration LONGEST_REFUSAL = Duration.ofSeconds(6);

    private final Connection connection;
    private final Deadline deadline;
    private final Set<Power> held = EnumSet.noneOf(Power.class);
    private final Set<Power> refused = EnumSet.noneOf(Power.class);
    private final Set<Power> untold = EnumSet.noneOf(Power.class);

    PowerTrials(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    Set<Power> held() {
        return held;
    }

    Set<Power> refused() {
        return refused;
    }

    Set<Power> untold() {
        return untold;
    }

    /** What came of a trial. */
    enum Outcome {
        HELD,
        REFUSED,
        UNTOLD
    }

    void note(Power power, Outcome outcome) {
        switch (outcome) {
            case HELD -> held.add(power);
            case REFUSED -> refused.add(power);
            case UNTOLD -> untold.add(power);
        }
    }

    /** Tries terminal, forwarding, files; and the agent where there is a shell that would know. */
    void all(Set<Power> ofShell) throws Lost {
        note(Power.SHELL, ofShell.contains(Power.SHELL) ? Outcome.HELD : Outcome.REFUSED);
        if (ofShell.contains(Power.SHELL)) {
            note(Power.SECRETS, ofShell.contains(Power.SECRETS) ? Outcome.HELD : Outcome.REFUSED);
            note(Power.SUDO_ALL, ofShell.contains(Power.SUDO_ALL) ? Outcome.HELD : Outcome.REFUSED);
        } else {
            note(Power.SECRETS, says(LoginScript.SHADOW));
            note(Power.SUDO_ALL, says(LoginScript.SUDO_ALL));
        }
        note(Power.TERMINAL, terminal());
        note(Power.FORWARDING, forwarding());
        note(Power.FILES, SftpTrial.on(connection, deadline));
        if (ofShell.contains(Power.SHELL)) {
            note(Power.AGENT, agent());
        } else if (shellChannel() == Outcome.HELD) {
            refused.remove(Power.SHELL);
            held.add(Power.SHELL);
        }
        if (connection.isDead()) {
            // It refuses everything, and says nothing like an open shell: neither tells of the login.
            throw new Lost("the connection ended");
        }
    }

    /** A command of its own, which whatever refused another may still let through. */
    private Outcome says(LoginScript script) throws Lost {
        String mark = Marks.unguessable();
        ChannelExec channel = (ChannelExec) connection.channel("exec");
        channel.setCommand(RemoteCommand.ofLogin(script, List.of(mark)).line());
        return say(channel, Input.CLOSED, deadline).lines().anyMatch(mark::equals) ? Outcome.HELD : Outcome.REFUSED;
    }

    /** A terminal makes carriage returns of line ends, whatever command says something. */
    private Outcome terminal() throws Lost {
        ChannelExec channel = (ChannelExec) connection.channel("exec");
        channel.setPty(true);
        channel.setCommand(echo("terminal").line());
        String said = say(channel, Input.CLOSED, deadline);
        if (said.contains("\r\n")) {
            return Outcome.HELD;
        }
        return said.isEmpty() ? Outcome.UNTOLD : Outcome.REFUSED;
    }

    private Outcome agent() throws Lost {
        ChannelExec channel = (ChannelExec) connection.channel("exec");
        channel.setAgentForwarding(true);
        channel.setCommand(RemoteCommand.ofLogin(LoginScript.AGENT, List.of()).line());
        String text = say(channel, Input.CLOSED, deadline);
        return text.contains("agent forwarded")
                ? Outcome.HELD
                : text.contains("agent") ? Outcome.REFUSED : Outcome.UNTOLD;
    }

    /**
     * A shell that is asked for as such, with no command of ours in the request. It waits for input and says nothing,
     * where a forced command that refuses ends; nothing is written to it, since late input would end the session (see
     * {@link Exec}).
     */
    private Outcome shellChannel() throws Lost {
        ChannelShell channel = (ChannelShell) connection.channel("shell");
        channel.setPty(false);
        return say(channel, Input.LEFT_OPEN, deadline.within(LONGEST_REFUSAL)).isEmpty()
                ? Outcome.HELD
                : Outcome.REFUSED;
    }

    private Outcome forwarding() throws Lost {
        ChannelDirectTCPIP channel = (ChannelDirectTCPIP) connection.channel("direct-tcpip");
        channel.setHost("127.0.0.1");
        channel.setPort(CLOSED_PORT);
        channel.setInputStream(null);
        return switch (opened(channel)) {
            case HELD -> Outcome.HELD;
            case UNTOLD -> Outcome.UNTOLD;
            case REFUSED ->
                switch (channel.getExitStatus()) {
                    case CONNECT_FAILED -> Outcome.HELD;
                    case PROHIBITED -> Outcome.REFUSED;
                    default -> Outcome.UNTOLD;
                };
        };
    }

    private Outcome opened(Channel channel) throws Lost {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        int patience = deadline.leftMillis();
        Thread.ofVirtual().name("mailban-try").start(() -> {
            try {
                channel.connect(patience);
                outcome.complete(Outcome.HELD);
            } catch (JSchException | RuntimeException _) {
                outcome.complete(Outcome.REFUSED);
            }
        });
        try {
            return connection.await(outcome, deadline);
        } catch (TimeoutException _) {
            return Outcome.UNTOLD;
        } catch (ExecutionException fault) {
            throw new IllegalStateException("this future never fails", fault);
        } finally {
            channel.disconnect();
        }
    }

    /** What a command finds on its standard input. */
    private enum Input {
        /** Its end. */
        CLOSED,
        /** Nothing, for as long as it waits. */
        LEFT_OPEN
    }

    /** What a channel said on both streams until it ended, or until then. */
    private String say(Channel channel, Input input, Deadline until) throws Lost {
        Everything said = new Everything();
        channel.setOutputStream(said);
        if (channel instanceof ChannelExec exec) {
            exec.setErrStream(said);
        } else {
            channel.setExtOutputStream(said);
        }
        int patience = deadline.leftMillis();
        Thread.ofVirtual().name("mailban-try").start(() -> {
            try {
                OutputStream in = channel.getOutputStream();
                channel.connect(patience);
                if (input == Input.CLOSED) {
                    in.close();
                }
            } catch (JSchException | IOException | RuntimeException fault) {
                said.fail(String.valueOf(fault.getMessage()));
            }
        });
        try {
            return connection.await(said.whole, until);
        } catch (TimeoutException _) {
            return said.text();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("this future never fails", fault);
        } finally {
            channel.disconnect();
        }
    }

    private static RemoteCommand echo(String word) {
        return RemoteCommand.ofLogin(LoginScript.ECHO, List.of(word));
    }

    private static final class Everything extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final CompletableFuture<String> whole = new CompletableFuture<>();
        private int open = 2;

        @Override
        public synchronized void write(int one) {
            bytes.write(one);
        }

        @Override
        public synchronized void write(byte[] some, int offset, int length) {
            bytes.write(some, offset, length);
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }

        void fail(String words) {
            whole.complete(text() + words);
        }

        /** Called by each of the two streams that this is the end of. */
        @Override
        public synchronized void close() {
            open--;
            if (open == 0) {
                whole.complete(text());
            }
        }
    }
}
