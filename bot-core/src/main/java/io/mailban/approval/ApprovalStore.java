package io.mailban.approval;

import io.mailban.audit.AuditEntry;
import java.util.List;
import java.util.Optional;

/**
 * Remembers requests for good. Thread-safe, also between processes on one store. Each write is one transaction, on disk
 * when the call returns; a store that can't be written throws {@link java.io.UncheckedIOException}.
 */
public interface ApprovalStore {

    /**
     * Opens a request, unless one whose plan {@linkplain Plan#asksTheSameAs asks the same} is not over yet.
     *
     * @param entry written to the audit log if the request is opened
     * @throws IllegalArgumentException if the id was given before
     */
    Claiming claim(Approval fresh, AuditEntry entry);

    /** What came of opening a request. */
    sealed interface Claiming {
        /** It is open, and ours. */
        record Claimed(Approval approval) implements Claiming {}

        /** The same plan was requested already: join that one. */
        record AlreadyOpen(Approval approval) implements Claiming {}
    }

    /**
     * Moves a request on, if it still is what the decision was made on.
     *
     * @param from as it was read
     * @param to its successor, version one higher
     * @param entry written to the audit log if the request moves on
     * @throws IllegalArgumentException if {@code from} was never opened, or {@code to} is not its successor as {@link
     *     Approval#requireSuccessor} has it
     */
    Moving move(Approval from, Approval to, AuditEntry entry);

    /** What came of moving a request on. */
    sealed interface Moving {
        /** It was done, once. */
        record Moved(Approval approval) implements Moving {}

        /** Somebody was first: this is what it is now. */
        record Overtaken(Approval current) implements Moving {}
    }

    /**
     * Ends a request and opens another in its place, if the first still is what the decision was made on: both or neither.
     *
     * @param from as it was read
     * @param to its successor, which is over
     * @param fresh the other, unless one that asks the same is open already
     * @throws IllegalArgumentException as {@link #move} and {@link #claim} do
     */
    Replacing replace(Approval from, Approval to, AuditEntry entry, Approval fresh, AuditEntry freshEntry);

    /** What came of putting a request in the place of another. */
    sealed interface Replacing {
        /** Both were done. */
        record Replaced(Approval over, Approval fresh) implements Replacing {}

        /** Somebody was first: this is what the old one is now. Nothing was written. */
        record Overtaken(Approval current) implements Replacing {}

        /** This one asks the same already. Nothing was written. */
        record AlreadyOpen(Approval other) implements Replacing {}
    }

    /** The request of that id. */
    Optional<Approval> find(ApprovalId id);

    /** All that are not over, oldest first, those of one instant by id. */
    List<Approval> open();
}
