package io.mailban.logtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogTimeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Nov 22 10:44:30           | UTC           | 2026-11-22T11:00:00Z | 2026-11-22T10:44:30Z
            Nov 22 10:44:30           | Europe/Berlin | 2026-11-22T11:00:00Z | 2026-11-22T09:44:30Z
            Nov 23 10:44:30           | UTC           | 2026-11-22T11:00:00Z | 2026-11-23T10:44:30Z
            Nov 23 11:00:01           | UTC           | 2026-11-22T11:00:00Z | 2025-11-23T11:00:01Z
            Dec 31 23:59:59           | UTC           | 2027-01-01T00:00:01Z | 2026-12-31T23:59:59Z
            Jan  1 00:00:03           | UTC           | 2026-12-31T23:59:59Z | 2027-01-01T00:00:03Z
            Feb 29 12:00:00           | UTC           | 2026-11-22T11:00:00Z | 2024-02-29T12:00:00Z
            Feb 29 12:00:00           | UTC           | 2104-02-28T11:00:00Z | 2096-02-29T12:00:00Z
            2026-11-22 10:44:30,149   | Europe/Berlin | 2026-11-22T11:00:00Z | 2026-11-22T09:44:30.149Z
            2026-11-22T10:44:30+02:00 | Europe/Berlin | 2026-11-22T11:00:00Z | 2026-11-22T08:44:30Z
            2026-03-29 02:30:00,000   | Europe/Berlin | 2026-11-22T11:00:00Z | 2026-03-29T01:30:00Z
            """)
    void meansOneInstant(String written, String zone, Instant now, Instant expected) {
        LogTime time = LineHead.of(written + " mail dovecot: hi").at();
        assertThat(time.instant(ZoneId.of(zone), now)).contains(expected);
    }

    @Test
    void meansNoInstantWhereTheLineHasNone() {
        LogTime time = LineHead.of("dovecot: hi").at();
        assertThat(time.instant(ZoneId.of("UTC"), Instant.EPOCH)).isEqualTo(Optional.empty());
    }
}
