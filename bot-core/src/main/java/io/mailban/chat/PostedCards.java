package io.mailban.chat;

import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import java.time.Instant;
import java.util.List;

/**
 * Remembers which messages show a request, and which state of it, so that every copy can be edited as it moves on, after a
 * restart too. Thread-safe; what it was told is on disk when the call returns.
 */
public interface PostedCards {
    /** Remembers that this message shows the request; a second time changes nothing. */
    void add(ApprovalId id, MessageRef message, Shown shown);

    /** Remembers what a message shows by now; never what is older than that, and nothing of one that was not added. */
    void shown(ApprovalId id, MessageRef message, Shown shown);

    /** Every message that shows the request, in the order in which they were added. */
    List<Copy> copies(ApprovalId id);

    /** Requests opened since then that have moved on from what some copy shows, oldest first, those of one instant by id. */
    List<ApprovalId> behind(Instant since);

    /** A message, and what it shows. */
    record Copy(MessageRef message, Shown shown) {}

    /**
     * A state of a request.
     *
     * @param version the request's; 0 where nobody wrote down what was shown
     * @param chapter of the request's life, the last that was told beside the card
     */
    record Shown(long version, int chapter) {
        /** The request as it is here. */
        public static Shown of(Approval approval) {
            return new Shown(approval.version(), approval.chapter());
        }
    }
}
