package io.mailban.reply;

import io.mailban.approval.Approval;
import io.mailban.approval.Signature;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Aftermath;
import io.mailban.approval.Stage.StepResult;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.Span.Moment.Style;

/** Writes what has become of a request in a sentence that stands beside its card, or instead of it. Pure. */
final class NewsWriter {
    private NewsWriter() {}

    /** Names the target first: whoever is pinged may see this sentence alone. */
    static Card write(Approval approval) {
        Phrase target = new PlanWords(approval.plan()).target();
        return Card.of(
                RequestWriter.tone(approval.stage()),
                target.words(": ").add(news(approval)).spans());
    }

    /** To one who decides what is past deciding. */
    static Card tooLate(Approval approval) {
        Phrase late = switch (approval.stage()) {
            case Stage.Expired _, Stage.Overtaken _ -> Phrase.of("too late: ");
            case Stage.Requested _,
                    Stage.Approved _,
                    Stage.Running _,
                    Stage.Retrying _,
                    Stage.Done _,
                    Stage.Denied _,
                    Stage.Withdrawn _,
                    Stage.Replaced _,
                    Stage.Revoked _ -> Phrase.of("too late, it is decided: ");
        };
        return Card.of(
                Tone.NEWS,
                late.add(RequestWriter.verdict(approval))
                        .add(whoElseDecided(approval))
                        .spans());
    }

    private static Phrase news(Approval approval) {
        PlanWords plan = new PlanWords(approval.plan());
        return switch (approval.stage()) {
            case Stage.Requested _ when approval.consent().votes().isEmpty() -> Phrase.of("waits for approval");
            case Stage.Requested _ -> {
                Signature last = approval.consent().votes().getLast();
                yield Phrase.of("approved by ")
                        .someone(last.by())
                        .words(" at ")
                        .at(last.at(), Style.SECOND)
                        .words(", " + RequestFacts.missing(approval.consent()) + " needed");
            }
            case Stage.Approved(var decision) -> RequestWriter.approved(approval, decision);
            case Stage.Running running -> RequestWriter.approved(approval, running.decision());
            case Stage.Retrying retrying
            when retrying.results().stream().anyMatch(StepResult::isHeldBack) ->
                Phrase.of("Mailban is read-only now; what is left waits for the end of that, until ")
                        .at(approval.expiresAt(), Style.MINUTE);
            case Stage.Retrying _ ->
                Phrase.of("not every server could be asked; tried again until ").at(approval.expiresAt(), Style.MINUTE);
            case Stage.Done done -> done(done, plan);
            case Stage.Denied(var decision, var why) ->
                Phrase.of("denied").add(RequestWriter.by(decision)).words(": ").quoted(why);
            case Stage.Expired(var at) ->
                Phrase.of("the request ended at ").at(at, Style.MINUTE).words(RequestWriter.ended(approval.consent()));
            case Stage.Withdrawn(var by, var at) ->
                Phrase.of("withdrawn by ").someone(by).words(" at ").at(at, Style.SECOND);
            case Stage.Overtaken(var at) ->
                Phrase.of("nothing to do, the ban was gone already at ").at(at, Style.SECOND);
            case Stage.Replaced replaced -> replaced(replaced);
            case Stage.Revoked(var _, var at, var lost, var _) ->
                Phrase.of("stopped at ")
                        .at(at, Style.SECOND)
                        .words(": ")
                        .someone(lost.person())
                        .words(" does not hold the role " + ReplyWriter.word(lost.missing()) + " any more");
        };
    }

    private static Phrase done(Stage.Done done, PlanWords plan) {
        return switch (done.aftermath()) {
            case Aftermath.Watching _ -> carriedOut(done, plan).words("; waiting for the client");
            case Aftermath.NotWatched _ -> carriedOut(done, plan);
            case Aftermath.LoggedIn in ->
                new Phrase()
                        .name(in.mailbox())
                        .words(" logged in by " + in.protocol() + " at ")
                        .at(in.at(), Style.SECOND);
            case Aftermath.BannedAgain again ->
                Phrase.of("banned again at ")
                        .at(again.at(), Style.SECOND)
                        .words(" (" + again.server() + ": " + again.jail() + ")" + plan.bannedAgain());
            case Aftermath.Quiet quiet ->
                Phrase.of("the client has not come back by ").at(quiet.at(), Style.MINUTE);
        };
    }

    private static Phrase carriedOut(Stage.Done done, PlanWords plan) {
        Phrase words = Phrase.of(plan.outcome(done.success())).words(" at ").at(done.at(), Style.SECOND);
        return switch (done.success()) {
            case WHOLE -> words.words(", checked");
            case PARTLY, NONE -> {
                long bad = done.results().stream()
                        .filter(result -> !result.outcome().isGood())
                        .count();
                yield words.words(": not in " + bad + " of "
                        + Phrase.count(done.results().size(), "jail", "jails") + ", which the card names");
            }
        };
    }

    private static Phrase replaced(Stage.Replaced replaced) {
        Phrase phrase = switch (replaced.why()) {
            case MORE_THAN_APPROVED ->
                Phrase.of(replaced.results().isEmpty() ? "nothing was lifted at " : "nothing more was lifted at ")
                        .at(replaced.at(), Style.SECOND)
                        .words(": more than was approved bans it now, and that is asked for anew");
            case EMERGENCY ->
                Phrase.of("ended at ").at(replaced.at(), Style.SECOND).words(": it is lifted without approval");
        };
        return phrase.words("; see request ").code(replaced.by().value());
    }

    /** Where the verdict is about what came after the decision. */
    private static Phrase whoElseDecided(Approval approval) {
        return switch (approval.stage()) {
            case Stage.Expired _, Stage.Overtaken _, Stage.Replaced _
            when !approval.consent().votes().isEmpty() ->
                Phrase.of("; it was approved by ")
                        .add(RequestFacts.people(approval.consent().votes()))
                        .words(" at ")
                        .at(approval.consent().votes().getLast().at(), Style.SECOND);
            case Stage.Requested _,
                    Stage.Approved _,
                    Stage.Running _,
                    Stage.Retrying _,
                    Stage.Done _,
                    Stage.Denied _,
                    Stage.Expired _,
                    Stage.Withdrawn _,
                    Stage.Overtaken _,
                    Stage.Replaced _,
                    Stage.Revoked _ -> new Phrase();
        };
    }
}
