package io.mailban.chat;

import io.mailban.approval.ApprovalId;
import java.util.List;

/**
 * Remembers which messages show a request, so that every copy can be edited as it moves on, after a restart too.
 * Thread-safe; a message is on disk when {@link #add} returns.
 */
public interface PostedCards {
    /** Remembers that this message shows the request; a second time changes nothing. */
    void add(ApprovalId id, MessageRef message);

    /** Every message that shows the request, in the order in which they were added. */
    List<MessageRef> copies(ApprovalId id);
}
