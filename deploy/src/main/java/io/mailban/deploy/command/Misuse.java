package io.mailban.deploy.command;

/** The command line or the configuration can't be understood; the message is for the one who typed it. */
final class Misuse extends RuntimeException {
    private static final long serialVersionUID = 1;

    Misuse(String message) {
        super(message);
    }
}
