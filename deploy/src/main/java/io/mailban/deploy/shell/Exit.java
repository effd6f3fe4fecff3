package io.mailban.deploy.shell;

/** A command's exit status. */
public enum Exit {
    /** Nothing is wrong, or what was asked for is done. */
    FINE(0),
    /** Banned or otherwise kept out; the ban stands. */
    KEPT_OUT(1),
    /** The command line or the configuration can't be understood. */
    MISUSE(2),
    /** It could not be told. */
    NOT_TOLD(3);

    private final int status;

    Exit(int status) {
        this.status = status;
    }

    /** The number that the shell sees. */
    public int status() {
        return status;
    }
}
