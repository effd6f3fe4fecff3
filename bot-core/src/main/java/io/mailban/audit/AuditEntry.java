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
        /** It was approved. */
        APPROVED,
        /** It was denied. */
        DENIED,
        /** Nobody decided in time. */
        EXPIRED,
        /** The ban was gone before it was run. */
        OVERTAKEN,
        /** The bot began to run the plan. */
        STARTED,
        /** The plan was run and checked. */
        FINISHED,
        /** The client logged in, was banned again, or stayed quiet. */
        WATCHED,
        /** fail2ban is to leave an address alone for a while. */
        EXEMPTED,
        /** fail2ban had forgotten an exemption, and was told again. */
        EXEMPTED_AGAIN,
        /** Somebody ended an exemption before its time. */
        EXEMPTION_CUT_SHORT,
        /** An exemption is over, and its entries are gone. */
        EXEMPTION_OVER,
        /** Nothing may be changed on any server any more. */
        READ_ONLY_ON,
        /** It may again. */
        READ_ONLY_OFF
    }
}
