package io.mailban.report;

import java.time.Instant;

/** Instants as whole seconds that leave two bits of an {@code int} free: from September 2020 to 2054. */
final class Seconds {
    private static final long BASE = 1_600_000_000;

    /** The latest that can be told. */
    static final int END = (1 << 30) - 1;

    private Seconds() {}

    static int of(Instant at) {
        return Math.clamp(at.getEpochSecond() - BASE, 0, END);
    }

    static Instant instant(int seconds) {
        return Instant.ofEpochSecond(BASE + seconds);
    }
}
