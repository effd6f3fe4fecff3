package io.mailban.store;

import java.util.List;

/**
 * Which columns hold what people or logs wrote, and may name anybody. A test demands of every text column of the schema
 * that it is here or in its list of those that can't.
 */
record TextColumns(String table, String column) {
    /** Texts in which a mailbox may be named, with its domain or without. */
    static final List<TextColumns> FREE = List.of(
            new TextColumns("approval", "reason"),
            new TextColumns("approval", "denied_why"),
            new TextColumns("approval", "aftermath_mailbox"),
            new TextColumns("approval_result", "words"),
            new TextColumns("exemption", "reason"),
            new TextColumns("evidence_line", "line"),
            new TextColumns("evidence_line", "mailbox"));

    /** Names of those who talk to the bot: a platform may show a mailbox for one, but {@code bob} is no mailbox there. */
    static final List<TextColumns> PEOPLE = List.of(
            new TextColumns("approval", "requester_name"),
            new TextColumns("approval", "decided_by_name"),
            new TextColumns("approval", "ended_by_name"),
            new TextColumns("approval", "lost_by_name"),
            new TextColumns("approval_vote", "who_name"),
            new TextColumns("approval_joiner", "who_name"),
            new TextColumns("exemption", "granted_by_name"),
            new TextColumns("read_only", "switched_by_name"),
            new TextColumns("mute", "muted_by_name"));

    /** Whether it belongs to evidence. */
    boolean isEvidence() {
        return table.startsWith("evidence");
    }
}
