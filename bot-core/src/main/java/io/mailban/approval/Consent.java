package io.mailban.approval;

import java.util.List;

/**
 * How far a request is agreed to. It counts for the one plan of that request and is never carried over to another.
 *
 * @param needed how many people have to say yes; fixed when the request was opened
 * @param votes who did, in order, no person twice
 */
public record Consent(int needed, List<Signature> votes) {
    /** Copies the list. */
    public Consent {
        votes = List.copyOf(votes);
        if (needed < 1) {
            throw new IllegalArgumentException("a plan that needs " + needed + " approvals would carry itself out");
        }
    }

    /** How many are missing. */
    public int missing() {
        return Math.max(0, needed - votes.size());
    }
}
