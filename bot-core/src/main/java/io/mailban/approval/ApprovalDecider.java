package io.mailban.approval;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.access.Verdict;
import io.mailban.approval.Stage.Decision;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Decides on requests: pure, so that every sequence of people and clocks can be tried. Thread-safe.
 *
 * @param policy who may
 * @param expiresAfter how long a request waits for a decision
 */
public record ApprovalDecider(AccessPolicy policy, Duration expiresAfter) {

    /** A step of a request's life and the audit entry that belongs to it; written together or not at all. */
    public record Move(Approval next, AuditEntry entry) {}

    /** What came of asking for an unban. */
    public sealed interface Requesting {
        /** To be claimed in the store. */
        record Opened(Move move) implements Requesting {}

        /** This person may not ask. */
        record NotAllowed(Verdict.Refused refusal) implements Requesting {}
    }

    /** A person's answer to a request. */
    public sealed interface Vote {
        /** Yes. */
        record Approve() implements Vote {}

        /** No, and why. */
        record Deny(String why) implements Vote {}
    }

    /** What a vote does. */
    public sealed interface Voting {
        /** It counts: to be written. */
        record Counted(Move move) implements Voting {}

        /** This person may not decide. */
        record NotAllowed(Verdict.Refused refusal) implements Voting {}

        /** It is their own request, and somebody else has to approve it. */
        record OwnRequest(Approval approval) implements Voting {}

        /** The request is past deciding; its stage says who did, or what did. */
        record TooLate(Approval approval) implements Voting {}
    }

    /** Opens a request. */
    public Requesting request(
            ApprovalId id, Plan plan, Person requester, String reason, DeviceState device, Instant now) {
        if (policy.decide(requester, Role.REQUESTER) instanceof Verdict.Refused refusal) {
            return new Requesting.NotAllowed(refusal);
        }
        Approval fresh = new Approval(
                id, plan, requester, reason, device, now, now.plus(expiresAfter), new Stage.Requested(), 1);
        return new Requesting.Opened(new Move(fresh, entry(fresh, requester, Act.REQUESTED, reason, now)));
    }

    /** Counts a vote on a request as it stands. */
    public Voting vote(Approval approval, Person by, Vote vote, Instant now) {
        if (policy.decide(by, Role.APPROVER) instanceof Verdict.Refused refusal) {
            return new Voting.NotAllowed(refusal);
        }
        if (!(approval.stage() instanceof Stage.Requested) || !now.isBefore(approval.expiresAt())) {
            return new Voting.TooLate(approval);
        }
        boolean own = by.is(approval.requester());
        Decision decision = new Decision(by, now, own ? Decision.Kind.SELF_APPROVED : Decision.Kind.BY_ANOTHER);
        return switch (vote) {
            case Vote.Deny(var why) ->
                new Voting.Counted(move(approval, new Stage.Denied(decision, why), by, Act.DENIED, why, now));
            case Vote.Approve _ when own && !mayApproveOwn(approval.plan()) -> new Voting.OwnRequest(approval);
            case Vote.Approve _ ->
                new Voting.Counted(move(
                        approval, new Stage.Approved(decision), by, Act.APPROVED, own ? "self-approved" : "", now));
        };
    }

    /** Ends a request that nobody decided in time; empty where it is not so. */
    public Optional<Move> expire(Approval approval, Instant now) {
        return approval.stage() instanceof Stage.Requested && !now.isBefore(approval.expiresAt())
                ? Optional.of(
                        move(approval, new Stage.Expired(now), Person.BOT, Act.EXPIRED, "nobody decided in time", now))
                : Optional.empty();
    }

    /** Any other step, made by {@code who}. */
    public Move move(Approval from, Stage to, Person who, Act act, String words, Instant now) {
        Approval next = from.movedTo(to);
        return new Move(next, entry(next, who, act, words, now));
    }

    private boolean mayApproveOwn(Plan plan) {
        return switch (policy.selfApproval()) {
            case SelfApproval.REFUSED -> false;
            case SelfApproval.SINGLE_ADDRESS ->
                plan instanceof UnbanPlan
                        && plan.target() instanceof Address
                        && plan.steps().stream().noneMatch(step -> step.jail().equals(Jail.RECIDIVE));
        };
    }

    /** What a person says is a reason, what the bot says is a result; so is that an approval was one's own. */
    private static AuditEntry entry(Approval approval, Person who, Act act, String words, Instant now) {
        boolean reason = !who.is(Person.BOT) && act != Act.APPROVED;
        return new AuditEntry(
                now,
                who,
                act,
                approval.plan().target().text(),
                Optional.of(approval.id().value()),
                approval.plan().steps().stream()
                        .map(step -> new AuditEntry.Where(step.server(), step.jail()))
                        .toList(),
                reason ? words : "",
                reason ? approval.plan().kind() : words);
    }
}
