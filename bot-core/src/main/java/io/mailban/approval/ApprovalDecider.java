package io.mailban.approval;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.access.Verdict;
import io.mailban.approval.Stage.Decision;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides on requests: pure, so that every sequence of people and clocks can be tried. Thread-safe.
 *
 * @param policy who may
 * @param quorum how many it takes
 * @param expiresAfter how long a request waits for a decision
 */
public record ApprovalDecider(AccessPolicy policy, Quorum quorum, Duration expiresAfter) {
    /** With the usual quorum. */
    public ApprovalDecider(AccessPolicy policy, Duration expiresAfter) {
        this(policy, Quorum.DEFAULT, expiresAfter);
    }

    /** A step of a request's life and the audit entry that belongs to it; written together or not at all. */
    public record Move(Approval next, AuditEntry entry) {}

    /** What came of asking. */
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
        /** It counts: to be written. The request may still wait for others. */
        record Counted(Move move) implements Voting {}

        /** This person may not decide. */
        record NotAllowed(Verdict.Refused refusal) implements Voting {}

        /** This person, by this account or another of theirs, said yes before; somebody else has to. */
        record CountedBefore(Approval approval) implements Voting {}

        /** It is their own request, and somebody else has to approve it. */
        record OwnRequest(Approval approval) implements Voting {}

