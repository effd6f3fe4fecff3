package io.mailban.examination;

import java.util.List;

/** All that was examined of the Slack app, in the order of dependence. */
public record SlackExamination(List<Check> checks) {
    /** Copies the list. */
    public SlackExamination {
        checks = List.copyOf(checks);
    }

    /** Something to mend, else something that couldn't be told, else well; hints don't count. */
    public Examination.Verdict verdict() {
        return Examination.Verdict.of(checks);
    }
}
