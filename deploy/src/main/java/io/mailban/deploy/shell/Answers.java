package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.mailban.access.Verdict;
import io.mailban.chat.Card;
import io.mailban.reply.ReplyWriter;
import io.mailban.terminal.CardText;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/** Gives answers to a caller in the format that they asked for, and asks back. */
record Answers(Caller caller, Errand.Format format, InstantSource clock) {

    /** The whole answer. */
    Exit give(Card card, Errands.Json json, Exit exit) {
        return switch (format) {
            case TEXT -> show(card, exit);
            case JSON -> {
                caller.out(json.write() + "\n");
                yield exit;
            }
        };
    }

    /** A card on the way to the answer; nothing where JSON is asked for. */
    void meanwhile(Card card) {
        switch (format) {
            case TEXT -> print(card);
            case JSON -> {}
        }
    }

    Exit show(Card card, Exit exit) {
        print(card);
        return exit;
    }

    /** One sentence on standard error, in either format. */
    Exit misuse(String sentence) {
        caller.err("mailban: " + sentence + "\n");
        return Exit.MISUSE;
    }

    Exit refused(Verdict.Refused refusal) {
        return give(
                ReplyWriter.refused(refusal),
                () -> JsonNodeFactory.instance
                        .objectNode()
                        .put("outcome", "refused")
                        .put("person", refusal.person().id().toString())
                        .put("missing_role", refusal.missing().name().toLowerCase(Locale.ROOT)),
                Exit.NOT_TOLD);
    }

    /** Asks the person; empty where JSON is asked for, or nobody is there. */
    Optional<String> ask(String question) {
        return switch (format) {
            case TEXT -> caller.ask(question);
            case JSON -> Optional.empty();
        };
    }

    /** Whether the person says yes to it; nothing typed is a no. */
    boolean isAgreed(String question) {
        return ask(question + " [y/N] ")
                .map(answer -> answer.strip().toLowerCase(Locale.ROOT))
                .filter(answer -> answer.equals("y") || answer.equals("yes"))
                .isPresent();
    }

    private void print(Card card) {
        caller.out(CardText.of(card, caller.look(), clock.instant()));
    }
}
