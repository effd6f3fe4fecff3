package io.mailban.history;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.Trace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Why a ban was made, written down before it was lifted: fail2ban forgets a ban that is lifted, and logs rotate.
 *
 * @param since when it was made; when it was looked at, where the server doesn't say
 * @param until when it would have ended; empty where it never would, or nobody knows
 * @param failures how many failures made it, by fail2ban's own count; 0 where it was made by hand
 * @param times how many times the jail had banned this id, this ban included
 * @param keptAt when this was written down
 * @param owner how long it may be kept
 * @param lines the log lines that led to it, redacted, oldest first
 */
public record Evidence(
        ServerName server,
        Jail jail,
        BannedId id,
        Instant since,
        Optional<Instant> until,
        OptionalInt failures,
        OptionalInt times,
        Instant keptAt,
        Owner owner,
        List<Trace> lines) {
    /** Copies the list. */
    public Evidence {
        lines = List.copyOf(lines);
    }

    /** Whose address it was, when it was banned. */
    public enum Owner {
        /** One of the server's users'. */
        KNOWN,
        /** Nobody's that the logs knew of. */
        UNKNOWN
    }
}
