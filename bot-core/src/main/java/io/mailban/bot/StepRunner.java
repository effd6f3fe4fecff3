package io.mailban.bot;

import io.mailban.approval.Approval;
import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.Plan.Origin;
import io.mailban.approval.Stage.StepResult;
import io.mailban.approval.Stage.StepResult.Outcome;
import io.mailban.approval.UnbanPlan;
import io.mailban.ban.BannedId;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Lifter;
import io.mailban.mailserver.Lifting;
import io.mailban.mailserver.Unreachable;
import java.util.Optional;

/** Runs one step of a plan, and believes only what a second look shows. Thread-safe. */
final class StepRunner {
    private static final String NO_ANSWER = "the server could not be reached";
    private static final String COMES_BACK = "fail2ban does not hold it now, and will restore it from its database";

    private final Lifter lifter;
    private final Planner planner;
    private final Absence absence;
    private final Exemptions exemptions;

    StepRunner(Lifter lifter, Planner planner, Absence absence, Exemptions exemptions) {
        this.lifter = lifter;
        this.planner = planner;
        this.absence = absence;
        this.exemptions = exemptions;
    }

    /**
     * Runs it.
     *
     * @param before what came of it the last time; what fail2ban says that it lifted is not lifted again
     */
    StepResult run(Approval running, Plan.Step step, Optional<StepResult> before) throws InterruptedException {
        BannedId target = running.plan().target();
        StepResult lifted =
                before.filter(result -> result.outcome() == Outcome.UNCHECKED).isPresent()
                        ? look(step, target, new Lifting.Lifted())
                        : lift(step, target);
        return switch (running.plan()) {
            case UnbanPlan _ -> lifted;
            case ExemptPlan plan -> lifted.outcome().isGood() ? exemptions.exempt(running, plan, step) : lifted;
        };
    }

    private StepResult lift(Plan.Step step, BannedId target) throws InterruptedException {
        StepResult first = look(step, target, lifter.lift(step.server(), step.jail(), target));
        // Where an exemption found no ban, there is none to miss.
        if (first.outcome() != Outcome.ALREADY_GONE || step.origin() == Origin.NO_BAN) {
            return first;
        }
        return switch (absence.of(step, target)) {
            case GONE -> first;
            case COMES_BACK -> new StepResult(step.server(), step.jail(), Outcome.NOT_TOLD, COMES_BACK);
            case NOTHING -> {
                absence.pause();
                yield again(first, step, target);
            }
        };
    }

    /** What stands by now is not lifted here: another try reads first whether it is what was approved. */
    private StepResult again(StepResult first, Plan.Step step, BannedId target) {
        return switch (planner.listing(step.server(), target)) {
            case BanListing.Standing(var bans) ->
                Planner.held(bans, step, target).isEmpty()
                        ? first
                        : new StepResult(step.server(), step.jail(), Outcome.NOT_TOLD, "it was not there for a moment");
            case Fail2banSilent silent -> new StepResult(step.server(), step.jail(), Outcome.NOT_TOLD, silent.words());
            case Unreachable _ -> new StepResult(step.server(), step.jail(), Outcome.NOT_TOLD, NO_ANSWER);
        };
    }

    private StepResult look(Plan.Step step, BannedId target, Lifting lifting) {
        BanListing after = planner.listing(step.server(), target);
        Outcome outcome = switch (after) {
            case BanListing.Standing(var bans) ->
                Planner.held(bans, step, target).isPresent()
                        ? stands(lifting)
                        : lifting instanceof Lifting.Lifted ? Outcome.LIFTED : Outcome.ALREADY_GONE;
            case Fail2banSilent _, Unreachable _ ->
                lifting instanceof Lifting.Lifted ? Outcome.UNCHECKED : Outcome.NOT_TOLD;
        };
        return new StepResult(step.server(), step.jail(), outcome, words(lifting, after));
    }

    /** An order that got no answer may be given again: it lifts nothing twice. One that was refused is not. */
    private static Outcome stands(Lifting lifting) {
        return switch (lifting) {
            case Lifting.Lifted _, Lifting.NotHeld _, Lifting.NotLifted _ -> Outcome.STILL_BANNED;
            case Fail2banSilent _, Unreachable _ -> Outcome.NOT_TOLD;
        };
    }

    private static String words(Lifting lifting, BanListing after) {
        return switch (lifting) {
            case Lifting.NotLifted(var said) -> said;
            case Fail2banSilent silent -> silent.words();
            case Unreachable _ -> NO_ANSWER;
            case Lifting.Lifted _, Lifting.NotHeld _ ->
                switch (after) {
                    case BanListing.Standing _ -> "";
                    case Fail2banSilent silent -> silent.words();
                    case Unreachable _ -> NO_ANSWER;
                };
        };
    }
}
