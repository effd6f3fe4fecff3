package io.mailban.access;

/** What a person may do; each role is given by itself, none contains another. */
public enum Role {
    /** Asks about addresses, bans and servers. */
    READER,
    /** Asks about mailboxes. */
    HELPER,
    /** Requests that a ban be lifted. */
    REQUESTER,
    /** Approves, denies, lifts without approval in an emergency, reads requests and the audit log. */
    APPROVER
}
