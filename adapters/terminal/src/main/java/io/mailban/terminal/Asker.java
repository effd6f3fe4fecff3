package io.mailban.terminal;

import java.util.List;

/** Asks a person one thing after the other. One thread asks. */
public interface Asker {
    /**
     * Asks, and waits for a line; it is stripped, and never empty unless {@code usual} is.
     *
     * @param usual what an empty line means; shown in brackets where there is any
     * @param offered what Tab completes
     * @throws GaveUp if the person leaves (Ctrl-C, Ctrl-D)
     */
    String ask(String question, String usual, List<String> offered) throws GaveUp;

    /** Shows lines, each ended by a line break. */
    void say(String lines);

    /** How lines should look. */
    Look look();

    /** Whoever was asked left instead. */
    final class GaveUp extends Exception {
        private static final long serialVersionUID = 1L;

        /** Left at this question. */
        public GaveUp(String question) {
            super(question);
        }
    }
}
