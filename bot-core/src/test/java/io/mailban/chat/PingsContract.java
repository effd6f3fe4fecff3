package io.mailban.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.approval.ApprovalId;
import io.mailban.chat.Pings.Ping;
import io.mailban.chat.Pings.Turn;
import org.junit.jupiter.api.Test;

/** What every memory of pings does. */
public abstract class PingsContract {
    private static final ApprovalId ONE = new ApprovalId("aaaa0001");
    private static final ApprovalId OTHER = new ApprovalId("aaaa0002");

    /** An empty memory, the same one throughout a test. */
    protected abstract Pings pings();

    @Test
    void eachPingIsMadeOnce() {
        for (Ping ping : Ping.values()) {
            assertThat(pings().claim(ONE, ping)).isEqualTo(Turn.OURS);
            assertThat(pings().claim(ONE, ping)).isEqualTo(Turn.TAKEN);
            assertThat(pings().claim(OTHER, ping)).isEqualTo(Turn.OURS);
        }
    }
}
