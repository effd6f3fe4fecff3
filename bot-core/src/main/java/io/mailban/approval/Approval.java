package io.mailban.approval;

import io.mailban.access.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request to carry out a plan, wherever in its life it is. Immutable; every change is a new one with the next version.
 *
 * @param reason the requester's words, shown to the approver; not trusted
 * @param expiresAt when an undecided request ends, and what is not carried out by then never is
 * @param follows the request in whose place this one was opened
 * @param joiners who asked for the same later; they are told what comes of it, and have no vote by that
 * @param version 1 when opened, then one more with each change; the store compares it
 */
public record Approval(
        ApprovalId id,
        Plan plan,
        Person requester,
        String reason,
        DeviceState device,
        Instant requestedAt,
        Instant expiresAt,
        Optional<ApprovalId> follows,
        Consent consent,
        List<Signature> joiners,
        Stage stage,
        long version) {
    /** Copies the list. */
    public Approval {
        joiners = List.copyOf(joiners);
    }

    /**
     * How far its life has come, as people are told of it: grows with each thing worth telling. One more who asks for the
     * same, the begin of a run, and another try after the first are none.
     */
    public int chapter() {
        int approved = consent.needed();
        return switch (stage) {
            case Stage.Requested _ -> Math.min(consent.votes().size(), approved - 1);
            case Stage.Approved _, Stage.Running _ -> approved;
            case Stage.Retrying _ -> approved + 1;
            case Stage.Done done -> done.life() == Stage.Life.OVER ? approved + 3 : approved + 2;
            case Stage.Denied _,
                    Stage.Expired _,
                    Stage.Withdrawn _,
                    Stage.Overtaken _,
                    Stage.Replaced _,
                    Stage.Revoked _ -> approved + 3;
        };
    }

    /** The same request, moved on to another stage. */
    public Approval movedTo(Stage next) {
        return changed(consent, joiners, next);
    }

    /** The same request with another state of its votes, moved on to another stage or not. */
    public Approval votedOn(List<Signature> votes, Stage next) {
        return changed(new Consent(consent.needed(), votes), joiners, next);
    }

    /** The same request, with one more who asked for it. */
    public Approval joinedBy(Signature joiner) {
        List<Signature> more = new ArrayList<>(joiners);
        more.add(joiner);
        return changed(consent, more, stage);
    }

    private Approval changed(Consent agreed, List<Signature> joined, Stage next) {
        return new Approval(
                id,
                plan,
                requester,
                reason,
                device,
                requestedAt,
                expiresAt,
                follows,
                agreed,
                joined,
                next,
                version + 1);
    }

    /**
     * Refuses what must never be written over this request, whoever is first: another request, a skipped version, a
     * change of anything but the stage, the votes while it waits, and one more joiner; and any change of one that is over.
     *
     * @throws IllegalArgumentException always a bug in the caller
     */
    public void requireSuccessor(Approval next) {
        boolean same = next.equals(changed(next.consent, next.joiners, next.stage))
                && next.consent.needed() == consent.needed()
                && (stage instanceof Stage.Requested || next.consent.equals(consent))
                && next.joiners.size() <= joiners.size() + 1
                && next.joiners
                        .subList(0, Math.min(joiners.size(), next.joiners.size()))
                        .equals(joiners);
        if (!same) {
            throw new IllegalArgumentException("request " + id + ", version " + version + ", can't become " + next
                    + ": only its stage, its votes and its joiners may change");
        }
        if (stage.life() == Stage.Life.OVER) {
            throw new IllegalArgumentException("request " + id + " is over, nothing more happens to it: " + stage);
        }
    }
}
