package io.mailban.ssh;

import com.jcraft.jsch.ChannelExec;
import io.mailban.ssh.AnswerFrames.Question;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One running {@code fail2ban-client -i} on a server. Thread-safe: questions of several threads are written as they
 * come and answered in that order, without waiting for each other.
 */
final class StandingClient {
    private final Connection connection;
    private final ChannelExec channel;
    private final OutputStream input;
    private final AnswerFrames frames;
    private final String secret = Marks.unguessable();
    private final ReentrantLock writing = new ReentrantLock();
    private final AtomicLong asked = new AtomicLong();
    private volatile boolean closed;

    private StandingClient(Connection connection, ChannelExec channel, OutputStream input, AnswerFrames frames) {
        this.connection = connection;
        this.channel = channel;
        this.input = input;
        this.frames = frames;
    }

    /** Starts the client; what it prints at its start goes before the first answer, which must be a greeting's. */
    static StandingClient start(Connection connection, CommandPrefix prefix, Deadline deadline)
            throws Lost, TimeoutException {
        AnswerFrames frames = new AnswerFrames();
        ChannelExec channel =
                connection.start(RemoteCommand.standingClient(prefix), frames, frames.complaints(), deadline);
        StandingClient client = new StandingClient(connection, channel, Connection.input(channel), frames);
        try {
            // Its banner: before it, nothing may be written (see Exec).
            connection.await(frames.begun(), deadline);
        } catch (ExecutionException fault) {
            throw new IllegalStateException("this future never fails", fault.getCause());
        }
        // Its answer holds the banner; nobody waits for it, later answers can't come before it.
        client.send(List.of(ClientCommand.echo("ready")));
        return client;
    }

    boolean isOn(Connection other) {
        return connection == other && !closed && !channel.isClosed();
    }

    /**
     * Asks, and waits for all the answers.
     *
     * @throws AnswerFrames.Ended if the client ended, or told that it can't reach the server
     * @throws TimeoutException if the server lives and the client didn't answer in time; it is of no use any more
     */
    List<Answer> ask(List<ClientCommand> commands, Deadline deadline)
            throws Lost, AnswerFrames.Ended, TimeoutException {
        List<Answer> answers = answers(send(commands), deadline);
        if (answers.size() == commands.size()) {
            return answers;
        }
        // Somebody's banned id plays the prompt: asked one by one, each answer is what stands before its mark.
        List<Answer> oneByOne = new ArrayList<>();
        for (ClientCommand command : commands) {
            oneByOne.add(Answer.joined(answers(send(List.of(command)), deadline)));
        }
        return oneByOne;
    }

    private List<Answer> answers(Question question, Deadline deadline)
            throws Lost, AnswerFrames.Ended, TimeoutException {
        try {
            return connection.await(question.answers(), deadline);
        } catch (ExecutionException fault) {
            if (connection.isDead()) {
                throw new Lost("the connection ended");
            }
            if (fault.getCause() instanceof AnswerFrames.Ended ended) {
                throw ended;
            }
            throw new IllegalStateException("an answer can only end with its client", fault.getCause());
        }
    }

    void close() {
        closed = true;
        channel.disconnect();
    }

    private Question send(List<ClientCommand> commands) throws Lost {
        Question question = new Question(secret + asked.incrementAndGet(), new CompletableFuture<>());
        StringBuilder lines = new StringBuilder();
        commands.forEach(command -> lines.append(command.interactiveLine()).append('\n'));
        lines.append(ClientCommand.echo(question.mark()).interactiveLine()).append('\n');
        writing.lock();
        try {
            frames.expect(question);
            // Nothing may be written to a client that has ended (see Exec).
            if (!frames.isEnded()) {
                input.write(lines.toString().getBytes(StandardCharsets.UTF_8));
                input.flush();
            }
        } catch (IOException fault) {
            if (connection.isDead()) {
                throw new Lost("the connection ended: " + fault.getMessage());
            }
            // The client is gone: the stream's end completes the answers with what it said.
            frames.close();
        } finally {
            writing.unlock();
        }
        return question;
    }
}
