package io.mailban.approval;

import io.mailban.access.Person;
import java.time.Instant;

/**
 * A request to carry out a plan, wherever in its life it is. Immutable; every change is a new one with the next version.
 *
 * @param reason the requester's words, shown to the approver; not trusted
 * @param expiresAt when an undecided request ends
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
        Stage stage,
        long version) {

    /** The same request, moved on to another stage. */
    public Approval movedTo(Stage next) {
        return new Approval(id, plan, requester, reason, device, requestedAt, expiresAt, next, version + 1);
    }

    /**
     * Refuses what must never be written over this request, whoever is first: another request, a skipped version, a
     * change of anything but the stage, and any change of one that is over.
     *
     * @throws IllegalArgumentException always a bug in the caller
     */
    public void requireSuccessor(Approval next) {
        if (!next.equals(movedTo(next.stage))) {
            throw new IllegalArgumentException("request " + id + ", version " + version + ", can't become " + next
                    + ": only its stage may change");
        }
        if (stage.life() == Stage.Life.OVER) {
            throw new IllegalArgumentException("request " + id + " is over, nothing more happens to it: " + stage);
        }
    }
}
