package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.audit.InMemoryAudit;
import io.mailban.privacy.NothingToErase;
import io.mailban.privacy.Retention;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class TidyingTest {
    private final SettableClock clock = new SettableClock(NOON);
    private final InMemoryAudit audit = new InMemoryAudit();
    private final NothingToErase eraser = new NothingToErase(audit);

    @Test
    void whatIsTooOldGoesAtTheStartAndEveryDayUntilTheBotEnds() {
        Pauses threeDays = time -> {
            if (eraser.asked().size() == 3) {
                throw new InterruptedException();
            }
            clock.pause(time);
        };
        new Tidying(
                        eraser,
                        audit,
                        new Retention(Duration.ofDays(30), Duration.ofDays(90), Duration.ofDays(365)),
                        threeDays,
                        clock)
                .daily();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(eraser.asked())
                .containsExactly("2026-11-22T12:00:00Z", "2026-11-23T12:00:00Z", "2026-11-24T12:00:00Z");
        assertThat(audit.newest(9)).as("nothing was erased").isEmpty();
    }
}
