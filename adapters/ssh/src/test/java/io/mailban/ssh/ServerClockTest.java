package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.logtime.LineHead;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerClockTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant SENT = Instant.ofEpochSecond(1000);

    @ParameterizedTest
    @CsvSource(textBlock = """
            # the server's clock, when its answer was there, by how much it is ahead
            now 1000.020000000, 1000.100, PT0S
            now 1000.900000000, 1000.100, PT0S
            now 999.200000000,  1000.100, PT0S
            now 1300.020000000, 1000.100, PT5M0.02S
            now 700.000000000,  1000.100, PT-5M
            now 1002.500000000, 1000.100, PT2.5S
            # slow answers don't make a wrong clock
            now 1004.000000000, 1008.000, PT0S
            # a date without %N
            now 1000,           1000.100, PT0S
            now 1300,           1000.100, PT5M
            now 1300.%N,        1000.100, PT5M
            nonsense,           1000.100, PT0S
            """)
    void aClockIsOffWhereNoMomentBetweenExplainsIt(String said, double received, Duration ahead) {
        Instant there = Instant.ofEpochMilli(Math.round(received * 1000));
        assertThat(ServerClock.read(said + "\noffset +0000\n", SENT, there).ahead())
                .isEqualTo(ahead);
    }

    @Test
    void instantsAreTranslatedBothWays() {
        ServerClock clock = new ServerClock(BERLIN, Duration.ofMinutes(5));
        assertThat(clock.ours(Instant.ofEpochSecond(1300))).isEqualTo(Instant.ofEpochSecond(1000));
        assertThat(clock.theirs(Instant.ofEpochSecond(1000))).isEqualTo(Instant.ofEpochSecond(1300));
    }

    @Test
    void inTheHourThatComesTwiceTheLineBeforeDecides() {
        assertThat(times(
                        BERLIN,
                        "2026-10-25 01:59:50,000 x[1]: y",
                        "2026-10-25 02:30:00,000 x[1]: y",
                        // Two threads, a little out of order.
                        "2026-10-25 02:29:59,900 x[1]: y",
                        "2026-10-25 02:50:00,000 x[1]: y",
                        "2026-10-25 02:10:00,000 x[1]: y",
                        "2026-10-25 02:30:00,000 x[1]: y",
                        "2026-10-25 03:05:00,000 x[1]: y"))
                .containsExactly(
                        "2026-10-24T23:59:50Z",
                        "2026-10-25T00:30:00Z",
                        "2026-10-25T00:29:59.900Z",
                        "2026-10-25T00:50:00Z",
                        "2026-10-25T01:10:00Z",
                        "2026-10-25T01:30:00Z",
                        "2026-10-25T02:05:00Z");
        // Syslog's form, too; one with an offset needs no help, and no other hour is touched.
        assertThat(times(BERLIN, "Oct 25 02:40:00 h x[1]: y", "Oct 25 02:20:00 h x[1]: y"))
                .containsExactly("2026-10-25T00:40:00Z", "2026-10-25T01:20:00Z");
        assertThat(times(BERLIN, "2026-10-25T02:40:00+02:00 h x[1]: y", "2026-10-25T02:20:00+02:00 h x[1]: y"))
                .containsExactly("2026-10-25T00:40:00Z", "2026-10-25T00:20:00Z");
        assertThat(times(BERLIN, "2026-10-26 02:40:00,000 x[1]: y", "2026-10-26 02:20:00,000 x[1]: y"))
                .containsExactly("2026-10-26T01:40:00Z", "2026-10-26T01:20:00Z");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # now, when a ban of 02:30 and ten minutes stands: it began ten minutes ago at most
            2026-10-25T00:35:00Z, 2026-10-25T00:30:00Z
            2026-10-25T01:35:00Z, 2026-10-25T01:30:00Z
            """)
    void aBanThatStandsHasNotEnded(Instant now, Instant since) {
        String answer = "203.0.113.7 \t2026-10-25 02:30:00 + 600 = 2026-10-25 02:40:00";
        assertThat(ClientText.bansWithTime(answer, new ServerClock(BERLIN, Duration.ZERO), now))
                .containsEntry(
                        "203.0.113.7", new ClientText.Times(since, Optional.of(since.plus(Duration.ofMinutes(10)))));
    }

    private static List<String> times(ZoneId zone, String... lines) {
        LineTimes times = new LineTimes(new ServerClock(zone, Duration.ZERO), Instant.parse("2026-11-01T00:00:00Z"));
        return List.of(lines).stream()
                .map(line -> times.next(LineHead.of(line).at()).orElseThrow().toString())
                .toList();
    }
}