        /** The request is past deciding; its stage says who did, or what did. */
        record TooLate(Approval approval) implements Voting {}
    }

    /** What came of taking a request back. */
    public sealed interface Withdrawing {
        /** It is: to be written. */
        record Withdrawn(Move move) implements Withdrawing {}

        /** It is somebody else's. */
        record NotYours(Approval approval) implements Withdrawing {}

        /** The request is past that; its stage says why. */
        record TooLate(Approval approval) implements Withdrawing {}
    }

    /** Whether an approved request may be run. */
    public sealed interface Rights {
        /** All is well. */
        record Held() implements Rights {}

        /** Somebody's right is gone: it is over. */
        record Lost(Verdict.Refused right) implements Rights {}

        /** Nobody can say just now whether somebody still has a right: it waits, and is asked again. */
        record Untold(Verdict.Refused right) implements Rights {}
    }

    /** Opens a request. Where it takes several, an approver's own request is their yes. */
    public Requesting request(
            ApprovalId id, Plan plan, Person requester, String reason, DeviceState device, Instant now) {
        if (policy.decide(requester, Role.REQUESTER) instanceof Verdict.Refused refusal) {
            return new Requesting.NotAllowed(refusal);
        }
        int needed = quorum.of(Tier.of(plan));
        List<Signature> own =
                needed > 1 && may(requester, Role.APPROVER) ? List.of(new Signature(requester, now)) : List.of();
        Approval fresh = new Approval(
                id,
                plan,
                requester,
                reason,
                device,
                now,
                now.plus(expiresAfter),
                Optional.empty(),
                new Consent(needed, own),
                List.of(),
                new Stage.Requested(),
                1);
        return new Requesting.Opened(new Move(fresh, entry(fresh, requester, Act.REQUESTED, reason, plan.kind(), now)));
    }

    /**
     * Asks anew for what an approved request turned out to be. Nobody's yes to the old one counts for it, the requester's
     * neither: they have not seen this plan.
     */
    public Move again(ApprovalId id, Plan plan, Approval old, Instant now) {
        Approval fresh = new Approval(
                id,
                plan,
                old.requester(),
                old.reason(),
                old.device(),
                now,
                now.plus(expiresAfter),
                Optional.of(old.id()),
                new Consent(quorum.of(Tier.of(plan)), List.of()),
                List.of(),
                new Stage.Requested(),
                1);
        return new Move(
                fresh,
                entry(
                        fresh,
                        Person.BOT,
                        Act.REQUESTED,
                        old.reason(),
                        plan.kind() + ", in the place of request " + old.id(),
                        now));
    }

    /** Lifts without asking: approved as it is opened, and marked. */
    public Requesting emergency(
            ApprovalId id, Plan plan, Person by, String reason, Optional<ApprovalId> follows, Instant now) {
        if (policy.decide(by, Role.APPROVER) instanceof Verdict.Refused refusal) {
            return new Requesting.NotAllowed(refusal);
        }
        Approval fresh = new Approval(
                id,
                plan,
                by,
                reason,
                DeviceState.UNKNOWN,
                now,
                now.plus(expiresAfter),
                follows,
                new Consent(1, List.of(new Signature(by, now))),
                List.of(),
                new Stage.Approved(new Decision(by, now, Decision.Kind.EMERGENCY)),
                1);
        return new Requesting.Opened(
                new Move(fresh, entry(fresh, by, Act.EMERGENCY, reason, plan.kind() + ", without approval", now)));
    }

    /** Adds one who asks for the same; empty where they are in it already. */
    public Optional<Move> join(Approval approval, Person who, Instant now) {
        boolean there = Stream.concat(
                        Stream.of(approval.requester()),
                        approval.joiners().stream().map(Signature::by))
                .anyMatch(who::is);
        if (there || approval.stage().life() == Stage.Life.OVER) {
            return Optional.empty();
        }
        Approval next = approval.joinedBy(new Signature(who, now));
        return Optional.of(new Move(next, entry(next, who, Act.JOINED, "", "", now)));
    }

    /** Counts a vote on a request as it stands. */
    public Voting vote(Approval approval, Person by, Vote vote, Instant now) {
        if (policy.decide(by, Role.APPROVER) instanceof Verdict.Refused refusal) {
            return new Voting.NotAllowed(refusal);
        }
        if (!(approval.stage() instanceof Stage.Requested) || !now.isBefore(approval.expiresAt())) {
            return new Voting.TooLate(approval);
        }
        boolean own = policy.areOne(by, approval.requester());
        return switch (vote) {
            case Vote.Deny(var why) -> {
                Decision decision = new Decision(by, now, own ? Decision.Kind.SELF_APPROVED : Decision.Kind.BY_ANOTHER);
                Approval denied = approval.movedTo(new Stage.Denied(decision, why));
                yield new Voting.Counted(new Move(denied, entry(denied, by, Act.DENIED, why, "", now)));
            }
            case Vote.Approve _ when own && !mayCountOwn(approval) -> new Voting.OwnRequest(approval);
            case Vote.Approve _ -> approve(approval, by, now);
        };
    }

    private Voting approve(Approval approval, Person by, Instant now) {
        List<Signature> votes = new ArrayList<>(standing(approval));
        if (votes.stream().anyMatch(vote -> policy.areOne(vote.by(), by))) {
            return new Voting.CountedBefore(approval);
        }
        votes.add(new Signature(by, now));
        int needed = approval.consent().needed();
        boolean alone = votes.stream().allMatch(vote -> policy.areOne(vote.by(), approval.requester()));
        Stage next = votes.size() < needed
                ? approval.stage()
                : new Stage.Approved(
                        new Decision(by, now, alone ? Decision.Kind.SELF_APPROVED : Decision.Kind.BY_ANOTHER));
        Approval voted = approval.votedOn(votes, next);
        String details = needed > 1 ? votes.size() + " of " + needed : alone ? "self-approved" : "";
        return new Voting.Counted(new Move(voted, entry(voted, by, Act.APPROVED, "", details, now)));
    }

    /** Alone, as the configuration allows and for a single address; among several always. */
    private boolean mayCountOwn(Approval approval) {
        return approval.consent().needed() > 1
                || switch (policy.selfApproval()) {
                    case SelfApproval.REFUSED -> false;
                    case SelfApproval.SINGLE_ADDRESS -> Tier.of(approval.plan()) == Tier.SINGLE;
                };
    }

    /** The votes of those who still may, as far as can be told: before anything is run, it is asked again. */
    private List<Signature> standing(Approval approval) {
        return approval.consent().votes().stream()
                .filter(vote -> refusal(vote.by())
                        .filter(refusal -> !refusal.isPassing())
                        .isEmpty())
                .toList();
    }

    /** Takes a request back. */
    public Withdrawing withdraw(Approval approval, Person by, Instant now) {
        if (!policy.areOne(by, approval.requester())) {
            return new Withdrawing.NotYours(approval);
        }
        if (!(approval.stage() instanceof Stage.Requested) || !now.isBefore(approval.expiresAt())) {
            return new Withdrawing.TooLate(approval);
        }
        return new Withdrawing.Withdrawn(move(approval, new Stage.Withdrawn(by, now), by, Act.WITHDRAWN, "", now));
    }

    /** Whether those whose rights an approved request took still hold them, so that it may be run. */
    public Rights rights(Approval approval, Decision decision) {
        List<Verdict.Refused> refusals =
                new ArrayList<>(asker(approval, decision).stream().toList());
        List<Verdict.Refused> votes = approval.consent().votes().stream()
                .flatMap(vote -> refusal(vote.by()).stream())
                .toList();
        int enough = approval.consent().needed();
        if (approval.consent().votes().size() - votes.size() < enough) {
            long possible = approval.consent().votes().size()
                    - votes.stream().filter(refusal -> !refusal.isPassing()).count();
            votes.stream()
                    .filter(refusal -> refusal.isPassing() == (possible >= enough))
                    .findFirst()
                    .ifPresent(refusals::add);
        }
        return refusals.stream()
                .filter(refusal -> !refusal.isPassing())
                .findFirst()
                .<Rights>map(Rights.Lost::new)
                .or(() -> refusals.stream().findFirst().map(Rights.Untold::new))
                .orElseGet(Rights.Held::new);
    }

    /** An emergency takes an approver alone, and so does what is asked in the place of one. */
    private Optional<Verdict.Refused> asker(Approval approval, Decision decision) {
        if (decision.kind() == Decision.Kind.EMERGENCY
                || !(policy.decide(approval.requester(), Role.REQUESTER) instanceof Verdict.Refused asRequester)) {
            return Optional.empty();
        }
        return approval.follows().isEmpty()
                ? Optional.of(asRequester)
                : refusal(approval.requester()).map(asApprover -> asApprover.isPassing() ? asApprover : asRequester);
    }

    private Optional<Verdict.Refused> refusal(Person voter) {
        return policy.decide(voter, Role.APPROVER) instanceof Verdict.Refused refusal
                ? Optional.of(refusal)
                : Optional.empty();
    }

    /** Ends a request that nobody decided in time, or that was not begun in time; empty where it is not so. */
    public Optional<Move> expire(Approval approval, Instant now) {
        if (now.isBefore(approval.expiresAt())) {
            return Optional.empty();
        }
        return switch (approval.stage()) {
            case Stage.Requested _ ->
                Optional.of(
                        move(approval, new Stage.Expired(now), Person.BOT, Act.EXPIRED, "nobody decided in time", now));
            case Stage.Approved _ ->
                Optional.of(move(
                        approval,
                        new Stage.Expired(now),
                        Person.BOT,
                        Act.EXPIRED,
                        "approved, and not begun in time",
                        now));
            case Stage.Running _,
                    Stage.Retrying _,
                    Stage.Done _,
                    Stage.Denied _,
                    Stage.Expired _,
                    Stage.Withdrawn _,
                    Stage.Overtaken _,
                    Stage.Replaced _,
                    Stage.Revoked _ -> Optional.empty();
        };
    }

    /** Any other step, made by {@code who}; {@code result} is what came of it, in the bot's words. */
    public Move move(Approval from, Stage to, Person who, Act act, String result, Instant now) {
        Approval next = from.movedTo(to);
        return new Move(next, entry(next, who, act, "", result, now));
    }

    private boolean may(Person person, Role role) {
        return policy.decide(person, role) instanceof Verdict.Allowed;
    }

    private static AuditEntry entry(Approval approval, Person who, Act act, String reason, String result, Instant now) {
        return new AuditEntry(
                now,
                who,
                act,
                approval.plan().target().text(),
                Optional.of(approval.id().value()),
                approval.plan().steps().stream()
                        .map(step -> new AuditEntry.Where(step.server(), step.jail()))
                        .toList(),
                reason,
                result);
    }
}
