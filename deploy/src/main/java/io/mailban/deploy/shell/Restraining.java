package io.mailban.deploy.shell;

import io.mailban.bot.ExemptionKeeper.Ending;
import io.mailban.bot.ExemptionPlanner.Planning;
import io.mailban.bot.Restraint;
import io.mailban.bot.Restraint.Switching;
import io.mailban.bot.RestraintTalk;
import io.mailban.chat.Card;
import io.mailban.chat.Command;
import io.mailban.reply.ExemptionWriter;
import io.mailban.reply.ReplyWriter;
import io.mailban.reply.RestraintWriter;
import java.time.Instant;
import java.util.Optional;

/** Exemptions and the read-only switch, from the shell. */
record Restraining(Desk desk, Caller caller, Answers answers, Unbanning unbanning) {

    Exit exempt(Command.Exempt asked) throws InterruptedException {
        Planning planning = desk.restraint().planner().plan(asked.address(), asked.length(), asked.server());
        return switch (planning) {
            case Planning.TooLong(var length, var longest) ->
                answers.give(
                        ExemptionWriter.tooLong(length, longest),
                        () -> RestraintJson.notPlanned(planning),
                        Exit.MISUSE);
            case Planning.ExemptAlready(var address, var silent) ->
                answers.give(
                        ExemptionWriter.exemptAlready(address, silent),
                        () -> RestraintJson.notPlanned(planning),
                        silent.isEmpty() ? Exit.FINE : Exit.NOT_TOLD);
            case Planning.Planned(var plan, var silent) -> {
                if (!silent.isEmpty()) {
                    answers.meanwhile(ReplyWriter.leftOut(silent));
                }
                Optional<String> reason = asked.reason()
                        .or(() -> answers.ask("Why should fail2ban not ban it? "))
                        .filter(text -> !text.isBlank());
                yield reason.isPresent()
                        ? unbanning.open(plan, reason.get())
                        : answers.misuse("a reason is missing: mailban exempt " + asked.address() + " 2d new printer");
            }
        };
    }

    Exit end(Command.EndExemption asked) {
        Ending ending = desk.restraint().keeper().end(asked.address(), asked.server(), caller.person());
        Instant now = desk.clock().instant();
        return switch (ending) {
            case Ending.NoneStands _ ->
                answers.give(
                        ExemptionWriter.noneStands(asked.address()), () -> RestraintJson.of(ending, now), Exit.MISUSE);
            case Ending.Ended(var ended, var waiting) ->
                answers.give(
                        ExemptionWriter.ended(ended, waiting),
                        () -> RestraintJson.of(ending, now),
                        waiting.isEmpty() ? Exit.FINE : Exit.NOT_TOLD);
        };
    }

    Exit list() {
        RestraintTalk talk = desk.restraint();
        return answers.give(
                talk.listed(),
                () -> RestraintJson.list(
                        talk.keeper().all(),
                        talk.keeper().troubles(),
                        desk.clock().instant()),
                Exit.FINE);
    }

    Exit readOnly(Command.ReadOnly.Turn turn) {
        Restraint restraint = desk.restraint().restraint();
        return switch (turn) {
            case SHOW -> told(RestraintWriter.mode(restraint.mode()), Exit.FINE);
            case ON -> told(RestraintTalk.said(restraint.readOnly(caller.person())), Exit.FINE);
            case OFF -> {
                Switching switching = restraint.readsAndWrites(caller.person());
                yield told(
                        RestraintTalk.said(switching),
                        switching instanceof Switching.Configured ? Exit.KEPT_OUT : Exit.FINE);
            }
        };
    }

    private Exit told(Card card, Exit exit) {
        return answers.give(
                card, () -> RestraintJson.mode(desk.restraint().restraint().mode()), exit);
    }
}
