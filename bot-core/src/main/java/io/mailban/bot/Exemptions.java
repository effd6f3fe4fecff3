package io.mailban.bot;

import io.mailban.approval.Approval;
import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage.StepResult;

/** Keeps addresses from being banned, as far as it was approved. Thread-safe. */
@FunctionalInterface
public interface Exemptions {
    /**
     * Carries out one step of an approved exemption; its jail holds no ban on the address any more. May be asked again
     * for the same step after a crash, and then changes nothing that is done already.
     *
     * @return {@code EXEMPTED}, {@code NOT_EXEMPTED} with fail2ban's words, or {@code NOT_TOLD} where the server could not
     *     be asked, and the step is to be tried again
     */
    StepResult exempt(Approval approval, ExemptPlan plan, Plan.Step step);
}
