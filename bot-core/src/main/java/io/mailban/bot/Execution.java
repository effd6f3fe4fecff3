package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.access.Verdict;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalDecider.Move;
import io.mailban.approval.ApprovalDecider.Rights;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.Plan;
import io.mailban.approval.Progress;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.approval.Stage.Decision;
import io.mailban.approval.Stage.Replaced.Why;
import io.mailban.approval.Stage.StepResult;
import io.mailban.approval.UnbanPlan;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.restraint.Mode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Carries out what was approved, from wherever it stopped. Before the first step, and before every further try, rights and
 * bans are read again; every result is on disk before the next step begins. Thread-safe.
 */
final class Execution {
    private static final System.Logger LOG = System.getLogger(Execution.class.getName());

    private static final Duration LOOK_AT_THE_GROUPS = Duration.ofSeconds(2);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    private final Planner planner;
    private final StepRunner runner;
    private final ApprovalStore store;
    private final ApprovalDecider decider;
    private final Supplier<ApprovalId> ids;
    private final Restraint restraint;
    private final Duration watchFor;
    private final Pauses pauses;
    private final InstantSource clock;

    Execution(
            Planner planner,
            StepRunner runner,
            ApprovalStore store,
            ApprovalDecider decider,
            Supplier<ApprovalId> ids,
            Restraint restraint,
            Duration watchFor,
            Pauses pauses,
            InstantSource clock) {
        this.planner = planner;
        this.runner = runner;
        this.store = store;
        this.decider = decider;
        this.ids = ids;
        this.restraint = restraint;
        this.watchFor = watchFor;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Does what there is to do now; a request that waits, or is over, comes back as it is. */
    Approval carryOut(Approval approval) throws InterruptedException {
        return switch (approval.stage()) {
            case Stage.Approved(var decision) -> begin(approval, decision, List.of(), 0);
            case Stage.Running(var decision, var results, var tries) -> begin(approval, decision, results, tries);
            case Stage.Retrying retrying -> begin(approval, retrying.decision(), retrying.results(), retrying.tries());
            case Stage.Requested _,
                    Stage.Done _,
                    Stage.Denied _,
                    Stage.Expired _,
                    Stage.Withdrawn _,
                    Stage.Overtaken _,
                    Stage.Replaced _,
                    Stage.Revoked _ -> approval;
        };
    }

    private Approval begin(Approval approval, Decision decision, List<StepResult> before, int tries)
            throws InterruptedException {
        Progress progress = new Progress(approval.plan(), before);
        Rights rights = told(approval, decision);
        Instant now = clock.instant();
        if (!now.isBefore(approval.expiresAt())) {
            return decider.expire(approval, now)
                    .map(move -> write(approval, move))
                    .orElseGet(() -> finish(approval, decision, progress));
        }
        switch (rights) {
            case Rights.Lost(var lost) -> {
                return revoked(approval, decision, lost, progress);
            }
            case Rights.Held _ -> {
                // Goes on.
            }
            case Rights.Untold _ -> {
                // The clock was set back meanwhile.
                return begin(approval, decision, before, tries);
            }
        }
        if (approval.plan() instanceof UnbanPlan plan) {
            Map<ServerName, BanListing> listings = planner.listings(progress.pending(), plan.target());
            Optional<UnbanPlan> more = planner.outgrown(plan, approval.stage(), listings);
            if (more.isPresent()) {
                return askAgain(approval, more.get(), progress);
            }
            if (approval.stage() instanceof Stage.Approved && planner.isGoneForGood(plan, listings)) {
                return overtaken(approval);
            }
        }
        return start(approval, decision, progress, tries);
    }

    /**
     * Waits until it can be told whether those whose rights it takes still hold them, or until the request's own end: a chat
     * platform that is away takes nobody's rights back.
     */
    private Rights told(Approval approval, Decision decision) throws InterruptedException {
        Rights rights = decider.rights(approval, decision);
        if (rights instanceof Rights.Untold(var right)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "request " + approval.id() + " waits: " + right.person().id() + " may hold the role "
                            + right.missing() + " by " + right.unread() + ", which can't be read just now");
        }
        while (rights instanceof Rights.Untold && clock.instant().isBefore(approval.expiresAt())) {
            pauses.pause(LOOK_AT_THE_GROUPS);
            rights = decider.rights(approval, decision);
        }
        return rights;
    }

    /** Ends what waits, or was not begun, and has nothing left to lift. */
    Approval overtaken(Approval approval) {
        Instant now = clock.instant();
        return write(
                approval,
                decider.move(
                        approval,
                        new Stage.Overtaken(now),
                        Person.BOT,
                        Act.OVERTAKEN,
                        "the ban was gone before anything was run",
                        now));
    }

    private Approval revoked(Approval approval, Decision decision, Verdict.Refused lost, Progress progress) {
        Instant now = clock.instant();
        return write(
                approval,
                decider.move(
                        approval,
                        new Stage.Revoked(decision, now, lost, progress.settled()),
                        Person.BOT,
                        Act.REVOKED,
                        lost.person().id() + " does not hold the role " + lost.missing() + " any more",
                        now));
    }

