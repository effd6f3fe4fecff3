package io.mailban.deploy.shell;

import io.mailban.access.Role;
import io.mailban.access.Verdict;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalDecider.Voting;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.Consent;
import io.mailban.approval.DeviceState;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.ban.BannedId;
import io.mailban.ban.ServerName;
import io.mailban.bot.Restraint;
import io.mailban.bot.RestraintTalk;
import io.mailban.bot.Unbans.Planning;
import io.mailban.bot.Unbans.Requested;
import io.mailban.bot.Unbans.TakenBack;
import io.mailban.bot.Unbans.Voted;
import io.mailban.chat.Command;
import io.mailban.chat.Place;
import io.mailban.reply.ReplyWriter;
import io.mailban.terminal.TerminalChat;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Asks for an unban, approves and denies it, and waits for what comes of it. */
record Unbanning(Desk desk, Caller caller, Errand errand, Answers answers) {
    /** Nobody reads what the bot whispers here: the command prints its own answer. */
    private static final Place SHELL = new Place(TerminalChat.PLATFORM, "shell");

    /** Servers have deadlines of their own; past this, whoever carries it out has gone. */
    private static final Duration LONGEST_LIFT = Duration.ofMinutes(5);

    private static final Duration PACE = Duration.ofMillis(50);

    Exit ask(Command.Unban asked) throws InterruptedException {
        return planned(asked.target(), asked.server(), plan -> {
            Optional<String> reason = asked.reason()
                    .or(() -> answers.ask("Why should it be lifted? "))
                    .filter(text -> !text.isBlank());
            return reason.isPresent()
                    ? open(plan, reason.get())
                    : answers.misuse("a reason is missing: mailban unban "
                            + plan.target().text() + " new password on the laptop");
        });
    }

    /** Lifts without approval. */
    Exit emergency(Command.Emergency asked) throws InterruptedException {
        return planned(asked.target(), asked.server(), plan -> {
            Requested requested = desk.requests().emergency(plan, caller.person(), asked.reason(), TerminalChat.ROOM);
            return switch (requested) {
                case Requested.NotAllowed(var refused) -> answers.refused(refused.refusal());
                case Requested.Held(var held) -> held(held);
                case Requested.Opened(var approval) -> finish(awaited(approval));
                case Requested.Joined(var approval) -> {
                    answers.meanwhile(ReplyWriter.joined(approval, caller.person()));
                    yield finish(awaited(approval));
                }
            };
        });
    }

    /** What is done with a plan. */
    private interface Deed {
        Exit with(Plan plan) throws InterruptedException;
    }

    private Exit planned(BannedId target, Optional<ServerName> server, Deed deed) throws InterruptedException {
        return switch (desk.unbans().plan(target, server)) {
            case Planning.NothingToLift nothing ->
                answers.give(
                        ReplyWriter.nothingToLift(nothing.target(), nothing.around(), nothing.silent()),
                        () -> RequestJson.nothingToLift(nothing),
                        !nothing.around().isEmpty()
                                ? Exit.KEPT_OUT
                                : nothing.silent().isEmpty() ? Exit.FINE : Exit.NOT_TOLD);
            case Planning.Planned(var plan, var silent) -> {
                if (!silent.isEmpty()) {
                    answers.meanwhile(ReplyWriter.leftOut(silent));
                }
                yield deed.with(plan);
            }
        };
    }

    Exit open(Plan plan, String reason) throws InterruptedException {
        Requested requested =
                desk.requests().open(plan, caller.person(), reason, DeviceState.UNKNOWN, TerminalChat.ROOM);
        return switch (requested) {
            case Requested.NotAllowed(var refused) -> answers.refused(refused.refusal());
            case Requested.Held(var held) -> held(held);
            case Requested.Opened(var approval) -> {
                answers.meanwhile(ReplyWriter.request(approval));
                yield consider(approval);
            }
            case Requested.Joined(var approval) -> {
                answers.meanwhile(ReplyWriter.joined(approval, caller.person()));
                yield consider(approval);
            }
        };
    }

    /** Approves the caller's own request in the same breath, where they may and say so. */
    private Exit consider(Approval approval) throws InterruptedException {
        // Where it takes several people, the request was the caller's yes.
        boolean mayVote = desk.policy().decide(caller.person(), Role.APPROVER) instanceof Verdict.Allowed
                && approval.stage() instanceof Stage.Requested
                && approval.consent().votes().stream()
                        .noneMatch(vote -> vote.by().is(caller.person()));
        boolean says = switch (errand.consent()) {
            case GIVEN -> mayVote || approval.consent().votes().isEmpty();
            case ASK -> mayVote && answers.isAgreed("Lift it now?");
        };
        return says ? approve(approval.id()) : leave(approval);
    }

    Exit approve(ApprovalId id) throws InterruptedException {
        Voted voted = desk.requests().vote(id, caller.person(), new Vote.Approve(), SHELL);
        return switch (voted) {
            case Voted.Counted(var approval) ->
                approval.stage() instanceof Stage.Requested ? leave(approval) : finish(awaited(approval));
            case Voted.NotCounted(Voting.TooLate(var approval))
            when approval.stage().life() == Stage.Life.MOVING && !(approval.stage() instanceof Stage.Done) ->
                finish(awaited(approval));
            case Voted.NotCounted(var why) -> notCounted(why, id);
            case Voted.NoSuchRequest(var missing) -> noSuchRequest(missing);
            case Voted.Held(var held) -> held(held);
        };
    }

