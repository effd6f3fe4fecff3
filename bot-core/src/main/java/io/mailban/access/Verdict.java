package io.mailban.access;

/** Whether somebody may. */
public sealed interface Verdict {
    /** Go on. */
    record Allowed() implements Verdict {}

    /** Do nothing, and say that {@code missing} is the role that this takes. */
    record Refused(Person person, Role missing) implements Verdict {}
}
