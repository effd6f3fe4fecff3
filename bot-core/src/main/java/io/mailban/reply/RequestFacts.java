package io.mailban.reply;

import io.mailban.access.Person;
import io.mailban.approval.Approval;
import io.mailban.approval.Consent;
import io.mailban.approval.DeviceState;
import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.Plan.Origin;
import io.mailban.approval.Signature;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Decision;
import io.mailban.approval.Stage.StepResult;
import io.mailban.approval.Tier;
import io.mailban.approval.UnbanPlan;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Span.Moment.Style;
import java.util.ArrayList;
import java.util.List;

/** The lines of a request's card that carry its verdict. Pure. */
record RequestFacts(Approval approval) {

    List<Fact> write() {
        return switch (approval.stage()) {
            case Stage.Requested _ -> waiting();
            case Stage.Running running -> carriedOut(running.decision(), several(running.results()));
            case Stage.Retrying retrying -> carriedOut(retrying.decision(), retrying.results());
            case Stage.Done done ->
                carriedOut(
                        done.decision(),
                        done.success() == Stage.Success.WHOLE ? several(done.results()) : done.results());
            case Stage.Revoked revoked -> carriedOut(revoked.decision(), revoked.results());
            case Stage.Replaced replaced -> results(replaced.results());
            case Stage.Approved(var decision) -> carriedOut(decision, List.of());
            case Stage.Denied _, Stage.Expired _, Stage.Withdrawn _, Stage.Overtaken _ -> List.of();
        };
    }

    private List<Fact> waiting() {
        List<Fact> facts = new ArrayList<>();
        facts.add(fact("reason", reason().words(device(approval.device()))));
        new PlanWords(approval.plan()).commands().forEach(command -> facts.add(fact("will run", command)));
        if (approval.plan() instanceof ExemptPlan exempt) {
            facts.addAll(ExemptionWriter.notes(exempt));
        }
        if (approval.consent().needed() > 1) {
            facts.add(fact("approvals", agreed(approval.consent())));
        }
        Phrase notes = notes();
        if (!notes.spans().isEmpty()) {
            facts.add(fact("note", notes));
        }
        if (!approval.joiners().isEmpty()) {
            facts.add(fact(
                    "also",
                    people(approval.joiners())
                            .words(approval.joiners().size() == 1 ? " asks" : " ask")
                            .words(" for the same")));
        }
        approval.follows()
                .ifPresent(old -> facts.add(fact(
                        "again",
                        Phrase.of("in the place of request ")
                                .code(old.value())
                                .words(": what was approved there is not what stands now"))));
        facts.add(fact(
                "request",
                new Phrase().code(approval.id().value()).words(", ends at ").at(approval.expiresAt(), Style.MINUTE)));
        return facts;
    }

    /** Who has said yes, how many are missing, and why it takes several. */
    private Phrase agreed(Consent consent) {
        Phrase phrase = Phrase.of(consent.votes().size() + " of " + consent.needed());
        if (!consent.votes().isEmpty()) {
            phrase.words(": ").add(people(consent.votes()));
        }
        phrase.words("; " + missing(consent) + " needed");
        String why = why();
        return why.isEmpty() ? phrase : phrase.words(", since it is " + why);
    }

    static String missing(Consent consent) {
        return consent.missing() == 1 ? "1 more is" : consent.missing() + " more are";
    }

    private String why() {
        if (Tier.of(approval.plan()) == Tier.SINGLE) {
            return "";
        }
        return switch (approval.plan()) {
            case ExemptPlan _ -> "an exemption";
            case UnbanPlan unban ->
                unban.target() instanceof Network
                        ? "a network"
                        : unban.steps().stream().anyMatch(step -> step.jail().equals(Jail.RECIDIVE))
                                ? "a ban for coming back again and again"
                                : "a ban that was made by hand";
        };
    }

    /** Only where it decided how many people it takes. */
    private Phrase notes() {
        List<String> unknown = Tier.of(approval.plan()) == Tier.WIDE
                ? List.of()
                : approval.plan().steps().stream()
                        .filter(step -> step.origin() == Origin.UNKNOWN)
                        .map(Plan.Step::place)
                        .toList();
        return unknown.isEmpty()
                ? new Phrase()
                : Phrase.of("whether a person made the ban can't be told (" + String.join(", ", unknown)
                        + "); it counts as fail2ban's own");
    }

    private List<Fact> carriedOut(Decision decision, List<StepResult> results) {
        List<Fact> facts = new ArrayList<>();
        facts.add(
                switch (decision.kind()) {
                    case EMERGENCY -> fact("reason", reason().words(", without approval"));
                    case BY_ANOTHER, SELF_APPROVED ->
                        fact(
                                "asked by",
                                new Phrase()
                                        .someone(approval.requester())
                                        .words(": ")
                                        .add(reason()));
                });
        facts.addAll(results(results));
        return facts;
    }

    private static List<Fact> results(List<StepResult> results) {
        return results.stream()
                .map(result -> fact(result.server().name(), inWords(result)))
                .toList();
    }

    /** One result alone says no more than the verdict. */
    private List<StepResult> several(List<StepResult> results) {
        return approval.plan().steps().size() > 1 ? results : List.of();
    }

    private Phrase reason() {
        return new Phrase().quoted(approval.reason());
    }

    /** {@code @alice}, {@code @alice and @carol}. */
    static Phrase people(List<Signature> signatures) {
        Phrase phrase = new Phrase();
        for (int i = 0; i < signatures.size(); i++) {
            Person person = signatures.get(i).by();
            phrase.words(i == 0 ? "" : i == signatures.size() - 1 ? " and " : ", ")
                    .someone(person);
        }
        return phrase;
    }

    private static Phrase inWords(StepResult result) {
        Phrase phrase = new Phrase().code(result.jail().name());
        if (result.isHeldBack()) {
            return phrase.words(": not yet");
        }
        phrase.words(
                switch (result.outcome()) {
                    case LIFTED -> ": lifted";
                    case ALREADY_GONE -> ": was gone already";
                    case STILL_BANNED -> ": not lifted";
                    case EXEMPTED -> ": leaves it alone";
                    case NOT_EXEMPTED -> ": would not leave it alone";
                    case UNCHECKED -> ": lifted, but not checked yet";
                    case NOT_TOLD -> ": not known";
                });
        return result.words().isEmpty() ? phrase : phrase.words("; ").code(result.words());
    }

    private static String device(DeviceState device) {
        return switch (device) {
            case PASSWORD_CHANGED -> "; the password on the device is changed";
            case SWITCHED_OFF -> "; the device is switched off";
            case NOT_YET -> "; the device still has the old password: expect a new ban within minutes";
            case UNKNOWN -> "";
        };
    }

    private static Fact fact(String label, Phrase text) {
        return new Fact(label, text.spans());
    }
}