    private Approval askAgain(Approval approval, UnbanPlan more, Progress progress) {
        Move fresh = decider.again(ids.get(), more, approval, clock.instant());
        Move over = replaced(approval, fresh.next().id(), progress);
        return switch (store.replace(approval, over.next(), over.entry(), fresh.next(), fresh.entry())) {
            case ApprovalStore.Replacing.Replaced both -> both.over();
            case ApprovalStore.Replacing.Overtaken(var current) -> current;
            case ApprovalStore.Replacing.AlreadyOpen(var other) ->
                write(approval, replaced(approval, other.id(), progress));
        };
    }

    private Move replaced(Approval approval, ApprovalId by, Progress progress) {
        Instant now = clock.instant();
        return decider.move(
                approval,
                new Stage.Replaced(now, Why.MORE_THAN_APPROVED, by, progress.settled()),
                Person.BOT,
                Act.REPLACED,
                "by request " + by + ": more would be lifted than was approved",
                now);
    }

    private Approval start(Approval approval, Decision decision, Progress progress, int tries)
            throws InterruptedException {
        if (approval.stage() instanceof Stage.Running) {
            return run(approval, decision, progress, tries);
        }
        Move start = decider.move(
                approval,
                new Stage.Running(decision, progress.results(), tries),
                Person.BOT,
                Act.STARTED,
                tries == 0 ? "" : "try " + (tries + 1),
                clock.instant());
        return switch (store.move(approval, start.next(), start.entry())) {
            case ApprovalStore.Moving.Moved(var running) -> run(running, decision, progress, tries);
            case ApprovalStore.Moving.Overtaken(var current) -> current;
        };
    }

    private Approval run(Approval approval, Decision decision, Progress before, int tries) throws InterruptedException {
        Approval running = approval;
        Progress progress = before;
        Set<ServerName> silent = new HashSet<>();
        List<Plan.Step> pending = before.pending();
        for (Plan.Step step : pending) {
            if (silent.contains(step.server()) || !clock.instant().isBefore(running.expiresAt())) {
                continue;
            }
            if (restraint.mode() instanceof Mode.ReadOnly) {
                progress = progress.heldBack(step);
                continue;
            }
            requireGoingOn();
            StepResult result = runner.run(running, step, progress.of(step));
            if (!result.outcome().isSettled()) {
                // Whoever ends the bot cuts off its servers: that is no answer of theirs.
                requireGoingOn();
            }
            progress = progress.with(result);
            if (!result.outcome().isSettled()) {
                silent.add(step.server());
            }
            if (!step.equals(pending.getLast())) {
                Stage.Running next = new Stage.Running(decision, progress.results(), tries);
                switch (note(running, next, result)) {
                    case ApprovalStore.Moving.Moved(var noted) -> running = noted;
                    case ApprovalStore.Moving.Overtaken(var current) -> {
                        return current;
                    }
                }
            }
        }
        return rest(running, decision, progress, tries + 1);
    }

    private static void requireGoingOn() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException("the bot ends; whoever opens the store next goes on");
        }
    }

    private ApprovalStore.Moving note(Approval running, Stage.Running next, StepResult result) {
        Move move =
                decider.move(running, next, Person.BOT, Act.RAN, Progress.inWords(List.of(result)), clock.instant());
        return store.move(running, move.next(), move.entry());
    }

    /** All steps were tried: it is done, or what is not settled is tried again while there is time. */
    private Approval rest(Approval running, Decision decision, Progress progress, int tries) {
        Instant now = clock.instant();
        Instant last = running.expiresAt().minus(FIRST_PAUSE);
        if (progress.pending().isEmpty() || !now.isBefore(last)) {
            return finish(running, decision, progress);
        }
        Instant again = now.plus(pause(tries));
        Stage.Retrying retrying =
                new Stage.Retrying(decision, progress.whole(), tries, again.isAfter(last) ? last : again);
        return write(
                running,
                decider.move(running, retrying, Person.BOT, Act.RETRYING, Progress.inWords(retrying.results()), now));
    }

    /** 5 s, 10 s, 20 s … up to 5 min. */
    private static Duration pause(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private Approval finish(Approval from, Decision decision, Progress progress) {
        List<StepResult> results = progress.whole();
        Instant now = clock.instant();
        boolean worthWatching = from.plan().target() instanceof Address
                && from.plan().steps().stream().anyMatch(step -> step.origin() != Plan.Origin.NO_BAN)
                && results.stream().anyMatch(result -> result.outcome().isGood());
        Stage.Done done = new Stage.Done(
                decision,
                now,
                results,
                worthWatching ? new Aftermath.Watching(now.plus(watchFor)) : new Aftermath.NotWatched());
        return write(from, decider.move(from, done, Person.BOT, Act.FINISHED, Progress.inWords(results), now));
    }

    /** Writes a move of the bot's own; if somebody was first, theirs is what counts. */
    Approval write(Approval from, Move move) {
        return switch (store.move(from, move.next(), move.entry())) {
            case ApprovalStore.Moving.Moved(var approval) -> approval;
            case ApprovalStore.Moving.Overtaken(var current) -> current;
        };
    }
}
