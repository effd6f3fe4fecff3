package io.mailban.mailserver;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What came of looking into a server's logs. */
public sealed interface Tracing permits Tracing.Traced, Unreachable {

    /** What was found, oldest first; nothing where the server could not be asked, which proves no absence. */
    default List<Trace> found() {
        return this instanceof Traced traced ? traced.traces() : List.of();
    }

    /**
     * The logs were read.
     *
     * @param traces what was found, oldest first
     * @param mailLog how far back the mail log reaches
     * @param banLog how far back fail2ban's log reaches
     */
    record Traced(List<Trace> traces, Horizon mailLog, Horizon banLog) implements Tracing {
        /** Copies the list. */
        public Traced {
            traces = List.copyOf(traces);
        }
    }

    /**
     * How far back a log reaches, so that an absence can be told with its horizon.
     *
     * @param source where it was read, for people: {@code /var/log/mail.log}, {@code the journal}
     * @param begins the time of the oldest line that was looked at: where the log itself begins, or rotated files older
     *     than the question were left out; empty where the log is empty
     * @param fault why it could not be read (whole); empty where it was
     */
    record Horizon(String source, Optional<Instant> begins, Optional<Fault> fault) {}

    /** Why a log could not be read, or not whole. */
    sealed interface Fault {
        /** The server said so, in these words. */
        record Said(String words) implements Fault {}

        /** The host that it is on can't be asked. */
        record HostAway(String host, Obstacle obstacle) implements Fault {}
    }
}
