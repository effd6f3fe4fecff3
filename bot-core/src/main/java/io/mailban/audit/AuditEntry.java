package io.mailban.audit;

import io.mailban.access.Person;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One thing that was done.
 *
 * @param who the person, or the bot itself
 * @param act what
 * @param subject the address, network or mailbox that it was about; empty where it was about none
 * @param request the id of the request that it belongs to
 * @param where the jails that it was about
 * @param reason why, in a person's own words; not trusted
 * @param result what came of it, in the bot's words
 */
public record AuditEntry(
        Instant at,
        Person who,
        Act act,
        String subject,
        Optional<String> request,
        List<Where> where,
        String reason,
        String result) {
    /** Copies the list. */
    public AuditEntry {
        where = List.copyOf(where);
    }

    /** Something that belongs to no request. */
    public AuditEntry(Instant at, Person who, Act act, String subject, String reason) {
        this(at, who, act, subject, Optional.empty(), List.of(), reason, "");
    }

    /** A jail on a server. */
    public record Where(ServerName server, Jail jail) {}

    /** What was done. */
    public enum Act {
        /** A mailbox was looked up. */
        LOOKED_UP,
        /** Log lines were shown. */
        LINES_SHOWN,
        /** The history of an address or a mailbox was shown. */
        HISTORY_SHOWN,
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
        WATCHED,
        /** fail2ban is to leave an address alone for a while. */
        EXEMPTED,
        /** fail2ban had forgotten an exemption, and was told again. */
        EXEMPTED_AGAIN,
        /** Somebody ended an exemption before its time. */
        EXEMPTION_CUT_SHORT,
        /** An exemption is over, and its entries are gone. */
        EXEMPTION_OVER,
        /** What is said unasked about a jail or a server is to be quiet until then. */
        MUTED,
        /** Somebody ended that before its time. */
        UNMUTED,
        /** Nothing may be changed on any server any more. */
        READ_ONLY_ON,
        /** It may again. */
        READ_ONLY_OFF,
        /** A mailbox's name was erased wherever it was kept; which one is not written down. */
        FORGOTTEN,
        /** What was kept for as long as it may be was erased. */
        TIDIED
    }
}
