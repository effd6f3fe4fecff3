package io.mailban.chat;

import io.mailban.approval.ApprovalId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Remembers copies while the test runs, by the same contract as the real store. */
public final class InMemoryPostedCards implements PostedCards {
    private final Map<ApprovalId, Set<MessageRef>> copies = new HashMap<>();

    @Override
    public synchronized void add(ApprovalId id, MessageRef message) {
        copies.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(message);
    }

    @Override
    public synchronized List<MessageRef> copies(ApprovalId id) {
        return List.copyOf(copies.getOrDefault(id, Set.of()));
    }
}
