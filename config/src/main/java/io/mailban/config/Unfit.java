package io.mailban.config;

/** A value isn't what its key takes; the message says what was expected, as the end of a sentence. */
final class Unfit extends Exception {
    private static final long serialVersionUID = 1;

    Unfit(String expected) {
        super(expected, null, false, false);
    }

    String expected() {
        return String.valueOf(getMessage());
    }
}
