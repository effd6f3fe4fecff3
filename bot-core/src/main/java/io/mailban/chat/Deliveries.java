package io.mailban.chat;

import java.time.Duration;
import java.time.Instant;

/**
 * Remembers what a platform has delivered, since platforms deliver again what they think got lost: whoever claims a delivery
 * first acts on it, and nobody after. Thread-safe, also between processes on one store; a claim is on disk when it returns.
 */
public interface Deliveries {
    /** For how long at least a claim is kept: longer than any platform tries again (Slack: five minutes, Discord: seconds). */
    Duration KEPT = Duration.ofHours(1);

    /** Claims one; {@code id} is the platform's own, unique there. */
    Turn claim(String platform, String id, Instant now);

    /** Whether to act. */
    enum Turn {
        /** It is new. */
        FIRST,
        /** It was acted on, or somebody died over it. */
        REPEATED
    }
}
