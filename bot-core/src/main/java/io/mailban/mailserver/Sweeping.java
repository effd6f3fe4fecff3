package io.mailban.mailserver;

import io.mailban.mailserver.Tracing.Horizon;

/** What came of reading a server's logs whole. */
public sealed interface Sweeping permits Sweeping.Swept, Unreachable {

    /**
     * They were read.
     *
     * @param mailLog how far back the mail log reaches, and what of it could not be read
     * @param banLog how far back fail2ban's log reaches
     * @param volume how much that was
     */
    record Swept(Horizon mailLog, Horizon banLog, Volume volume) implements Sweeping {}

    /**
     * How much was read.
     *
     * @param files how many files, the journal being one
     * @param onServer how many bytes they have there; those of the journal are not counted
     * @param sent how many bytes of them came over
     * @param lines how many lines meant something
     */
    record Volume(int files, long onServer, long sent, long lines) {}
}
