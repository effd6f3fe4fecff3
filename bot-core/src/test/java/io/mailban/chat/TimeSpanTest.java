package io.mailban.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimeSpanTest {
    @ParameterizedTest
    @CsvSource({
        "90s,PT1M30S,1m30s",
        "10m,PT10M,10m",
        "1h30m,PT1H30M,1h30m",
        "2d,PT48H,2d",
        "25h,PT25H,1d1h",
        "0m,PT0S,0s"
    })
    void aSpanIsReadAndWritten(String text, Duration read, String written) {
        assertThat(TimeSpan.find(text)).contains(read);
        assertThat(TimeSpan.text(read)).isEqualTo(written);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "d", "2w", "-2d", "2d ", "1m1h", "123456d", "P1D"})
    void anythingElseIsNone(String text) {
        assertThat(TimeSpan.find(text)).isEmpty();
    }
}
