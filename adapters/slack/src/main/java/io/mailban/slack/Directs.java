package io.mailban.slack;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Which direct message, {@code D…}, is the one with a person, {@code U…}: both are names of one place. Slack tells it with what
 * people write there, when they open the bot's Home, and for what is posted there. Thread-safe.
 */
final class Directs {
    private final Cache<String, String> known =
            Caffeine.newBuilder().maximumSize(10_000).build();

    void note(String user, String channel) {
        if (channel.startsWith("D") && !user.startsWith("D")) {
            known.put(user, channel);
        }
    }

    /** The same spot by its conversation's id, as far as that is known. */
    Spot of(Spot spot) {
        String channel = known.getIfPresent(spot.channel());
        return channel == null ? spot : new Spot(channel, spot.thread());
    }
}
