package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalDecider.Move;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.DeviceState;
import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.approval.Stage.StepResult;
import io.mailban.approval.UnbanPlan;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Network;
import io.mailban.ban.OtherId;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Lifting;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Plans unbans, has them approved, carries them out and checks them. Every step is on disk before the next begins, so
 * that whoever opens the store after a crash goes on where it was. Thread-safe.
 */
public final class Unbans {
    private final MailServers servers;
    private final Origins origins;
    private final Exemptions exemptions;
    private final ApprovalStore store;
    private final ApprovalDecider decider;
    private final Supplier<ApprovalId> ids;
    private final Duration watchFor;
    private final InstantSource clock;

    /**
     * Works on these.
     *
     * @param ids new request ids, none twice
     * @param watchFor how long to look for the client after a lift
     */
    public Unbans(
            MailServers servers,
            Origins origins,
            Exemptions exemptions,
            ApprovalStore store,
            ApprovalDecider decider,
            Supplier<ApprovalId> ids,
            Duration watchFor,
            InstantSource clock) {
        this.servers = servers;
        this.origins = origins;
        this.exemptions = exemptions;
        this.store = store;
        this.decider = decider;
        this.ids = ids;
        this.watchFor = watchFor;
        this.clock = clock;
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

        /** Nothing: no jail holds it. {@code around} are bans on networks that cover it, which are others' too. */
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
        /** It waits for an approver. */
        record Opened(Approval approval) implements Requested {}

        /** The same plan was asked for already; that request counts for both. */
        record Joined(Approval approval) implements Requested {}

        /** This person may not ask. */
        record NotAllowed(ApprovalDecider.Requesting.NotAllowed refusal) implements Requested {}

        /** Not now, whoever asks or for this person. */
        record Held(Restraint.Holding.Held why) implements Requested {}
    }

    /** What came of a vote. */
    public sealed interface Voted {
        /** It counted; an approved request is now to be carried out. */
        record Counted(Approval approval) implements Voted {}

        /** It did not; the reason says why. */
        record NotCounted(ApprovalDecider.Voting why) implements Voted {}

        /** There is no such request. */
        record NoSuchRequest(ApprovalId id) implements Voted {}

        /** Not now, whoever votes or for this person. */
        record Held(Restraint.Holding.Held why) implements Voted {}
    }

    /** Reads which jails hold the target now, on one server or on all. */
    public Planning plan(BannedId target, Optional<ServerName> server) {
        Map<ServerName, BanListing> listings =
                Everywhere.ask(server.map(List::of).orElseGet(servers::names), one -> listing(one, target));
        List<Plan.Step> steps = new ArrayList<>();
        List<Ban> around = new ArrayList<>();
        List<BanListing> silent = new ArrayList<>();
        listings.forEach((name, listing) -> {
            switch (listing) {
                case BanListing.Standing(var bans) -> {
                    List<Ban> own =
                            bans.stream().filter(ban -> ban.id().equals(target)).toList();
                    steps.addAll(origins.steps(name, target, own));
                    bans.stream()
                            .filter(ban -> !ban.id().equals(target)
                                    && target instanceof Address address
                                    && ban.id().covers(address))
                            .forEach(around::add);
                }
                case Fail2banSilent _, Unreachable _ -> silent.add(listing);
            }
        });
        return steps.isEmpty()
                ? new Planning.NothingToLift(target, around, silent)
                : new Planning.Planned(new UnbanPlan(target, steps), silent);
    }

    /** Asks for approval. */
    public Requested request(Plan plan, Person requester, String reason, DeviceState device) {
        return switch (decider.request(ids.get(), plan, requester, reason, device, clock.instant())) {
            case ApprovalDecider.Requesting.NotAllowed refused -> new Requested.NotAllowed(refused);
            case ApprovalDecider.Requesting.Opened(var move) -> claim(move);
        };
    }

    /** Opens the request, unless one for the same plan is under way. */
    private Requested claim(Move opening) {
        while (true) {
            switch (store.claim(opening.next(), opening.entry())) {
                case ApprovalStore.Claiming.Claimed(var approval) -> {
                    return new Requested.Opened(approval);
                }
                case ApprovalStore.Claiming.AlreadyOpen(var existing) -> {
                    if (settle(existing).stage().life() != Stage.Life.OVER) {
                        return new Requested.Joined(existing);
                    }
                }
            }
        }
    }

