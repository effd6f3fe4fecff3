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
        ONE_SHOT_ONLY,
        /** The gate lets no other through. */
        STANDING_ONLY;

        /** The best that there is behind a prefix. */
        static Way behind(CommandPrefix prefix) {
            return switch (prefix) {
                case CommandPrefix.Gate _ -> STANDING_ONLY;
                case CommandPrefix.None _, CommandPrefix.Sudo _, CommandPrefix.Docker _, CommandPrefix.SudoDocker _ ->
                    STANDING_FIRST;
            };
        }
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
        return switch (way) {
            case ONE_SHOT_ONLY -> byOneShots(connection, commands, deadline);
            case STANDING_ONLY -> byStandingAlone(connection, commands, deadline);
            case STANDING_FIRST ->
                System.nanoTime() - oneShotUntil < 0
                        ? byOneShots(connection, commands, deadline)
                        : byStandingFirst(connection, commands, deadline);
        };
    }

    private List<Answer> byStandingFirst(Connection connection, List<ClientCommand> commands, Deadline deadline)
            throws Lost, Unanswered {
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

    private List<Answer> byStandingAlone(Connection connection, List<ClientCommand> commands, Deadline deadline)
            throws Lost, Unanswered {
        StandingClient client = standing;
        boolean fresh = client == null || !client.isOn(connection);
        try {
            return client(connection, deadline).ask(commands, deadline);
        } catch (AnswerFrames.Ended ended) {
            rest();
            if (!fresh && !deadline.passed()) {
                // It stood for a while and may have been ended from outside: a fresh one is the judge.
                return byStandingAlone(connection, commands, deadline);
            }
            String words = String.valueOf(ended.getMessage());
            throw new Unanswered(
                    Complaint.reason(words, 0).orElse(Fail2banSilent.Cause.NOT_UNDERSTOOD), Complaint.bare(words));
        } catch (TimeoutException late) {
            rest();
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
        boolean stands = client != null && client.isOn(connection);
        if (!stands && way != Way.STANDING_ONLY) {
            return byOneShots(connection, List.of(order), deadline).getFirst();
        }
        try {
            return client(connection, deadline).ask(List.of(order), deadline).getFirst();
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
                Fail2banSilent.Cause.TOO_LATE,
                "fail2ban-client did not answer within " + deadline.waited().toMillis() + " ms");
    }
}
