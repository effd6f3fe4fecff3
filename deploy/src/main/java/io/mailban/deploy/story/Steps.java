package io.mailban.deploy.story;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Says what happened, step by step, and whether it is what should have. Not thread-safe. */
final class Steps {
    private final PrintStream out;
    private final List<String> wrong = new ArrayList<>();
    private int count;

    Steps(PrintStream out) {
        this.out = out;
    }

    /** What a step should come to, and what it came to. */
    void expect(String step, Object expected, Object seen) {
        count++;
        if (expected.equals(seen)) {
            out.printf("%2d. ok      %s: %s%n", count, step, seen);
        } else {
            wrong.add(step);
            out.printf("%2d. WRONG   %s: %s, and should have been %s%n", count, step, seen, expected);
        }
        out.flush();
    }

    /** A closing line; 0 if every step was as it should be, else 1. */
    int end() {
        if (wrong.isEmpty()) {
            out.printf("%nAll %d steps as they should be.%n", count);
            return 0;
        }
        out.printf("%n%d of %d steps went wrong: %s%n", wrong.size(), count, String.join("; ", wrong));
        return 1;
    }
}
