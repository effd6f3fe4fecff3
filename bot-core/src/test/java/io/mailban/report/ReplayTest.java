package io.mailban.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fail2ban 1.1's own {@code FailManager} answers to the same failures (fed to it on a real server). */
final class ReplayTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    3 | 600 | 0 10 20                        | 20
                    3 | 600 | 0 300 599                      | 599
                    3 | 600 | 0 601 1202                     |
                    3 | 600 | 0 400 800                      | 800
                    5 | 600 | 0 500 1000 1500 2000 2500      |
                    3 | 600 | 0 10 20 30 40 1990 2000 2010   | 20 2010
                    4 | 600 | 0 200 400 601 900              | 601
                    5 | 600 | 0 100 200 300 700 1000 1100    |
                    """)
    void countsAsFail2banDoes(int maxRetry, int findTime, String failures, String bans) {
        assertThat(new Replay(maxRetry, findTime, 15).bans(seconds(failures))).isEqualTo(list(bans));
    }

    private static int[] seconds(String text) {
        return Arrays.stream(text.split(" ", -1)).mapToInt(Integer::parseInt).toArray();
    }

    private static List<Integer> list(String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split(" ", -1)).map(Integer::valueOf).toList();
    }
}
