package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalDecider.Move;
import io.mailban.approval.ApprovalDecider.Requesting;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalDecider.Withdrawing;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.DeviceState;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.approval.UnbanPlan;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Lifter;
import io.mailban.mailserver.MailServers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Plans unbans, has them approved, carries them out and checks them. Every step is on disk before the next begins, so
 * that whoever opens the store after a crash goes on where it was. Thread-safe.
 */
public final class Unbans {
    private final Planner planner;
    private final Execution execution;
    private final ApprovalStore store;
    private final ApprovalDecider decider;
    private final Supplier<ApprovalId> ids;
    private final InstantSource clock;

    /**
     * Works on these.
     *
     * @param ids new request ids, none twice
     * @param watchFor how long to look for the client after a lift
     */
    public Unbans(
            MailServers servers,
            Lifter lifter,
            Origins origins,
            Exemptions exemptions,
            ApprovalStore store,
            ApprovalDecider decider,
            Supplier<ApprovalId> ids,
            Restraint restraint,
            Duration watchFor,
            Pauses pauses,
            InstantSource clock) {
        Absence absence = origins.absence(pauses);
        this.planner = new Planner(servers, origins, absence);
        this.store = store;
        this.decider = decider;
        this.ids = ids;
        this.clock = clock;
        this.execution = new Execution(
                planner,
                new StepRunner(lifter, planner, absence, exemptions),
                store,
                decider,
                ids,
                restraint,
                watchFor,
                pauses,
                clock);
    }

    /** What there is to lift. */
    public sealed interface Planning {
        /** Something; {@code silent} could not be asked and are no part of the plan. */
        record Planned(UnbanPlan plan, List<BanListing> silent) implements Planning {
            /** Copies the list. */
            public Planned {
                silent = List.copyOf(silent);
            }
        }

        /** Nothing: no jail holds it. {@code around} are bans on networks that cover it, or on addresses inside it. */
        record NothingToLift(BannedId target, List<Ban> around, List<BanListing> silent) implements Planning {
            /** Copies the lists. */
            public NothingToLift {
                around = List.copyOf(around);
                silent = List.copyOf(silent);
            }
        }
    }

    /** What came of a request. */
    public sealed interface Requested {
        /** It waits for an approver, or is to be carried out at once. */
        record Opened(Approval approval) implements Requested {}

        /** The same plan was asked for already; that request counts for both. */
        record Joined(Approval approval) implements Requested {}

        /** This person may not ask. */
        record NotAllowed(Requesting.NotAllowed refusal) implements Requested {}

        /** Not now, whoever asks or for this person. */
        record Held(Restraint.Holding.Held why) implements Requested {}
    }

    /** What came of a vote. */
    public sealed interface Voted {
        /** It counted; a request that is approved by it is now to be carried out. */
        record Counted(Approval approval) implements Voted {}

        /** It did not; the reason says why. */
        record NotCounted(ApprovalDecider.Voting why) implements Voted {}

        /** There is no such request. */
        record NoSuchRequest(ApprovalId id) implements Voted {}

        /** Not now, whoever votes or for this person. */
        record Held(Restraint.Holding.Held why) implements Voted {}
    }

    /** What came of taking a request back. */
    public sealed interface TakenBack {
        /** It is withdrawn. */
        record Done(Approval approval) implements TakenBack {}

        /** It is not; the reason says why. */
        record NotDone(Withdrawing why) implements TakenBack {}

        /** There is no such request. */
        record NoSuchRequest(ApprovalId id) implements TakenBack {}
    }

    /** Reads which jails hold the target now, on one server or on all. */
    public Planning plan(BannedId target, Optional<ServerName> server) {
        return planner.plan(target, server);
    }

    /** Asks for approval. */
    public Requested request(Plan plan, Person requester, String reason, DeviceState device) {
        return switch (decider.request(ids.get(), plan, requester, reason, device, clock.instant())) {
            case Requesting.NotAllowed refused -> new Requested.NotAllowed(refused);
            case Requesting.Opened(var move) -> claim(move, existing -> join(existing, requester));
        };
    }

    /**
     * Lifts without approval; whatever waits for the same plan is ended by it. What is being carried out already is joined,
     * since nothing is quicker.
     */
    public Requested emergency(Plan plan, Person by, String reason) {
        return switch (decider.emergency(ids.get(), plan, by, reason, Optional.empty(), clock.instant())) {
            case Requesting.NotAllowed refused -> new Requested.NotAllowed(refused);
            case Requesting.Opened(var move) ->
                claim(
                        move,
                        existing -> existing.stage() instanceof Stage.Requested
                                ? overrule(existing, plan, by, reason)
                                : join(existing, by));
        };
    }

    /** Opens the request, unless one for the same plan is under way; then {@code otherwise} says what to do, until it does. */
    private Requested claim(Move opening, Function<Approval, Optional<Requested>> otherwise) {
        while (true) {
            switch (store.claim(opening.next(), opening.entry())) {
                case ApprovalStore.Claiming.Claimed(var approval) -> {
                    return new Requested.Opened(approval);
                }
                case ApprovalStore.Claiming.AlreadyOpen(var existing) -> {
                    Approval now = settle(existing);
                    Optional<Requested> done =
                            now.stage().life() == Stage.Life.OVER ? Optional.empty() : otherwise.apply(now);
                    if (done.isPresent()) {
                        return done.get();
                    }
                }
            }
        }
    }

