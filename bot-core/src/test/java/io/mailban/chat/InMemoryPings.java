package io.mailban.chat;

import io.mailban.approval.ApprovalId;
import java.util.HashSet;
import java.util.Set;

/** Remembers pings while the test runs, by the same contract as the real store. */
public final class InMemoryPings implements Pings {
    private record Made(ApprovalId id, Ping ping) {}

    private final Set<Made> made = new HashSet<>();

    @Override
    public synchronized Turn claim(ApprovalId id, Ping ping) {
        return made.add(new Made(id, ping)) ? Turn.OURS : Turn.TAKEN;
    }
}
