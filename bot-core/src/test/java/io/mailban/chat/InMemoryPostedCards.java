package io.mailban.chat;

import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers copies while the test runs, by the same contract as the real store. */
public final class InMemoryPostedCards implements PostedCards {
    private final Map<ApprovalId, Map<MessageRef, Shown>> copies = new HashMap<>();
    private final ApprovalStore approvals;

    /** Copies of these. */
    public InMemoryPostedCards(ApprovalStore approvals) {
        this.approvals = approvals;
    }

    @Override
    public synchronized void add(ApprovalId id, MessageRef message, Shown shown) {
        copies.computeIfAbsent(id, _ -> new LinkedHashMap<>()).putIfAbsent(message, shown);
    }

    @Override
    public synchronized void shown(ApprovalId id, MessageRef message, Shown shown) {
        copies.getOrDefault(id, new LinkedHashMap<>())
                .computeIfPresent(message, (_, before) -> before.version() < shown.version() ? shown : before);
    }

    @Override
    public synchronized List<Copy> copies(ApprovalId id) {
        return copies.getOrDefault(id, Map.of()).entrySet().stream()
                .map(copy -> new Copy(copy.getKey(), copy.getValue()))
                .toList();
    }

    @Override
    public synchronized List<ApprovalId> behind(Instant since) {
        return copies.keySet().stream()
                .map(approvals::find)
                .flatMap(Optional::stream)
                .filter(approval -> !approval.requestedAt().isBefore(since))
                .filter(approval -> copies(approval.id()).stream()
                        .anyMatch(copy -> copy.shown().version() < approval.version()))
                .sorted(Comparator.comparing(Approval::requestedAt)
                        .thenComparing(approval -> approval.id().value()))
                .map(Approval::id)
                .toList();
    }
}
