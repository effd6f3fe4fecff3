package io.mailban.reply;

import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage.Success;
import io.mailban.approval.UnbanPlan;
import java.util.List;

/** What a plan does, in the forms in which a sentence needs it. Pure. */
record PlanWords(Plan plan) {

    /** After a person's name. */
    Phrase asks() {
        return switch (plan) {
            case UnbanPlan _ -> Phrase.of(" asks to lift the ban on ").add(target());
            case ExemptPlan exempt ->
                Phrase.of(" asks to keep fail2ban from banning ").add(target()).words(" for " + length(exempt));
        };
    }

    Phrase isAboutToBeDone() {
        return switch (plan) {
            case UnbanPlan _ -> theBan().words(" is about to be lifted");
            case ExemptPlan exempt -> target().words(" is about to be exempted for " + length(exempt));
        };
    }

    Phrase isBeingDone() {
        return switch (plan) {
            case UnbanPlan _ -> Phrase.of("lifting ").add(theBan());
            case ExemptPlan _ -> Phrase.of("exempting ").add(target());
        };
    }

    Phrase isDone() {
        return switch (plan) {
            case UnbanPlan _ -> theBan().words(" is lifted");
            case ExemptPlan exempt -> target().words(" is exempt from bans for " + length(exempt) + ", allowed");
        };
    }

    Phrase isDonePartly() {
        return switch (plan) {
            case UnbanPlan _ -> theBan().words(" is lifted only partly");
            case ExemptPlan _ -> target().words(" is exempted only partly");
        };
    }

    Phrase isNotDone() {
        return switch (plan) {
            case UnbanPlan _ -> theBan().words(" was NOT seen to be lifted");
            case ExemptPlan _ -> target().words(" was NOT seen to be exempted");
        };
    }

    /** Before somebody agrees to it. */
    String question() {
        String target = plan.target().text();
        return switch (plan) {
            case UnbanPlan _ -> "Lift the ban on " + target + "?";
            case ExemptPlan exempt -> "Keep fail2ban from banning " + target + " for " + length(exempt) + "?";
        };
    }

    /** In a few words, without the target. */
    String outcome(Success success) {
        return switch (plan) {
            case UnbanPlan _ ->
                switch (success) {
                    case WHOLE -> "lifted";
                    case PARTLY -> "lifted only partly";
                    case NONE -> "NOT seen to be lifted";
                };
            case ExemptPlan exempt ->
                switch (success) {
                    case WHOLE -> "exempt from bans for " + length(exempt);
                    case PARTLY -> "exempted only partly";
                    case NONE -> "NOT seen to be exempted";
                };
        };
    }

    /** In a word, before who decided it. */
    String inAWord() {
        return switch (plan) {
            case UnbanPlan _ -> "lifted";
            case ExemptPlan exempt -> "exempt for " + length(exempt) + ", allowed";
        };
    }

    /** Why a ban that comes again does, and what it means. */
    String bannedAgain() {
        return switch (plan) {
            case UnbanPlan _ -> "; the device still sends the old password";
            case ExemptPlan _ -> ", though it is exempt: look at the jail's ignoreip";
        };
    }

    /** As a sentence of its own, where nothing was run. */
    Phrase nothingChanged() {
        return switch (plan) {
            case UnbanPlan _ -> Phrase.of("The ban on ").add(target()).words(" stands");
            case ExemptPlan _ -> Phrase.of("Nothing was changed for ").add(target());
        };
    }

    Phrase target() {
        return new Phrase().code(plan.target().text());
    }

    /** Where: {@code mail1: postfix-sasl, mail2: dovecot}. */
    String places() {
        return String.join(", ", plan.steps().stream().map(Plan.Step::place).toList());
    }

    /** What will be run, a phrase for each command. */
    List<Phrase> commands() {
        return plan.steps().stream()
                .flatMap(step -> plan.commands(step).stream()
                        .map(command -> new Phrase().code(command).words(" on " + step.server())))
                .toList();
    }

    private Phrase theBan() {
        return Phrase.of("the ban on ").add(target());
    }

    private static String length(ExemptPlan plan) {
        return Phrase.lasting(plan.length());
    }
}
