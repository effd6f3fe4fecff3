package io.mailban.report;

/** A stretch of time, in {@link Seconds}, for which a jail held an address. */
record Span(int from, int to, Origin origin) {

    /** How it began. */
    enum Origin {
        /** By a ban. */
        BANNED,
        /** An older ban was put in force again after a restart: not locked out once more. */
        RESTORED
    }
}
