package io.mailban.deploy.shell;

import io.mailban.bot.MuteKeeper;
import io.mailban.bot.MuteKeeper.Muting;
import io.mailban.bot.MuteKeeper.Unmuting;
import io.mailban.bot.MuteTalk;
import io.mailban.chat.Command;
import io.mailban.reply.MuteWriter;

/** Mutes, from the shell. */
record Quieting(MuteKeeper keeper, Caller caller, Answers answers) {

    Exit mute(Command.Mute asked) {
        Muting muting = keeper.mute(asked.topic(), asked.length(), caller.person());
        return answers.give(
                MuteTalk.said(muting),
                () -> MuteJson.of(muting),
                switch (muting) {
                    case Muting.Muted _ -> Exit.FINE;
                    case Muting.OutOfBounds _, Muting.Ambiguous _ -> Exit.MISUSE;
                    case Muting.Unknown(var _, var silent) -> silent.isEmpty() ? Exit.MISUSE : Exit.NOT_TOLD;
                });
    }

    Exit end(Command.EndMute asked) {
        Unmuting unmuting = keeper.unmute(asked.topic(), caller.person());
        return answers.give(
                MuteTalk.said(unmuting),
                () -> MuteJson.of(unmuting),
                switch (unmuting) {
                    case Unmuting.Unmuted _ -> Exit.FINE;
                    case Unmuting.NoneStands _ -> Exit.MISUSE;
                });
    }

    Exit list() {
        var standing = keeper.standing();
        return answers.give(MuteWriter.list(standing), () -> MuteJson.list(standing), Exit.FINE);
    }
}
