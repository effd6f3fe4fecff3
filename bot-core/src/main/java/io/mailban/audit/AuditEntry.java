package io.mailban.audit;

import io.mailban.access.Person;
import java.time.Instant;

/**
 * One thing that was done.
 *
 * @param who the person, or the bot itself
 * @param act what
 * @param subject the address, network or mailbox that it was about
 * @param details which request, which servers and jails, why, and what came of it, as one line for people
 */
public record AuditEntry(Instant at, Person who, Act act, String subject, String details) {
    /** What was done. */
    public enum Act {
        /** A mailbox was looked up. */
        LOOKED_UP,
        /** Log lines were shown. */
        LINES_SHOWN,
        /** An unban was asked for. */
        REQUESTED,
        /** Somebody asked for the same, and joined. */
        JOINED,
        /** Somebody said yes. */
        APPROVED,
        /** A ban was lifted without approval. */
        EMERGENCY,
        /** It was denied. */
        DENIED,
        /** The requester took it back. */
        WITHDRAWN,
        /** Not decided, or not begun, in time. */
        EXPIRED,
        /** Another request took its place. */
        REPLACED,
        /** Somebody had lost the right that it took. */
        REVOKED,
        /** The ban was gone before it was run. */
        OVERTAKEN,
        /** The bot began to run the plan. */
        STARTED,
        /** One step of a plan with several was run and checked. */
        RAN,
        /** A server could not be asked; it is tried again. */
        RETRYING,
        /** The plan was run and checked. */
        FINISHED,
        /** The client logged in, was banned again, or stayed quiet. */
        WATCHED
    }
}
