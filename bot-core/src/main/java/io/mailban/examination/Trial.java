package io.mailban.examination;

import io.mailban.mailserver.Obstacle;
import java.util.OptionalInt;

/** What came of trying one server. */
public sealed interface Trial {

    /** The way that was tried. */
    Way way();

    /**
     * It was not possible to log in.
     *
     * @param sshElsewhere a port of the same host at which an SSH server answers, where the configured one is closed
     */
    record Stopped(Way way, Obstacle obstacle, OptionalInt sshElsewhere) implements Trial {}

    /** It was possible to log in. */
    record Inside(Way way, Visit visit) implements Trial {}
}