    Exit deny(ApprovalId id, Optional<String> given) {
        Optional<String> why = given.or(() -> answers.ask("Why not? ")).filter(text -> !text.isBlank());
        if (why.isEmpty()) {
            return answers.misuse("a reason is missing: mailban deny " + id + " which laptop?");
        }
        return switch (desk.requests().vote(id, caller.person(), new Vote.Deny(why.get()), SHELL)) {
            case Voted.Counted(var approval) ->
                answers.give(ReplyWriter.request(approval), () -> RequestJson.of(approval), Exit.FINE);
            case Voted.NotCounted(var reason) ->
                answers.give(
                        ReplyWriter.notCounted(reason),
                        () -> RequestJson.notCounted(reason, desk.store().find(id)),
                        Exit.KEPT_OUT);
            case Voted.NoSuchRequest(var missing) -> noSuchRequest(missing);
            case Voted.Held(var held) -> held(held);
        };
    }

    Exit withdraw(ApprovalId id) {
        return switch (desk.requests().withdraw(id, caller.person(), SHELL)) {
            case TakenBack.Done(var approval) ->
                answers.give(ReplyWriter.request(approval), () -> RequestJson.of(approval), Exit.FINE);
            case TakenBack.NotDone(var why) ->
                answers.give(
                        ReplyWriter.notWithdrawn(why),
                        () -> RequestJson.notWithdrawn(why, desk.store().find(id)),
                        Exit.KEPT_OUT);
            case TakenBack.NoSuchRequest(var missing) -> noSuchRequest(missing);
        };
    }

    private Exit held(Restraint.Holding.Held held) {
        return answers.give(RestraintTalk.said(held), () -> RestraintJson.of(held), Exit.KEPT_OUT);
    }

    private Exit notCounted(Voting why, ApprovalId id) {
        Optional<Approval> now = desk.store().find(id);
        return answers.give(
                ReplyWriter.notCounted(why),
                () -> RequestJson.notCounted(why, now),
                now.map(Unbanning::exit).orElse(Exit.KEPT_OUT));
    }

    private Exit noSuchRequest(ApprovalId missing) {
        return answers.give(ReplyWriter.noSuchRequest(missing), () -> RequestJson.noSuchRequest(missing), Exit.MISUSE);
    }

    private Exit finish(Approval approval) {
        return answers.give(ReplyWriter.request(approval), () -> RequestJson.of(approval), exit(approval));
    }

    /** The request's card is there already; what is missing is who goes on, and how. */
    private Exit leave(Approval approval) {
        switch (errand.format()) {
            case TEXT -> caller.err(waitsFor(approval.consent()) + ": mailban approve " + approval.id() + "\n");
            case JSON -> caller.out(RequestJson.of(approval) + "\n");
        }
        return exit(approval);
    }

    private static String waitsFor(Consent consent) {
        return consent.votes().isEmpty() && consent.needed() == 1
                ? "It waits for an approver"
                : "It has " + consent.votes().size() + " of " + consent.needed() + " approvals and waits for "
                        + (consent.missing() == 1 ? "another approver" : consent.missing() + " other approvers");
    }

    /** The request once it has been carried out, and watched where the caller waits for that. */
    private Approval awaited(Approval approval) throws InterruptedException {
        Approval now = approval;
        Instant deadline = desk.clock().instant().plus(LONGEST_LIFT);
        long told = now.version() - 1;
        while (isMoving(now)) {
            if (isAtRest(now) && now.version() != told) {
                answers.meanwhile(ReplyWriter.request(now));
                told = now.version();
            }
            desk.pauses().pause(PACE);
            boolean late = desk.clock().instant().isAfter(deadline);
            now = desk.store().find(approval.id()).orElse(now);
            if (late && !isAtRest(now)) {
                return now;
            }
        }
        if (now.stage() instanceof Stage.Retrying && errand.format() == Errand.Format.TEXT) {
            caller.err("A bot that runs goes on with it; without one: mailban approve " + now.id() + " --wait\n");
        }
        return now;
    }

    private boolean isMoving(Approval approval) {
        return approval.stage().life() == Stage.Life.MOVING
                && switch (errand.patience()) {
                    case UNTIL_LIFTED -> !isAtRest(approval);
                    case UNTIL_SEEN -> true;
                };
    }

    /** Nothing happens for a while: it is watched, or tried again later. */
    private static boolean isAtRest(Approval approval) {
        return approval.stage() instanceof Stage.Done || approval.stage() instanceof Stage.Retrying;
    }

    private static Exit exit(Approval approval) {
        return switch (approval.stage()) {
            case Stage.Requested _,
                    Stage.Denied _,
                    Stage.Expired _,
                    Stage.Withdrawn _,
                    Stage.Replaced _,
                    Stage.Revoked _ -> Exit.KEPT_OUT;
            case Stage.Approved _, Stage.Running _, Stage.Retrying _ -> Exit.NOT_TOLD;
            case Stage.Overtaken _ -> Exit.FINE;
            case Stage.Done done ->
                switch (done.success()) {
                    case PARTLY, NONE -> Exit.KEPT_OUT;
                    case WHOLE -> done.aftermath() instanceof Aftermath.BannedAgain ? Exit.KEPT_OUT : Exit.FINE;
                };
        };
    }
}
