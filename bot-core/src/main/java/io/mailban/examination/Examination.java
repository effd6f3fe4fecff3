package io.mailban.examination;

import java.util.List;

/** All that was examined on one server, in the order of dependence. */
public record Examination(Way way, List<Check> checks) {
    /** Copies the list. */
    public Examination {
        checks = List.copyOf(checks);
    }

    /** What it comes down to. */
    public enum Verdict {
        WELL,
        NOT_TOLD,
        TO_MEND;

        static Verdict of(List<Check> checks) {
            if (checks.stream().anyMatch(Check.Fault.class::isInstance)) {
                return TO_MEND;
            }
            return checks.stream().anyMatch(Check.NotTold.class::isInstance) ? NOT_TOLD : WELL;
        }
    }

    /** Something to mend, else something that couldn't be told, else well; hints don't count. */
    public Verdict verdict() {
        return Verdict.of(checks);
    }
}