    /**
     * Ends what only looks open: a request whose time is over, or one that was carried out and is still watched, while
     * the ban that it lifted was just seen standing again.
     */
    private Approval settle(Approval existing) {
        if (existing.stage() instanceof Stage.Done done) {
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

    /** Counts a vote; the first that counts decides. */
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

    /** Ends the request if nobody decided in time; the request as it is now. */
    public Approval expireIfDue(Approval approval) {
        return decider.expire(approval, clock.instant())
                .map(move -> write(approval, move))
                .orElse(approval);
    }

    /**
     * Carries out what was approved, from wherever it stopped: lifts each ban of the plan, asks again, and writes down
     * what was seen. A request at any other stage comes back as it is.
     */
    public Approval carryOut(Approval approval) {
        return switch (approval.stage()) {
            case Stage.Approved(var decision) -> {
                if (approval.plan() instanceof UnbanPlan plan && isGone(plan)) {
                    yield write(
                            approval,
                            decider.move(
                                    approval,
                                    new Stage.Overtaken(clock.instant()),
                                    Person.BOT,
                                    Act.OVERTAKEN,
                                    "the ban was gone before anything was run",
                                    clock.instant()));
                }
                Move start = decider.move(
                        approval, new Stage.Running(decision), Person.BOT, Act.STARTED, "", clock.instant());
                yield switch (store.move(approval, start.next(), start.entry())) {
                    case ApprovalStore.Moving.Moved(var running) -> run(running, decision);
                    case ApprovalStore.Moving.Overtaken(var current) -> current;
                };
            }
            case Stage.Running(var decision) -> run(approval, decision);
            case Stage.Requested _, Stage.Done _, Stage.Denied _, Stage.Expired _, Stage.Overtaken _ -> approval;
        };
    }

    private Approval run(Approval running, Stage.Decision decision) {
        List<StepResult> results = running.plan().steps().stream()
                .map(step -> carryOut(running, step))
                .toList();
        Instant now = clock.instant();
        boolean worthWatching = running.plan().target() instanceof Address
                && results.stream().anyMatch(result -> result.outcome().isGood());
        Stage.Done done = new Stage.Done(
                decision,
                now,
                results,
                worthWatching ? new Aftermath.Watching(now.plus(watchFor)) : new Aftermath.NotWatched());
        return write(running, decider.move(running, done, Person.BOT, Act.FINISHED, inWords(results), now));
    }

    private StepResult carryOut(Approval running, Plan.Step step) {
        StepResult lifted = lift(step, running.plan().target());
        return switch (running.plan()) {
            case UnbanPlan _ -> lifted;
            case ExemptPlan plan -> lifted.outcome().isGood() ? exemptions.exempt(running, plan, step) : lifted;
        };
    }

    /** Lifts one ban, and believes only what a second look shows. */
    private StepResult lift(Plan.Step step, BannedId target) {
        Lifting lifting = servers.lift(step.server(), step.jail(), target);
        BanListing after = listing(step.server(), target);
        String words = switch (lifting) {
            case Lifting.Lifted _, Lifting.NotHeld _ -> "";
            case Lifting.NotLifted(var said) -> said;
            case Fail2banSilent silent -> silent.words();
            case Unreachable _ -> "the server could not be reached";
        };
        StepResult.Outcome outcome = switch (after) {
            case BanListing.Standing(var bans)
            when bans.stream()
                    .noneMatch(ban -> ban.jail().equals(step.jail()) && ban.id().equals(target)) ->
                lifting instanceof Lifting.Lifted ? StepResult.Outcome.LIFTED : StepResult.Outcome.ALREADY_GONE;
            case BanListing.Standing _ -> StepResult.Outcome.STILL_BANNED;
            case Fail2banSilent _, Unreachable _ -> StepResult.Outcome.NOT_TOLD;
        };
        return new StepResult(step.server(), step.jail(), outcome, words);
    }

    /** Whether every server of the plan answered, and none holds any of its bans. */
    private boolean isGone(UnbanPlan plan) {
        return plan.steps().stream()
                .allMatch(step -> listing(step.server(), plan.target()) instanceof BanListing.Standing(var bans)
                        && bans.stream()
                                .noneMatch(ban -> ban.jail().equals(step.jail())
                                        && ban.id().equals(plan.target())));
    }

    private BanListing listing(ServerName server, BannedId target) {
        return switch (target) {
            case Address address -> servers.bans(server, address);
            case Network _, OtherId _ -> servers.bans(server);
        };
    }

    /** Writes a move of the bot's own; if somebody was first, theirs is what counts. */
    Approval write(Approval from, Move move) {
        return switch (store.move(from, move.next(), move.entry())) {
            case ApprovalStore.Moving.Moved(var approval) -> approval;
            case ApprovalStore.Moving.Overtaken(var current) -> current;
        };
    }

    private static String inWords(List<StepResult> results) {
        StringBuilder words = new StringBuilder();
        for (StepResult result : results) {
            words.append(words.isEmpty() ? "" : ", ")
                    .append(result.server())
                    .append(": ")
                    .append(result.jail())
                    .append(
                            switch (result.outcome()) {
                                case LIFTED -> " lifted";
                                case ALREADY_GONE -> " was gone already";
                                case STILL_BANNED -> " not lifted";
                                case EXEMPTED -> " leaves it alone";
                                case NOT_EXEMPTED -> " would not leave it alone";
                                case NOT_TOLD -> " not known";
                            })
                    .append(result.words().isEmpty() ? "" : " (" + result.words() + ")");
        }
        return words.toString();
    }
}
