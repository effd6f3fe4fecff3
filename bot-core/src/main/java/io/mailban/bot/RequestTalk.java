package io.mailban.bot;

import io.mailban.approval.DeviceState;
import io.mailban.approval.Plan;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.Chat;
import io.mailban.chat.Incoming;
import io.mailban.mailserver.MailServers;
import io.mailban.reply.ReplyWriter;
import io.mailban.reply.TalkWriter;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * What is said in a chat before a ban is lifted; who may say it has been asked before. From then on it is {@link Requests}'
 * to talk. Thread-safe.
 */
public record RequestTalk(Unbans unbans, Requests requests, MailServers servers, Chat chat) {

    /** Plans first: nobody is asked for a reason to lift what is not banned. But a platform waits seconds for a form. */
    void askWhy(CardAction.RequestUnban action, Incoming from) {
        CompletableFuture<Unbans.Planning> planning =
                Everywhere.start(() -> unbans.plan(action.target(), action.server()));
        if (Everywhere.isDone(planning, Answer.PATIENCE)
                && Everywhere.join(planning) instanceof Unbans.Planning.NothingToLift nothing) {
            nothingToLift(nothing, from);
            return;
        }
        chat.ask(from.place(), from.person(), ReplyWriter.unbanForm(action));
    }

    void request(CardAction.RequestUnban action, String reason, DeviceState device, Incoming from) {
        planned(action, from, plan -> requests.open(plan, from.person(), reason, device, from.place()));
    }

    void emergency(CardAction.RequestUnban action, String reason, Incoming from) {
        planned(action, from, plan -> requests.emergency(plan, from.person(), reason, from.place()));
    }

    /** Goes on with the plan, if there is one. */
    private void planned(CardAction.RequestUnban action, Incoming from, Function<Plan, Unbans.Requested> goOn) {
        List<ServerName> asked = action.server().map(List::of).orElseGet(servers::names);
        Unbans.Planning planning = Everywhere.within(
                Answer.PATIENCE,
                () -> unbans.plan(action.target(), action.server()),
                () -> whisper(from, TalkWriter.asking(asked)));
        switch (planning) {
            case Unbans.Planning.NothingToLift nothing -> nothingToLift(nothing, from);
            case Unbans.Planning.Planned(var plan, var silent) -> {
                if (!silent.isEmpty()) {
                    whisper(from, ReplyWriter.leftOut(silent));
                }
                var _ = goOn.apply(plan);
            }
        }
    }

    private void nothingToLift(Unbans.Planning.NothingToLift nothing, Incoming from) {
        whisper(from, ReplyWriter.nothingToLift(nothing.target(), nothing.around(), nothing.silent()));
    }

    /** What waits for somebody. */
    void list(Incoming from) {
        Answer.forAll(chat, from).give(ReplyWriter.requests(requests.pending()));
    }

    private void whisper(Incoming to, Card card) {
        chat.whisper(to.place(), to.person(), card);
    }
}
