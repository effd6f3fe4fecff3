package io.mailban.privacy;

import io.mailban.audit.AuditEntry;
import io.mailban.ban.Mailbox;
import java.time.Instant;
import java.util.function.Function;

/**
 * Erases what is kept about people, so that nothing of it is left in the store's files. Thread-safe. Erasing and the
 * audit entry about it are one transaction.
 */
public interface Eraser {
    /**
     * Erases a mailbox's name, with its domain and without, wherever it stands in what is kept. Accounts of people who
     * talk to the bot are no mailboxes, and stay.
     *
     * @param entry written to the audit log, whatever was found
     */
    Erasure forget(Mailbox mailbox, Function<Erasure, AuditEntry> entry);

    /**
     * Erases what is older than it may be.
     *
     * @param entry written to the audit log if anything was erased
     */
    Erasure tidy(Retention retention, Instant now, Function<Erasure, AuditEntry> entry);
}
