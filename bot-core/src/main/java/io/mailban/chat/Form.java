package io.mailban.chat;

import java.util.List;

/**
 * What the bot asks before it goes on: a modal on Slack and Discord, questions one after another in the terminal. The
 * answers come back as {@link Incoming.Answered} with the same action.
 *
 * @param action what was pressed or typed, to come back with the answers
 * @param title at most 24 characters
 */
public record Form(CardAction action, String title, List<Question> questions) {
    /** Copies the list. */
    public Form {
        questions = List.copyOf(questions);
    }

    /** One question; {@code key} names its answer. */
    public sealed interface Question {
        /** Names the answer. */
        String key();

        /** The question in words. */
        String label();

        /** A line of text, up to 300 characters; may not be empty. */
        record Line(String key, String label) implements Question {}

        /** One of several. */
        record Choice(String key, String label, List<Option> options) implements Question {
            /** Copies the list. */
            public Choice {
                options = List.copyOf(options);
            }
        }
    }

    /** One choice: {@code value} comes back, {@code label} is shown. */
    public record Option(String value, String label) {}
}
