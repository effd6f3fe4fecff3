package io.mailban.exemption;

import io.mailban.audit.AuditEntry;
import java.util.List;
import java.util.Optional;

/**
 * Remembers exemptions until they are over: at most one for each server and address. Thread-safe, also between processes
 * on one store. Each write is one transaction, on disk when the call returns; a store that can't be written throws {@link
 * java.io.UncheckedIOException}.
 */
public interface ExemptionStore {

    /**
     * Writes a new one down, or renews the one of the same server and address, whose entries stay as they are known. What
     * the same request granted already comes back as it is, and is not audited again.
     *
     * @param fresh version 1, with the jails that were approved, their entries nobody's
     */
    Exemption grant(Exemption fresh, AuditEntry entry);

    /**
     * Changes one, if it still is what the decision was made on.
     *
     * @param to {@code from} with the next version
     * @param entries written to the audit log if it is changed
     */
    Changing change(Exemption from, Exemption to, List<AuditEntry> entries);

    /** Forgets one that is over, if it still is what the decision was made on. */
    Changing forget(Exemption from, AuditEntry entry);

    /** What came of changing one. */
    sealed interface Changing {
        /** It was done, once. */
        record Changed() implements Changing {}

        /** Somebody was first: this is what it is now, empty where it is over. */
        record Overtaken(Optional<Exemption> current) implements Changing {}
    }

    /** All that are not over, by server and address. */
    List<Exemption> all();
}
