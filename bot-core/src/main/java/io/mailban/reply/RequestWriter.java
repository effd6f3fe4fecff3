package io.mailban.reply;

import io.mailban.approval.Approval;
import io.mailban.approval.Consent;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.approval.Stage.Decision;
import io.mailban.approval.Stage.StepResult;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Span.Moment.Style;
import java.time.Instant;
import java.util.List;

/** Writes the card of a request, which changes as the request moves on. Pure. */
final class RequestWriter {
    private RequestWriter() {}

    static Card write(Approval approval) {
        List<Button> buttons = approval.stage() instanceof Stage.Requested
                ? List.of(
                        new ApproveButton(approval).labelled("Approve"),
                        new Button("Deny", new CardAction.Deny(approval.id())),
                        new Button("Withdraw", new CardAction.Withdraw(approval.id())))
                : List.of();
        return new Card(tone(approval.stage()), verdict(approval).spans(), new RequestFacts(approval).write(), buttons);
    }

    /** For those who could have been asked. */
    static Card emergencyNotice(Approval approval) {
        PlanWords plan = new PlanWords(approval.plan());
        return Card.of(
                Tone.ALARM,
                new Phrase()
                        .someone(approval.requester())
                        .words(" lifts the ban on ")
                        .add(plan.target())
                        .words(" (" + plan.places() + ") without approval: ")
                        .quoted(approval.reason())
                        .spans());
    }

    /** The state of a request in one sentence. */
    static Phrase verdict(Approval approval) {
        PlanWords plan = new PlanWords(approval.plan());
        return switch (approval.stage()) {
            case Stage.Requested _ ->
                new Phrase()
                        .someone(approval.requester())
                        .add(plan.asks())
                        .words(" (" + plan.places() + ")" + progress(approval.consent()));
            case Stage.Approved(var decision) ->
                approved(approval, decision).words(": ").add(plan.isAboutToBeDone());
            case Stage.Running running ->
                approved(approval, running.decision())
                        .words(": ")
                        .add(plan.isBeingDone())
                        .words(" …");
            case Stage.Retrying retrying ->
                approved(approval, retrying.decision())
                        .words(": ")
                        .add(plan.isBeingDone())
                        .add(
                                retrying.results().stream().anyMatch(StepResult::isHeldBack)
                                        ? Phrase.of(
                                                "; Mailban is read-only now, and the rest waits for the end of that")
                                        : Phrase.of("; not every server could be asked, tried again at ")
                                                .at(retrying.retryAt(), Style.SECOND))
                        .words(", until ")
                        .at(approval.expiresAt(), Style.MINUTE);
            case Stage.Done done -> done(approval, done, plan);
            case Stage.Denied(var decision, var why) ->
                Phrase.of("denied")
                        .add(by(decision))
                        .words(": ")
                        .quoted(why)
                        .words(". ")
                        .add(plan.nothingChanged());
            case Stage.Expired(var at) ->
                Phrase.of("the request for ")
                        .add(plan.target())
                        .words(" ended at ")
                        .at(at, Style.MINUTE)
                        .words(ended(approval.consent()));
            case Stage.Withdrawn(var by, var at) ->
                Phrase.of("the request for ")
                        .add(plan.target())
                        .words(" was withdrawn by ")
                        .someone(by)
                        .words(" at ")
                        .at(at, Style.SECOND);
            case Stage.Overtaken(var at) ->
                Phrase.of("nothing to do: the ban on ")
                        .add(plan.target())
                        .words(" was gone already at ")
                        .at(at, Style.SECOND);
            case Stage.Replaced replaced -> replaced(replaced, plan);
            case Stage.Revoked(var decision, var at, var lost, var results) ->
                approved(approval, decision)
                        .words(", but stopped at ")
                        .at(at, Style.SECOND)
                        .words(": ")
                        .someone(lost.person())
                        .words(" does not hold the role " + ReplyWriter.word(lost.missing()) + " any more. ")
                        .add(results.isEmpty() ? plan.nothingChanged() : Phrase.of("What was done before stays"));
        };
    }

    private static String progress(Consent consent) {
        return consent.needed() == 1
                ? ""
                : ": " + consent.votes().size() + " of " + consent.needed() + " approvals, "
                        + RequestFacts.missing(consent) + " needed";
    }

