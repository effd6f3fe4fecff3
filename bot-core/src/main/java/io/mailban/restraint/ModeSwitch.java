package io.mailban.restraint;

import io.mailban.audit.AuditEntry;

/**
 * Remembers how the read-only switch stands. Thread-safe, also between processes on one store; each write is on disk when
 * the call returns.
 */
public interface ModeSwitch {
    /** How it stands; off where nobody ever touched it. */
    Mode mode();

    /**
     * Switches it.
     *
     * @param entry written to the audit log if that changes anything
     * @return how it stood before; where that was read-only already, it stays with the one who switched it first
     */
    Mode readOnly(Mode.SwitchedReadOnly to, AuditEntry entry);

    /**
     * Switches it off.
     *
     * @param entry written to the audit log if that changes anything
     * @return how it stood before
     */
    Mode readsAndWrites(AuditEntry entry);
}
