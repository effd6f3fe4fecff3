package io.mailban.ssh;

/** Inside this package: a connection that had stood is dead, which a call may mend by connecting again. */
final class Lost extends Exception {
    private static final long serialVersionUID = 1L;

    Lost(String words) {
        super(words);
    }

    /** What was seen, for people. */
    String words() {
        return String.valueOf(getMessage());
    }
}
