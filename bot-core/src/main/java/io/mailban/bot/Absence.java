package io.mailban.bot;

import io.mailban.approval.Plan;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.mailserver.BanRecords;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Evidencing.KeptBan;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Tells a ban that is gone from one that is only not there yet: fail2ban answers as soon as it starts, and restores its
 * bans after that, some fifty a second (1.0.2, 1.1.0). Its database keeps what it will restore, and loses what is lifted.
 * Thread-safe.
 */
final class Absence {
    /** Longer than a fail2ban with some hundred bans takes to restore them. */
    private static final Duration SECOND_LOOK = Duration.ofSeconds(5);

    private final BanRecords records;
    private final Pauses pauses;
    private final InstantSource clock;

    Absence(BanRecords records, Pauses pauses, InstantSource clock) {
        this.records = records;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** What the database says about a ban that its jail does not hold. */
    enum Told {
        /** There is none: it was lifted, or its time is over. */
        GONE,
        /** It is still to stand: fail2ban is starting, and will restore it. */
        COMES_BACK,
        /** Nothing: a network, or no database that could be read. A second look has to do. */
        NOTHING
    }

    Told of(Plan.Step step, BannedId target) {
        if (!(target instanceof Address address)
                || !(records.evidence(step.server(), address) instanceof Evidencing.Kept(var bans))) {
            return Told.NOTHING;
        }
        return bans.stream()
                        .anyMatch(ban ->
                                ban.jail().equals(step.jail()) && ban.id().equals(target) && isToStand(ban))
                ? Told.COMES_BACK
                : Told.GONE;
    }

    private boolean isToStand(KeptBan ban) {
        return ban.banTime()
                .map(length -> clock.instant().isBefore(ban.since().plus(length)))
                .orElse(true);
    }

    /** Blocks until it is time for the second look. */
    void pause() throws InterruptedException {
        pauses.pause(SECOND_LOOK);
    }
}
