package io.mailban.terminal;

/** Whoever is told what is typed, in order and by one thread. */
public interface Listener {
    /** A line, without its end. */
    void said(String line);

    /** Ctrl-C on an empty line, or to give up an answer. */
    void interrupted();
}
