package io.mailban.mailserver;

import io.mailban.ban.ServerName;
import java.time.Instant;

/**
 * Reads a server's logs from one end to the other. Thread-safe; blocks for as long as that takes, and until then holds no
 * more than some megabytes of them. Holds one process at a time on the server, apart from a shell that waits for it.
 */
public interface LogSweep {

    /**
     * Reads every failed and good login since {@code since}, and then all of fail2ban's log since then, each oldest first.
     * The traces have no {@code line}: there would be millions.
     */
    Sweeping sweep(ServerName server, Instant since, Sink sink);

    /** Where what is read goes; called by one thread. */
    interface Sink {
        /** One line that means something. */
        void add(Trace trace);

        /**
         * A file is begun.
         *
         * @param source its path, or {@code the journal}
         * @param number which one of {@code count} it is, from 1 on
         * @param bytes how large it is on the server; 0 where nobody knows
         */
        void begin(String source, int number, int count, long bytes);
    }
}
