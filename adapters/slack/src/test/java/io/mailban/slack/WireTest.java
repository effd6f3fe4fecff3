package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** Over everything that the tests of this module sent to Slack. The fake looks at its own bodies too when it is closed. */
@Order(Integer.MAX_VALUE)
final class WireTest {
    @Test
    void everythingThatWasSentKeepsSlacksRulesAndHarmsNobody() throws Exception {
        List<String> faults = new ArrayList<>();
        int messages = 0;
        for (Path kept : kept()) {
            WireLimits.faults(kept).forEach(fault -> faults.add(kept + ": " + fault));
            WireHarm.faults(kept, _ -> true).forEach(fault -> faults.add(kept + ": " + fault));
            messages += kept.toString().contains("chat.postMessage") ? 1 : 0;
        }
        assertThat(faults).isEmpty();
        assertThat(messages).as("messages kept in " + Recorder.KEPT).isPositive();
    }

    private static List<Path> kept() throws Exception {
        try (Stream<Path> files = Files.list(Recorder.KEPT)) {
            return files.sorted().toList();
        }
    }
}
