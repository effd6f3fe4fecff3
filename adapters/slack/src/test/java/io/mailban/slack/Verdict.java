package io.mailban.slack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What becomes of bodies that break Slack's rules or could harm somebody. */
enum Verdict {
    /** Closing the fake fails the test that sent them. */
    FAIL {
        @Override
        void on(List<Path> sent, Predicate<String> expected) {
            List<String> faults = new ArrayList<>();
            for (Path kept : sent) {
                WireLimits.faults(kept).forEach(fault -> faults.add(kept + ": " + fault));
                WireHarm.faults(kept, expected).forEach(fault -> faults.add(kept + ": " + fault));
            }
            if (!faults.isEmpty()) {
                throw new AssertionError(faults.size() + " faults in what was sent to Slack:\n"
                        + String.join("\n", faults.subList(0, Math.min(MOST, faults.size()))));
            }
        }
    },
    /** The test means it. */
    LET_BE {
        @Override
        void on(List<Path> sent, Predicate<String> expected) {}
    };

    /** One fault comes in every copy of a card; the first few tell. */
    private static final int MOST = 20;

    /**
     * Looks at all of it.
     *
     * @param expected whether this person or group, by id, is meant to be called
     */
    abstract void on(List<Path> sent, Predicate<String> expected);
}
