package io.mailban.reply;

import io.mailban.access.Person;
import io.mailban.approval.Approval;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.restraint.Mode;
import io.mailban.restraint.Uses;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Writes what people read about what holds the bot back, and reminds of what waits for them. Pure; thread-safe. */
public final class RestraintWriter {
    private RestraintWriter() {}

    /** Nothing is done, since the bot is read-only. */
    public static Card held(Mode.ReadOnly mode) {
        return Card.of(
                Tone.REFUSAL,
                Phrase.of("nothing is lifted or exempted now: ").add(told(mode)).spans());
    }

    /** Nothing is done, since this person did enough for an hour. */
    public static Card held(Person who, Uses.Kind kind, int most, Instant next) {
        String what = switch (kind) {
            case REQUEST -> Phrase.count(most, "request", "requests");
            case APPROVAL -> Phrase.count(most, "approval", "approvals");
        };
        return Card.of(
                Tone.REFUSAL,
                new Phrase()
                        .someone(who)
                        .words(" has made " + what + " within an hour, and no more are allowed"
                                + " (approval.limit_per_hour); the next is possible at ")
                        .at(next, Style.MINUTE)
                        .spans());
    }

    /** How the switch stands. */
    public static Card mode(Mode mode) {
        return switch (mode) {
            case Mode.ReadsAndWrites _ ->
                Card.of(
                        Tone.PLAIN,
                        Phrase.of("Mailban lifts and exempts what is approved; ")
                                .code("read-only on")
                                .words(" stops that")
                                .spans());
            case Mode.ReadOnly readOnly -> Card.of(Tone.WARNING, told(readOnly).spans());
        };
    }

    /** The switch was turned. */
    public static Card switched(Mode now) {
        return switch (now) {
            case Mode.ReadsAndWrites _ ->
                Card.of(
                        Tone.GOOD,
                        Phrase.of("Mailban is no longer read-only: what is approved is carried out again")
                                .spans());
            case Mode.ReadOnly readOnly ->
                new Card(
                        Tone.WARNING,
                        told(readOnly).spans(),
                        List.of(new Fact(
                                "still done",
                                Phrase.of("questions are answered, requests can be denied, exemptions end in time and"
                                                + " are not added again")
                                        .spans())),
                        List.of());
        };
    }

    /** It stood so before. */
    public static Card stoodSo(Mode now) {
        return switch (now) {
            case Mode.ReadsAndWrites _ ->
                Card.of(Tone.NEWS, Phrase.of("Mailban was not read-only").spans());
            case Mode.ReadOnly readOnly -> Card.of(Tone.NEWS, told(readOnly).spans());
        };
    }

    /** The configuration holds it. */
    public static Card configured() {
        return Card.of(
                Tone.WARNING,
                Phrase.of("Mailban stays read-only: mailban.yml says ")
                        .code("read_only: true")
                        .words(", which only a change there, and a new start, end")
                        .spans());
    }

    /** Not from here. */
    public static Card offFromShellOnly() {
        return Card.of(
                Tone.REFUSAL,
                Phrase.of(
                                "read-only is switched off only at the shell of the machine that Mailban runs on, where a stolen"
                                        + " chat account does not reach: ")
                        .code("mailban read-only off")
                        .spans());
    }

    /** A list, with the switch beside it where it is on. */
    public static Card beside(Card card, Mode mode) {
        if (!(mode instanceof Mode.ReadOnly readOnly)) {
            return card;
        }
        List<Fact> facts = new ArrayList<>(card.facts());
        facts.add(new Fact("read-only", told(readOnly).spans()));
        return new Card(card.tone(), card.verdict(), facts, card.buttons());
    }

    /** A request still waits: for those who may decide. */
    public static Card reminder(Approval approval) {
        return new Card(
                Tone.WAITING,
                Phrase.of("still waits, since ")
                        .at(approval.requestedAt(), Style.MINUTE)
                        .words(": ")
                        .add(RequestWriter.verdict(approval))
                        .spans(),
                List.of(
                        new Fact(
                                "reason", new Phrase().quoted(approval.reason()).spans()),
                        new Fact(
                                "request",
                                new Phrase()
                                        .code(approval.id().value())
                                        .words(", ends at ")
                                        .at(approval.expiresAt(), Style.MINUTE)
                                        .spans())),
                List.of(
                        new ApproveButton(approval).labelled("Approve"),
                        new Button("Deny", new CardAction.Deny(approval.id()))));
    }

    private static Phrase told(Mode.ReadOnly mode) {
        return switch (mode) {
            case Mode.ConfiguredReadOnly _ ->
                Phrase.of("Mailban is read-only by its configuration (")
                        .code("read_only: true")
                        .words(")");
            case Mode.SwitchedReadOnly(var by, var since) ->
                Phrase.of("Mailban is read-only since ")
                        .at(since, Style.MINUTE)
                        .words(", switched so by ")
                        .someone(by)
                        .words("; ")
                        .code("mailban read-only off")
                        .words(" at its shell ends that");
        };
    }
}
