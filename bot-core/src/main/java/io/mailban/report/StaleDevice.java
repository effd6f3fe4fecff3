package io.mailban.report;

import io.mailban.ban.Jail;
import io.mailban.maillog.Protocol;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A known user's device that keeps failing: mostly an old password.
 *
 * @param protocol what it speaks when it fails, where the log says
 * @param since the first failure after the last time that it got in so
 * @param failures how many there were since then
 * @param pace the usual time between two tries
 * @param why what the server answers
 * @param standing how close it is to a ban
 */
public record StaleDevice(
        Device device,
        Optional<Protocol> protocol,
        Instant since,
        Instant last,
        int failures,
        Optional<Duration> pace,
        Why why,
        Standing standing) {

    /** How close to a ban. */
    public sealed interface Standing {
        /** Banned now. {@code until} is empty where it never ends, or nobody said. */
        record Banned(Jail jail, Optional<Instant> until) implements Standing {}

        /** The jail that is nearest to a ban counts {@code failures} of {@code maxRetry} within {@code findTime}. */
        record Counted(Jail jail, int failures, int maxRetry, Duration findTime) implements Standing {}

        /** No jail counts any failure of it now. */
        record NotCounted() implements Standing {}
    }
}
