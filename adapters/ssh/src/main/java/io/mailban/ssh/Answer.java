package io.mailban.ssh;

/** What fail2ban said to one command. */
sealed interface Answer {

    /** It did as told, or told what was asked. Without the line break at the end. */
    record Said(String text) implements Answer {}

    /** It runs and refused: an unknown jail, an unknown command. */
    record Refused(String words) implements Answer {}

    /** The answer's text, or the words of the refusal. */
    default String words() {
        return switch (this) {
            case Said(var text) -> text;
            case Refused(var words) -> words;
        };
    }
}
