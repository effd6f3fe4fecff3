package io.mailban.audit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Remembers what was done while the test runs, by the same contract as the real log. Its keys are no secret. */
public final class InMemoryAudit implements AuditLog, AuditChain {
    private final List<ChainLink> links = new ArrayList<>();
    private int keys;

    @Override
    public synchronized void append(AuditEntry entry) {
        String previous =
                links.isEmpty() ? ChainLink.BEGINNING : links.getLast().hash();
        links.add(ChainLink.of(
                links.size() + 1L,
                previous,
                entry,
                0,
                () -> ByteBuffer.allocate(32).putInt(keys++).array()));
    }

    @Override
    public List<AuditEntry> about(Set<String> subjects) {
        return newest(Integer.MAX_VALUE).stream()
                .filter(entry -> subjects.contains(entry.subject()))
                .toList();
    }

    @Override
    public synchronized List<AuditEntry> newest(int most) {
        return newestLinks(most).links().reversed().stream()
                .map(ChainLink::entry)
                .toList();
    }

    @Override
    public synchronized Links newestLinks(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("at most " + most + " entries can't be read");
        }
        int from = Math.max(0, links.size() - most);
        return new Links(
                from == 0 ? ChainLink.BEGINNING : links.get(from - 1).hash(), links.subList(from, links.size()));
    }

    @Override
    public synchronized ChainVerdict verify(Optional<String> noted) {
        return ChainCheck.against(noted, ChainCheck.whole(links), links);
    }
}
