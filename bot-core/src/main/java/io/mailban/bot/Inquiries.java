package io.mailban.bot;

import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.BanRoll;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Question;
import io.mailban.mailserver.BanRecords;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.ServerLogs;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers questions: asks the servers, all at once, and explains what they said. Thread-safe. */
public final class Inquiries {
    /** How far back the logs are searched. */
    static final Duration REACH = Duration.ofDays(30);

    private final Sources sources;
    private final InstantSource clock;

    /** Asks these. */
    public Inquiries(
            MailServers servers, ServerLogs logs, BanRecords records, Diagnoser diagnoser, InstantSource clock) {
        this.sources = new Sources(servers, logs, records, diagnoser, new Recollection());
        this.clock = clock;
    }

    /** Answers when every server has, or its deadline has passed. */
    public Diagnosis check(Question question, Optional<ServerName> server) {
        return check(question, server, Duration.ZERO, _ -> {});
    }

    /**
     * Answers when every server has. What those say that have answered when {@code patience} is over is told to {@code
     * early} already: empty where nobody has, and once more when somebody has.
     *
     * @param patience zero for no early answer
     */
    public Diagnosis check(
            Question question, Optional<ServerName> server, Duration patience, Consumer<Optional<Diagnosis>> early) {
        Instant now = clock.instant();
        List<ServerName> asked = server.map(List::of).orElseGet(sources.servers()::names);
        Map<ServerName, Diagnosis.OfServer> answers =
                Everywhere.ask(asked, one -> checkOne(question, one, now), patience, some -> {
                    List<ServerName> pending = new ArrayList<>(asked);
                    pending.removeAll(some.keySet());
                    early.accept(
                            some.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(new Diagnosis(question, now, List.copyOf(some.values()), pending)));
                });
        return new Diagnosis(question, now, List.copyOf(answers.values()), List.of());
    }

    private Diagnosis.OfServer checkOne(Question question, ServerName server, Instant now) {
        return switch (question) {
            case Question.OfAddress(var address) -> new AddressInquiry(sources).check(address, server, now);
            case Question.OfMailbox(var mailbox) -> new MailboxInquiry(sources).check(mailbox, server, now);
        };
    }

    /** Every ban, now, and who is known among the banned; with a jail only its own. */
    public BanRoll bans(Optional<ServerName> server, Optional<Jail> jail) {
        return new BanInquiry(sources).bans(server, jail, clock.instant());
    }
}
