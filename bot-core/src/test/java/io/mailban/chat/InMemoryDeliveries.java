package io.mailban.chat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Remembers deliveries while the test runs, by the same contract as the real store. */
public final class InMemoryDeliveries implements Deliveries {
    private record Delivery(String platform, String id) {}

    private final Map<Delivery, Instant> claimed = new HashMap<>();

    @Override
    public synchronized Turn claim(String platform, String id, Instant now) {
        claimed.values().removeIf(at -> at.isBefore(now.minus(KEPT)));
        return claimed.putIfAbsent(new Delivery(platform, id), now) == null ? Turn.FIRST : Turn.REPEATED;
    }
}