    /** Empty where somebody was first. */
    private Optional<Requested> join(Approval existing, Person who) {
        Optional<Move> joining = decider.join(existing, who, clock.instant());
        if (joining.isEmpty()) {
            return Optional.of(new Requested.Joined(existing));
        }
        return switch (store.move(existing, joining.get().next(), joining.get().entry())) {
            case ApprovalStore.Moving.Moved(var joined) -> Optional.of(new Requested.Joined(joined));
            case ApprovalStore.Moving.Overtaken _ -> Optional.empty();
        };
    }

    /** Empty where somebody was first. */
    private Optional<Requested> overrule(Approval waiting, Plan plan, Person by, String reason) {
        Instant now = clock.instant();
        if (!(decider.emergency(ids.get(), plan, by, reason, Optional.of(waiting.id()), now)
                instanceof Requesting.Opened(var fresh))) {
            return Optional.empty();
        }
        Move over = decider.move(
                waiting,
                new Stage.Replaced(
                        now, Stage.Replaced.Why.EMERGENCY, fresh.next().id(), List.of()),
                by,
                Act.REPLACED,
                "by request " + fresh.next().id() + ", without approval",
                now);
        return switch (store.replace(waiting, over.next(), over.entry(), fresh.next(), fresh.entry())) {
            case ApprovalStore.Replacing.Replaced both -> Optional.of(new Requested.Opened(both.fresh()));
            case ApprovalStore.Replacing.Overtaken _, ApprovalStore.Replacing.AlreadyOpen _ -> Optional.empty();
        };
    }

    /**
     * Ends what only looks open: a request whose time is over, or one that was carried out and is still watched, while
     * the ban that it lifted was just seen standing again.
     */
    private Approval settle(Approval existing) {
        if (existing.stage() instanceof Stage.Done done && existing.plan() instanceof UnbanPlan) {
            Plan.Step step = existing.plan().steps().getFirst();
            Instant now = clock.instant();
            Stage.Done after = new Stage.Done(
                    done.decision(),
                    done.at(),
                    done.results(),
                    new Aftermath.BannedAgain(now, step.server(), step.jail()));
            return write(existing, decider.move(existing, after, Person.BOT, Act.WATCHED, "the ban stands again", now));
        }
        return expireIfDue(existing);
    }

    /** Counts a vote. */
    public Voted vote(ApprovalId id, Person by, Vote vote) {
        Optional<Approval> found = store.find(id);
        if (found.isEmpty()) {
            return new Voted.NoSuchRequest(id);
        }
        Approval current = expireIfDue(found.get());
        while (true) {
            ApprovalDecider.Voting voting = decider.vote(current, by, vote, clock.instant());
            if (!(voting instanceof ApprovalDecider.Voting.Counted(var move))) {
                return new Voted.NotCounted(voting);
            }
            switch (store.move(current, move.next(), move.entry())) {
                case ApprovalStore.Moving.Moved(var approval) -> {
                    return new Voted.Counted(approval);
                }
                case ApprovalStore.Moving.Overtaken(var other) -> current = other;
            }
        }
    }

    /** Takes a request back. */
    public TakenBack withdraw(ApprovalId id, Person by) {
        Optional<Approval> found = store.find(id);
        if (found.isEmpty()) {
            return new TakenBack.NoSuchRequest(id);
        }
        Approval current = expireIfDue(found.get());
        while (true) {
            Withdrawing withdrawing = decider.withdraw(current, by, clock.instant());
            if (!(withdrawing instanceof Withdrawing.Withdrawn(var move))) {
                return new TakenBack.NotDone(withdrawing);
            }
            switch (store.move(current, move.next(), move.entry())) {
                case ApprovalStore.Moving.Moved(var approval) -> {
                    return new TakenBack.Done(approval);
                }
                case ApprovalStore.Moving.Overtaken(var other) -> current = other;
            }
        }
    }

    /** Ends the request if nobody decided in time; the request as it is now. */
    public Approval expireIfDue(Approval approval) {
        return decider.expire(approval, clock.instant())
                .map(move -> write(approval, move))
                .orElse(approval);
    }

    /** Ends a request that waits for what came about by itself: its bans are gone. The request as it is now. */
    public Approval endIfGone(Approval approval) throws InterruptedException {
        return approval.stage() instanceof Stage.Requested
                        && approval.plan() instanceof UnbanPlan plan
                        && planner.isGoneForGood(plan, planner.listings(plan.steps(), plan.target()))
                ? execution.overtaken(approval)
                : approval;
    }

    /**
     * Carries out what was approved, from wherever it stopped, as far as that is possible now: what comes back may have to
     * be tried again. A request at any other stage comes back as it is.
     */
    public Approval carryOut(Approval approval) throws InterruptedException {
        return execution.carryOut(approval);
    }

    /** Writes a move of the bot's own; if somebody was first, theirs is what counts. */
    Approval write(Approval from, Move move) {
        return execution.write(from, move);
    }
}
