package io.mailban.deploy.setup;

import io.mailban.chat.Card;
import io.mailban.examination.Examination;
import io.mailban.examination.Mendings;
import io.mailban.examination.SlackExamination;
import io.mailban.reply.ReplyWriter;
import io.mailban.terminal.CardText;
import io.mailban.terminal.Look;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** An examination as text: no box around it, and no line broken that is to be copied. */
public final class ExaminationText {
    private ExaminationText() {}

    /**
     * Lays it out.
     *
     * @param meaning what follows {@code mailban trust} to mean this server
     */
    public static String of(Examination examination, String meaning, Look look) {
        return of(
                ReplyWriter.examination(examination),
                ReplyWriter.mendings(examination, new Mendings(examination.way(), meaning)),
                look);
    }

    /** Lays out that of the Slack app. */
    public static String of(SlackExamination examination, Look look) {
        return of(ReplyWriter.examination(examination), ReplyWriter.mendings(examination), look);
    }

    private static String of(Card card, Map<String, List<String>> mendings, Look look) {
        Look plain = new Look(look.width(), look.zone(), look.ink(), Look.Frame.NONE);
        StringBuilder out = new StringBuilder(CardText.of(card, plain, Instant.now()));
        mendings.forEach((heading, lines) -> {
            out.append("\n   ").append(heading).append('\n');
            lines.forEach(line -> out.append("     ").append(line).append('\n'));
        });
        return out.append('\n').toString();
    }
}
