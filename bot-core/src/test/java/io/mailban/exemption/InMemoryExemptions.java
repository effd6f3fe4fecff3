package io.mailban.exemption;

import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Remembers exemptions while the test runs, by the same contract as the real store. */
public final class InMemoryExemptions implements ExemptionStore {
    private final List<Exemption> all = new ArrayList<>();
    private final AuditLog audit;

    public InMemoryExemptions(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public synchronized Exemption grant(Exemption fresh, AuditEntry entry) {
        Optional<Exemption> known = find(fresh);
        if (known.isPresent() && known.get().request().equals(fresh.request())) {
            return known.get();
        }
        Exemption granted = known.map(before -> before.renewedBy(fresh)).orElse(fresh);
        known.ifPresent(all::remove);
        all.add(granted);
        audit.append(entry);
        return granted;
    }

    @Override
    public synchronized Changing change(Exemption from, Exemption to, List<AuditEntry> entries) {
        if (!from.server().equals(to.server())
                || !from.address().equals(to.address())
                || to.version() != from.version() + 1) {
            throw new IllegalArgumentException(from + " can't become " + to);
        }
        if (!all.remove(from)) {
            return new Changing.Overtaken(find(from));
        }
        all.add(to);
        entries.forEach(audit::append);
        return new Changing.Changed();
    }

    @Override
    public synchronized Changing forget(Exemption from, AuditEntry entry) {
        if (!all.remove(from)) {
            return new Changing.Overtaken(find(from));
        }
        audit.append(entry);
        return new Changing.Changed();
    }

    @Override
    public synchronized List<Exemption> all() {
        return all.stream().sorted(Exemption.BY_SERVER_AND_ADDRESS).toList();
    }

    private Optional<Exemption> find(Exemption same) {
        return all.stream()
                .filter(one ->
                        one.server().equals(same.server()) && one.address().equals(same.address()))
                .findFirst();
    }
}
