package io.mailban.ssh;

import java.util.List;
import java.util.stream.Collectors;

/** What fail2ban said to one command. */
sealed interface Answer {

    /** It did as told, or told what was asked. Without the line break at the end. */
    record Said(String text) implements Answer {}

    /** It runs and refused: an unknown jail, an unknown command. */
    record Refused(String words) implements Answer {}

    /** One answer that was taken for several, because its text held prompts. */
    static Answer joined(List<Answer> parts) {
        return parts.size() == 1
                ? parts.getFirst()
                : new Said(parts.stream().map(Answer::words).collect(Collectors.joining("\nfail2ban> ")));
    }

    /** The answer's text, or the words of the refusal. */
    default String words() {
        return switch (this) {
            case Said(var text) -> text;
            case Refused(var words) -> words;
        };
    }
}
