package io.mailban.ssh;

import io.mailban.mailserver.Fail2banSilent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asks the fail2ban of one server: by the standing client, started at need and again when it died, and by one-shot
 * clients where the standing one fails. Thread-safe.
 */
final class Fail2banClients {
    /** How long a server whose standing client failed at its start is asked by one-shot clients only. */
    private static final Duration UNSUITABLE = Duration.ofMinutes(10);

    private final CommandPrefix prefix;
    private final Way way;
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable StandingClient standing;
    private volatile long lastUse = System.nanoTime();
    private volatile long oneShotUntil = System.nanoTime();

    /** Which clients to use. */
    enum Way {
        STANDING_FIRST,
        ONE_SHOT_ONLY
    }

    Fail2banClients(CommandPrefix prefix, Way way) {
        this.prefix = prefix;
        this.way = way;
    }

    /**
     * Asks, and waits for all the answers, which are in the order of the commands.
     *
     * @throws Unanswered if fail2ban can't be asked, or did not answer in time though its server lives
     */
    List<Answer> ask(Connection connection, List<ClientCommand> commands, Deadline deadline) throws Lost, Unanswered {
        if (commands.isEmpty()) {
            return List.of();
        }
        lastUse = System.nanoTime();
        if (way == Way.ONE_SHOT_ONLY || System.nanoTime() - oneShotUntil < 0) {
            return byOneShots(connection, commands, deadline);
        }
        StandingClient client = standing;
        boolean fresh = client == null || !client.isOn(connection);
        try {
            // A client that hangs at its start leaves half of the time to the other way.
            Deadline share = fresh ? deadline.share(0.5) : deadline;
            return client(connection, share).ask(commands, share);
        } catch (AnswerFrames.Ended ended) {
            rest();
            List<Answer> answers = byOneShots(connection, commands, deadline);
            if (fresh) {
                oneShotUntil = System.nanoTime() + UNSUITABLE.toNanos();
            }
            return answers;
        } catch (TimeoutException late) {
            rest();
            if (fresh && !deadline.passed()) {
                return byOneShots(connection, commands, deadline);
            }
            throw tooLate(deadline);
        }
    }

    /**
     * Gives one order, once: where its client ends or is late, nobody knows whether it was obeyed, and a second order
     * would meet another state: a network's, repeated, lifts every address inside it.
     *
     * @throws Unanswered if fail2ban can't be asked, or nobody knows whether it obeyed
     */
    Answer order(Connection connection, ClientCommand order, Deadline deadline) throws Lost, Unanswered {
        lastUse = System.nanoTime();
        StandingClient client = standing;
        if (client == null || !client.isOn(connection)) {
            return byOneShots(connection, List.of(order), deadline).getFirst();
        }
        try {
            return client.ask(List.of(order), deadline).getFirst();
        } catch (AnswerFrames.Ended ended) {
            rest();
            throw new Unanswered(
                    Fail2banSilent.Cause.NOT_UNDERSTOOD,
                    "fail2ban-client ended while the ban was being lifted: look whether it still stands");
        } catch (TimeoutException late) {
            rest();
            throw tooLate(deadline);
        }
    }

    /** How long nobody has asked. */
    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUse);
    }

    /** Ends the standing client, if there is one. */
    void rest() {
        StandingClient client = standing;
        standing = null;
        if (client != null) {
            client.close();
        }
    }

    private StandingClient client(Connection connection, Deadline deadline) throws Lost, TimeoutException {
        StandingClient client = standing;
        if (client != null && client.isOn(connection)) {
            return client;
        }
        starting.lock();
        try {
            client = standing;
            if (client == null || !client.isOn(connection)) {
                rest();
                client = StandingClient.start(connection, prefix, deadline);
                standing = client;
            }
            return client;
        } finally {
            starting.unlock();
        }
    }

    private List<Answer> byOneShots(Connection connection, List<ClientCommand> commands, Deadline deadline)
            throws Lost, Unanswered {
        try {
            return OneShotClient.ask(connection, prefix, commands, deadline);
        } catch (TimeoutException _) {
            throw tooLate(deadline);
        }
    }

    private static Unanswered tooLate(Deadline deadline) {
        return new Unanswered(
                Fail2banSilent.Cause.NOT_UNDERSTOOD,
                "fail2ban-client did not answer within " + deadline.waited().toMillis() + " ms");
    }
}
