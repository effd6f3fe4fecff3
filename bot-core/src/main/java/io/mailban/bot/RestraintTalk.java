package io.mailban.bot;

import io.mailban.approval.DeviceState;
import io.mailban.ban.ServerName;
import io.mailban.bot.ExemptionPlanner.Planning;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.Chat;
import io.mailban.chat.Command;
import io.mailban.chat.Incoming;
import io.mailban.diagnosis.Question;
import io.mailban.exemption.Exemption;
import io.mailban.reply.ExemptionWriter;
import io.mailban.reply.ReplyWriter;
import io.mailban.reply.RestraintWriter;
import io.mailban.reply.TalkWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What is said in a chat about exemptions and the read-only switch; who may say it has been asked before. Thread-safe.
 *
 * @param keeper looks after exemptions
 * @param planner plans them
 */
public record RestraintTalk(
        ExemptionKeeper keeper,
        ExemptionPlanner planner,
        Restraint restraint,
        Requests requests,
        Chat chat,
        InstantSource clock) {

    /** Asks for an exemption; without a reason, for that first. */
    void exempt(Command.Exempt asked, Incoming from) {
        CardAction.RequestExemption action =
                new CardAction.RequestExemption(asked.address(), asked.length(), asked.server());
        if (asked.reason().isPresent()) {
            exempt(action, asked.reason().get(), from);
        } else {
            chat.ask(from.place(), from.person(), ExemptionWriter.form(action));
        }
    }

    void exempt(CardAction.RequestExemption asked, String reason, Incoming from) {
        switch (slowly(asked.server(), from, () -> planner.plan(asked.address(), asked.length(), asked.server()))) {
            case Planning.TooLong(var length, var longest) -> whisper(from, ExemptionWriter.tooLong(length, longest));
            case Planning.ExemptAlready(var address, var silent) ->
                whisper(from, ExemptionWriter.exemptAlready(address, silent));
            case Planning.Planned(var plan, var silent) -> {
                if (!silent.isEmpty()) {
                    whisper(from, ReplyWriter.leftOut(silent));
                }
                var _ = requests.open(plan, from.person(), reason, DeviceState.UNKNOWN, from.place());
            }
        }
    }

    void end(Command.EndExemption asked, Incoming from) {
        switch (slowly(asked.server(), from, () -> keeper.end(asked.address(), asked.server(), from.person()))) {
            case ExemptionKeeper.Ending.NoneStands _ -> whisper(from, ExemptionWriter.noneStands(asked.address()));
            case ExemptionKeeper.Ending.Ended(var ended, var waiting) -> {
                var _ = chat.post(from.place(), ExemptionWriter.ended(ended, waiting));
            }
        }
    }

    void list(Incoming from) {
        var _ = chat.post(from.place(), listed());
    }

    /** A card, with the read-only switch beside it where that is on. */
    public Card beside(Card card) {
        return RestraintWriter.beside(card, restraint.mode());
    }

    /** The answer to a question, with what Mailban itself exempts. */
    public Card beside(Card diagnosis, Question question) {
        return ExemptionWriter.beside(diagnosis, ofQuestion(question), clock.instant());
    }

    /** The exemptions of the address that was asked about. */
    public List<Exemption> ofQuestion(Question question) {
        return switch (question) {
            case Question.OfMailbox _ -> List.of();
            case Question.OfAddress(var address) ->
                keeper.all().stream()
                        .filter(one -> one.address().equals(address))
                        .toList();
        };
    }

    /** All exemptions, as a card. */
    public Card listed() {
        return ExemptionWriter.list(keeper.all(), keeper.troubles(), clock.instant());
    }

    void readOnly(Command.ReadOnly.Turn turn, Incoming from) {
        switch (turn) {
            case SHOW -> whisper(from, RestraintWriter.mode(restraint.mode()));
            case OFF -> whisper(from, RestraintWriter.offFromShellOnly());
            case ON -> {
                var _ = chat.post(from.place(), said(restraint.readOnly(from.person())));
            }
        }
    }

    /** What came of the switch, as a card. */
    public static Card said(Restraint.Switching switching) {
        return switch (switching) {
            case Restraint.Switching.Switched(var now) -> RestraintWriter.switched(now);
            case Restraint.Switching.StoodSo(var now) -> RestraintWriter.stoodSo(now);
            case Restraint.Switching.Configured _ -> RestraintWriter.configured();
        };
    }

    /** Why somebody may not go on, as a card. */
    public static Card said(Restraint.Holding.Held held) {
        return switch (held) {
            case Restraint.Holding.ReadOnly(var mode) -> RestraintWriter.held(mode);
            case Restraint.Holding.TooMuch(var who, var kind, var most, var next) ->
                RestraintWriter.held(who, kind, most, next);
        };
    }

    private <R> R slowly(Optional<ServerName> server, Incoming from, Supplier<R> task) {
        return Everywhere.within(
                Answer.PATIENCE,
                task,
                () -> whisper(from, TalkWriter.asking(server.map(List::of).orElseGet(List::of))));
    }

    private void whisper(Incoming to, Card card) {
        chat.whisper(to.place(), to.person(), card);
    }
}
