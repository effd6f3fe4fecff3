package io.mailban.deploy.shell;

import io.mailban.access.Person;
import io.mailban.terminal.Look;
import java.util.Optional;

/** Whoever gave a command, and the terminal or pipe that they gave it from. Used by one thread at a time. */
public interface Caller {
    /** Who it is, by the operating system's word. */
    Person person();

    /** How text is to look there. */
    Look look();

    /** Writes to standard output. */
    void out(String text);

    /** Writes to standard error; thread-safe. */
    void err(String text);

    /** Asks a question and waits for a line; empty where nobody is there, or no line came. */
    Optional<String> ask(String question);
}