    static String ended(Consent consent) {
        if (consent.missing() == 0) {
            return ": it was approved, but could not be begun in time";
        }
        return consent.votes().isEmpty()
                ? ": nobody decided"
                : ": only " + consent.votes().size() + " of " + consent.needed() + " approved";
    }

    private static Phrase replaced(Stage.Replaced replaced, PlanWords plan) {
        Phrase phrase = switch (replaced.why()) {
            case MORE_THAN_APPROVED ->
                Phrase.of(replaced.results().isEmpty() ? "nothing was lifted at " : "nothing more was lifted at ")
                        .at(replaced.at(), Style.SECOND)
                        .words(": more than was approved bans ")
                        .add(plan.target())
                        .words(" now");
            case EMERGENCY ->
                Phrase.of("ended at ")
                        .at(replaced.at(), Style.SECOND)
                        .words(": the ban on ")
                        .add(plan.target())
                        .words(" is lifted without approval");
        };
        return phrase.words("; see request ").code(replaced.by().value());
    }

    private static Phrase done(Approval approval, Stage.Done done, PlanWords plan) {
        Phrase phrase = switch (done.success()) {
            case WHOLE ->
                plan.isDone().add(by(approval, done.decision(), done.at())).words(", checked");
            case PARTLY -> plan.isDonePartly().words("; ").add(approved(approval, done.decision()));
            case NONE -> plan.isNotDone().words("; ").add(approved(approval, done.decision()));
        };
        return switch (done.aftermath()) {
            case Aftermath.Watching _ -> phrase.words(". Waiting for the client …");
            case Aftermath.LoggedIn in ->
                new Phrase()
                        .name(in.mailbox())
                        .words(" logged in by " + in.protocol() + " from ")
                        .add(plan.target())
                        .words(" at ")
                        .at(in.at(), Style.SECOND)
                        .words("; " + plan.inAWord())
                        .add(by(approval, done.decision(), done.at()));
            case Aftermath.BannedAgain again ->
                plan.target()
                        .words(" was banned again at ")
                        .at(again.at(), Style.SECOND)
                        .words(" (" + again.server() + ": " + again.jail() + ")" + plan.bannedAgain() + "; "
                                + plan.inAWord())
                        .add(by(approval, done.decision(), done.at()));
            case Aftermath.Quiet quiet ->
                phrase.words(". The client has not come back by ").at(quiet.at(), Style.MINUTE);
            case Aftermath.NotWatched _ -> phrase;
        };
    }

    static Phrase approved(Approval approval, Decision decision) {
        Phrase words = switch (decision.kind()) {
            case BY_ANOTHER, SELF_APPROVED -> Phrase.of("approved");
            case EMERGENCY -> Phrase.of("ordered");
        };
        return words.add(by(approval, decision, decision.at()));
    }

    /** Who decided alone, and when. */
    static Phrase by(Decision decision) {
        return Phrase.of(" by ").someone(decision.by()).words(" at ").at(decision.at(), Style.SECOND);
    }

    /** Who decided, and when what came of it was done. */
    private static Phrase by(Approval approval, Decision decision, Instant at) {
        Phrase phrase = Phrase.of(" by ")
                .add(RequestFacts.people(approval.consent().votes()))
                .words(" at ")
                .at(at, Style.SECOND);
        return switch (decision.kind()) {
            case BY_ANOTHER -> phrase;
            case SELF_APPROVED -> phrase.words(" (self-approved)");
            case EMERGENCY -> phrase.words(" (without approval)");
        };
    }

    static Tone tone(Stage stage) {
        return switch (stage) {
            case Stage.Requested _, Stage.Approved _, Stage.Running _ -> Tone.WAITING;
            case Stage.Done done ->
                done.success() != Stage.Success.WHOLE || done.aftermath() instanceof Aftermath.BannedAgain
                        ? Tone.WARNING
                        : Tone.GOOD;
            case Stage.Denied _, Stage.Revoked _ -> Tone.REFUSAL;
            case Stage.Expired _, Stage.Retrying _, Stage.Replaced _ -> Tone.WARNING;
            case Stage.Overtaken _, Stage.Withdrawn _ -> Tone.NEWS;
        };
    }
}
