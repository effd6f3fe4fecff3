package io.mailban.bot;

import io.mailban.ban.ServerName;
import io.mailban.examination.Examination;
import io.mailban.examination.Examiner;
import io.mailban.examination.Trials;
import java.time.InstantSource;
import java.util.List;

/** Examines servers, all at once. Thread-safe. */
public final class Examinations {
    private final Trials trials;
    private final InstantSource clock;

    /** Tries by {@code trials}, and judges by this clock. */
    public Examinations(Trials trials, InstantSource clock) {
        this.trials = trials;
        this.clock = clock;
    }

    /** What came of it, in the order of the asked. */
    public List<Examination> of(List<ServerName> servers) {
        return List.copyOf(Everywhere.ask(servers, server -> Examiner.judge(trials.of(server), clock.instant()))
                .values());
    }
}
