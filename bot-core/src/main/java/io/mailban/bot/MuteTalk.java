package io.mailban.bot;

import io.mailban.bot.MuteKeeper.Muting;
import io.mailban.bot.MuteKeeper.Unmuting;
import io.mailban.chat.Card;
import io.mailban.chat.Chat;
import io.mailban.chat.Command;
import io.mailban.chat.Incoming;
import io.mailban.reply.MuteWriter;
import io.mailban.reply.TalkWriter;
import java.util.List;

/** What is said in a chat about mutes; who may say it has been asked before. Thread-safe. */
public record MuteTalk(MuteKeeper keeper, Chat chat) {

    void mute(Command.Mute asked, Incoming from) {
        Muting muting = Everywhere.within(
                Answer.PATIENCE,
                () -> keeper.mute(asked.topic(), asked.length(), from.person()),
                () -> whisper(from, TalkWriter.asking(List.of())));
        switch (muting) {
            case Muting.Muted _ -> post(from, said(muting));
            case Muting.OutOfBounds _, Muting.Ambiguous _, Muting.Unknown _ -> whisper(from, said(muting));
        }
    }

    void end(Command.EndMute asked, Incoming from) {
        Unmuting unmuting = keeper.unmute(asked.topic(), from.person());
        switch (unmuting) {
            case Unmuting.Unmuted _ -> post(from, said(unmuting));
            case Unmuting.NoneStands _ -> whisper(from, said(unmuting));
        }
    }

    void list(Incoming from) {
        post(from, MuteWriter.list(keeper.standing()));
    }

    /** What came of muting, as a card. */
    public static Card said(Muting muting) {
        return switch (muting) {
            case Muting.Muted(var mute, var before) -> MuteWriter.muted(mute, before);
            case Muting.OutOfBounds(var asked) -> MuteWriter.outOfBounds(asked);
            case Muting.Ambiguous(var name) -> MuteWriter.ambiguous(name);
            case Muting.Unknown(var name, var silent) -> MuteWriter.unknown(name, silent);
        };
    }

    /** What came of ending a mute, as a card. */
    public static Card said(Unmuting unmuting) {
        return switch (unmuting) {
            case Unmuting.Unmuted(var ended) -> MuteWriter.ended(ended);
            case Unmuting.NoneStands(var name) -> MuteWriter.noneStands(name);
        };
    }

    private void post(Incoming to, Card card) {
        var _ = chat.post(to.place(), card);
    }

    private void whisper(Incoming to, Card card) {
        chat.whisper(to.place(), to.person(), card);
    }
}
