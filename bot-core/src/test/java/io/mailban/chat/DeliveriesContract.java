package io.mailban.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.chat.Deliveries.Turn;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every memory of deliveries does. */
public abstract class DeliveriesContract {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /** An empty memory, the same one throughout a test. */
    protected abstract Deliveries deliveries();

    @Test
    void whoeverClaimsFirstActs() {
        assertThat(deliveries().claim("slack", "Ev01", NOON)).isEqualTo(Turn.FIRST);
        assertThat(deliveries().claim("slack", "Ev01", NOON)).isEqualTo(Turn.REPEATED);
        assertThat(deliveries().claim("slack", "Ev02", NOON)).isEqualTo(Turn.FIRST);
        assertThat(deliveries().claim("discord", "Ev01", NOON)).isEqualTo(Turn.FIRST);
    }

    @Test
    void aClaimIsKeptForLongerThanAnyPlatformTriesAgain() {
        deliveries().claim("slack", "Ev01", NOON);
        Instant late = NOON.plus(Deliveries.KEPT).minusSeconds(1);
        deliveries().claim("slack", "Ev02", late);
        assertThat(deliveries().claim("slack", "Ev01", late)).isEqualTo(Turn.REPEATED);
    }

    @Test
    void andNotForEver() {
        deliveries().claim("slack", "Ev01", NOON);
        Instant later = NOON.plus(Deliveries.KEPT).plus(Duration.ofSeconds(1));
        assertThat(deliveries().claim("slack", "Ev01", later)).isEqualTo(Turn.FIRST);
    }
}
