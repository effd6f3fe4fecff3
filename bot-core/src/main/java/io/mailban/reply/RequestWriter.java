package io.mailban.reply;

import io.mailban.approval.Approval;
import io.mailban.approval.DeviceState;
import io.mailban.approval.ExemptPlan;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.approval.Stage.Decision;
import io.mailban.approval.Stage.StepResult;
import io.mailban.approval.UnbanPlan;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Span.Moment.Style;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes the card of a request, which changes as the request moves on. Pure. */
final class RequestWriter {
    private RequestWriter() {}

    static Card write(Approval approval) {
        List<Fact> facts = new ArrayList<>();
        List<Button> buttons = List.of();
        if (approval.stage() instanceof Stage.Requested) {
            facts.add(new Fact(
                    "reason",
                    Phrase.of("“" + approval.reason() + "”" + device(approval.device()))
                            .spans()));
            commands(approval.plan()).forEach(command -> facts.add(new Fact("will run", command.spans())));
            if (approval.plan() instanceof ExemptPlan exempt) {
                facts.addAll(ExemptionWriter.notes(exempt));
            }
            facts.add(new Fact(
                    "request",
                    new Phrase()
                            .code(approval.id().value())
                            .words(", ends at ")
                            .at(approval.expiresAt(), Style.MINUTE)
                            .spans()));
            buttons = List.of(
                    new Button("Approve", new CardAction.Approve(approval.id())),
                    new Button("Deny", new CardAction.Deny(approval.id())));
        }
        if (approval.stage() instanceof Stage.Done done && done.success() != Stage.Success.WHOLE) {
            done.results()
                    .forEach(result -> facts.add(
                            new Fact(result.server().name(), inWords(result).spans())));
        }
        return new Card(tone(approval.stage()), verdict(approval).spans(), facts, buttons);
    }

    /** What will be run, a phrase for each command. */
    static List<Phrase> commands(Plan plan) {
        return plan.steps().stream()
                .flatMap(step -> plan.commands(step).stream()
                        .map(command -> new Phrase().code(command).words(" on " + step.server())))
                .toList();
    }

    /** The state of a request in one sentence. */
    static Phrase verdict(Approval approval) {
        Phrase target = new Phrase().code(approval.plan().target().text());
        return switch (approval.stage()) {
            case Stage.Requested _ ->
                new Phrase()
                        .someone(approval.requester())
                        .words(
                                switch (approval.plan()) {
                                    case UnbanPlan _ -> " asks to lift the ban on ";
                                    case ExemptPlan exempt ->
                                        " asks to keep fail2ban from banning, for " + Phrase.lasting(exempt.length())
                                                + ", ";
                                })
                        .add(target)
                        .words(" (" + where(approval.plan()) + ")");
            case Stage.Approved(var decision) ->
                Phrase.of("approved")
                        .add(by(decision))
                        .words(": the ban on ")
                        .add(target)
                        .words(" is about to be lifted");
            case Stage.Running(var decision) ->
                Phrase.of("approved")
                        .add(by(decision))
                        .words(": lifting the ban on ")
                        .add(target)
                        .words(" …");
            case Stage.Done done -> done(done, target);
            case Stage.Denied(var decision, var why) ->
                Phrase.of("denied")
                        .add(by(decision))
                        .words(": “" + why + "”. The ban on ")
                        .add(target)
                        .words(" stands");
            case Stage.Expired(var at) ->
                Phrase.of("the request for ")
                        .add(target)
                        .words(" ended at ")
                        .at(at, Style.MINUTE)
                        .words(": nobody decided");
            case Stage.Overtaken(var at) ->
                Phrase.of("nothing to do: the ban on ")
                        .add(target)
                        .words(" was gone already at ")
                        .at(at, Style.SECOND);
        };
    }

    private static Phrase done(Stage.Done done, Phrase target) {
        Phrase phrase = switch (done.success()) {
            case WHOLE ->
                Phrase.of("the ban on ")
                        .add(target)
                        .words(" is lifted")
                        .add(by(done.decision(), done.at()))
                        .words(", checked");
            case PARTLY ->
                Phrase.of("the ban on ")
                        .add(target)
                        .words(" is lifted only partly; approved")
                        .add(by(done.decision()));
            case NONE ->
                Phrase.of("the ban on ")
                        .add(target)
                        .words(" was NOT seen to be lifted; approved")
                        .add(by(done.decision()));
        };
        return switch (done.aftermath()) {
            case Aftermath.Watching _ -> phrase.words(". Waiting for the client …");
            case Aftermath.LoggedIn in ->
                new Phrase()
                        .name(in.mailbox())
                        .words(" logged in by " + in.protocol() + " from ")
                        .add(target)
                        .words(" at ")
                        .at(in.at(), Style.SECOND)
                        .words("; lifted")
                        .add(by(done.decision(), done.at()));
            case Aftermath.BannedAgain again ->
                new Phrase()
                        .add(target)
                        .words(" was banned again at ")
                        .at(again.at(), Style.SECOND)
                        .words(" (" + again.server() + ": " + again.jail()
                                + "); the device still sends the old password");
            case Aftermath.Quiet quiet ->
                phrase.words(". The client has not come back by ").at(quiet.at(), Style.MINUTE);
            case Aftermath.NotWatched _ -> phrase;
        };
    }

    private static Phrase by(Decision decision) {
        return by(decision, decision.at());
    }

    /** Who decided, and when what came of it was done. */
    private static Phrase by(Decision decision, Instant at) {
        Phrase phrase = Phrase.of(" by ").someone(decision.by()).words(" at ").at(at, Style.SECOND);
        return switch (decision.kind()) {
            case BY_ANOTHER -> phrase;
            case SELF_APPROVED -> phrase.words(" (self-approved)");
        };
    }

    private static Phrase inWords(StepResult result) {
        Phrase phrase = new Phrase().code(result.jail().name());
        phrase.words(
                switch (result.outcome()) {
                    case LIFTED -> ": lifted";
                    case ALREADY_GONE -> ": was gone already";
                    case STILL_BANNED -> ": not lifted";
                    case EXEMPTED -> ": leaves it alone";
                    case NOT_EXEMPTED -> ": would not leave it alone";
                    case NOT_TOLD -> ": not known";
                });
        return result.words().isEmpty() ? phrase : phrase.words("; ").code(result.words());
    }

    private static String where(Plan plan) {
        return String.join(", ", plan.steps().stream().map(Plan.Step::place).toList());
    }

    private static String device(DeviceState device) {
        return switch (device) {
            case PASSWORD_CHANGED -> "; the password on the device is changed";
            case SWITCHED_OFF -> "; the device is switched off";
            case NOT_YET -> "; the device still has the old password: expect a new ban within minutes";
            case UNKNOWN -> "";
        };
    }

    private static Tone tone(Stage stage) {
        return switch (stage) {
            case Stage.Requested _, Stage.Approved _, Stage.Running _ -> Tone.WAITING;
            case Stage.Done done ->
                done.success() != Stage.Success.WHOLE || done.aftermath() instanceof Aftermath.BannedAgain
                        ? Tone.WARNING
                        : Tone.GOOD;
            case Stage.Denied _ -> Tone.REFUSAL;
            case Stage.Expired _ -> Tone.WARNING;
            case Stage.Overtaken _ -> Tone.NEWS;
        };
    }
}
