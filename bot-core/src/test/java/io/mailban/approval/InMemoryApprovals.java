package io.mailban.approval;

import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditLog;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers requests while the test runs, by the same contract as the real store. */
public final class InMemoryApprovals implements ApprovalStore {
    private final Map<ApprovalId, Approval> approvals = new HashMap<>();
    private final AuditLog audit;

    public InMemoryApprovals(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public synchronized Claiming claim(Approval fresh, AuditEntry entry) {
        Optional<Approval> same = same(fresh);
        if (same.isPresent()) {
            return new Claiming.AlreadyOpen(same.get());
        }
        if (approvals.putIfAbsent(fresh.id(), fresh) != null) {
            throw new IllegalArgumentException("request " + fresh.id() + " was opened before");
        }
        audit.append(entry);
        return new Claiming.Claimed(fresh);
    }

    @Override
    public synchronized Moving move(Approval from, Approval to, AuditEntry entry) {
        from.requireSuccessor(to);
        Approval current = find(from.id())
                .orElseThrow(() -> new IllegalArgumentException("request " + from.id() + " was never opened"));
        if (current.version() != from.version()) {
            return new Moving.Overtaken(current);
        }
        approvals.put(to.id(), to);
        audit.append(entry);
        return new Moving.Moved(to);
    }

    @Override
    public synchronized Replacing replace(
            Approval from, Approval to, AuditEntry entry, Approval fresh, AuditEntry freshEntry) {
        from.requireSuccessor(to);
        Optional<Approval> same = same(fresh).filter(other -> !other.id().equals(from.id()));
        if (same.isPresent()) {
            return new Replacing.AlreadyOpen(same.get());
        }
        if (approvals.containsKey(fresh.id())) {
            throw new IllegalArgumentException("request " + fresh.id() + " was opened before");
        }
        return switch (move(from, to, entry)) {
            case Moving.Overtaken(var current) -> new Replacing.Overtaken(current);
            case Moving.Moved(var over) -> {
                approvals.put(fresh.id(), fresh);
                audit.append(freshEntry);
                yield new Replacing.Replaced(over, fresh);
            }
        };
    }

    private Optional<Approval> same(Approval fresh) {
        return open().stream()
                .filter(other -> other.plan().asksTheSameAs(fresh.plan()))
                .findFirst();
    }

    @Override
    public synchronized Optional<Approval> find(ApprovalId id) {
        return Optional.ofNullable(approvals.get(id));
    }

    @Override
    public synchronized List<Approval> open() {
        return approvals.values().stream()
                .filter(approval -> approval.stage().life() != Stage.Life.OVER)
                .sorted(Comparator.comparing(Approval::requestedAt)
                        .thenComparing(approval -> approval.id().value()))
                .toList();
    }
}
