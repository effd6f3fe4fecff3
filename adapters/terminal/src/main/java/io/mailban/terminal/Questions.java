package io.mailban.terminal;

import io.mailban.access.Person;
import io.mailban.chat.Form;
import io.mailban.chat.Form.Option;
import io.mailban.chat.Form.Question;
import io.mailban.chat.Incoming;
import io.mailban.chat.Place;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A form that is being filled in, question after question. Not thread-safe; a form asks at least one. */
final class Questions {
    private static final int LONGEST_ANSWER = 300;

    private final Person person;
    private final Place place;
    private final Form form;
    private final Map<String, String> answers = new LinkedHashMap<>();

    Questions(Person person, Place place, Form form) {
        this.person = person;
        this.place = place;
        this.form = form;
    }

    Person person() {
        return person;
    }

    String title() {
        return form.title();
    }

    /** What became of a line that was typed. */
    sealed interface Answer {
        /** The next question is to be asked. */
        record Next() implements Answer {}

        /** That was the last one: tell the bot. */
        record Complete(Incoming.Answered answered) implements Answer {}

        /** It was no answer; say why and wait for another. */
        record Unfit(String why) implements Answer {}
    }

    Answer answer(String line) {
        Question question = question();
        String text = line.strip();
        switch (question) {
            case Question.Line _ -> {
                if (text.isEmpty()) {
                    return new Answer.Unfit("A few words are needed; Ctrl-C or /cancel gives up.");
                }
                if (text.length() > LONGEST_ANSWER) {
                    return new Answer.Unfit(
                            "That is " + text.length() + " characters; " + LONGEST_ANSWER + " are the most.");
                }
                answers.put(question.key(), text);
            }
            case Question.Choice choice -> {
                Optional<Option> chosen = chosen(choice.options(), text);
                if (chosen.isEmpty()) {
                    return new Answer.Unfit(
                            "Type a number from 1 to " + choice.options().size() + "; Ctrl-C or /cancel gives up.");
                }
                answers.put(question.key(), chosen.get().value());
            }
        }
        return answers.size() == form.questions().size()
                ? new Answer.Complete(new Incoming.Answered(person, place, form.action(), answers))
                : new Answer.Next();
    }

    /** The question that waits for its answer. */
    Question question() {
        return form.questions().get(answers.size());
    }

    /** By its number, or by its words. */
    private static Optional<Option> chosen(List<Option> options, String text) {
        for (int i = 0; i < options.size(); i++) {
            Option option = options.get(i);
            if (text.equals(Integer.toString(i + 1))
                    || text.equalsIgnoreCase(option.label())
                    || text.equals(option.value())) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }
}
