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
        TO_MEND
    }

    /** Something to mend, else something that couldn't be told, else well; hints don't count. */
    public Verdict verdict() {
        if (checks.stream().anyMatch(Check.Fault.class::isInstance)) {
            return Verdict.TO_MEND;
        }
        return checks.stream().anyMatch(Check.NotTold.class::isInstance) ? Verdict.NOT_TOLD : Verdict.WELL;
    }
}
