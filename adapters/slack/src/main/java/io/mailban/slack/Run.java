package io.mailban.slack;

/**
 * Escaped text that is never parted in itself: a word or a piece of a long one, a space, a date token.
 *
 * @param text without the back-ticks of code
 */
record Run(String text, Face face) {
    /** How it looks. */
    enum Face {
        WORDS,
        /** In a fixed-width face, where nothing else acts. */
        CODE
    }

    static final Run SPACE = new Run(" ", Face.WORDS);

    boolean isBlank() {
        return text.isBlank();
    }
}
