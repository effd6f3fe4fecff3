package io.mailban.approval;

import io.mailban.approval.Stage.StepResult;
import io.mailban.approval.Stage.StepResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far a plan has been carried out: the results of those of its steps that were tried, in the plan's order. */
public record Progress(Plan plan, List<StepResult> results) {
    /** Copies the list. */
    public Progress {
        results = List.copyOf(results);
    }

    /** The steps that need something to be done, or to be looked at. */
    public List<Plan.Step> pending() {
        return plan.steps().stream()
                .filter(step ->
                        of(step).filter(result -> result.outcome().isSettled()).isEmpty())
                .toList();
    }

    /** What became of a step; empty where it was not tried. */
    public Optional<StepResult> of(Plan.Step step) {
        return results.stream()
                .filter(result ->
                        result.server().equals(step.server()) && result.jail().equals(step.jail()))
                .findFirst();
    }

    /** The same with one result more, or another one. */
    public Progress with(StepResult fresh) {
        List<StepResult> all = new ArrayList<>();
        for (Plan.Step step : plan.steps()) {
            if (fresh.server().equals(step.server()) && fresh.jail().equals(step.jail())) {
                all.add(fresh);
            } else {
                of(step).ifPresent(all::add);
            }
        }
        return new Progress(plan, all);
    }

    /** The same with a step that is not run while the bot is read-only; what fail2ban says that it lifted is no such step. */
    public Progress heldBack(Plan.Step step) {
        return of(step).filter(result -> result.outcome() == Outcome.UNCHECKED).isPresent()
                ? this
                : with(StepResult.heldBack(step.server(), step.jail()));
    }

    /** A result for each step: of one that was not tried, nobody knows. */
    public List<StepResult> whole() {
        return plan.steps().stream()
                .map(step -> of(step).orElseGet(
                                () -> new StepResult(step.server(), step.jail(), Outcome.NOT_TOLD, "not tried")))
                .toList();
    }

    /** The results that stay as they are. */
    public List<StepResult> settled() {
        return results.stream().filter(result -> result.outcome().isSettled()).toList();
    }

    /** One line for the audit log. */
    public static String inWords(List<StepResult> results) {
        return String.join(", ", results.stream().map(Progress::inWords).toList());
    }

    private static String inWords(StepResult result) {
        String words = switch (result.outcome()) {
            case LIFTED -> " lifted";
            case ALREADY_GONE -> " was gone already";
            case STILL_BANNED -> " not lifted";
            case EXEMPTED -> " leaves it alone";
            case NOT_EXEMPTED -> " would not leave it alone";
            case UNCHECKED -> " lifted, not checked yet";
            case NOT_TOLD -> " not known";
        };
        return result.server() + ": " + result.jail() + words
                + (result.words().isEmpty() ? "" : " (" + result.words() + ")");
    }
}
