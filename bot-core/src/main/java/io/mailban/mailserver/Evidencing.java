package io.mailban.mailserver;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What came of looking into fail2ban's database (0.11 and newer: tables {@code bips} and {@code bans}). */
public sealed interface Evidencing permits Evidencing.Kept, Evidencing.NotReadable, Unreachable {

    /** It was read: these bans, newest first; none where the list is empty. */
    record Kept(List<KeptBan> bans) implements Evidencing {
        /** Copies the list. */
        public Kept {
            bans = List.copyOf(bans);
        }
    }

    /**
     * One ban as the database keeps it.
     *
     * @param banTime how long it lasts; empty where it never ends
     * @param failures how many failures made it; 0 where it was made by hand
     * @param times how many times this jail has banned this id, this ban included
     * @param lines the log lines that matched, parsed and redacted, oldest first
     */
    record KeptBan(
            Jail jail,
            BannedId id,
            Instant since,
            Optional<Duration> banTime,
            int failures,
            int times,
            List<Trace> lines) {
        /** Copies the list. */
        public KeptBan {
            lines = List.copyOf(lines);
        }
    }

    /** There is no database, or this login may not read it: {@code words} say which. */
    record NotReadable(String words) implements Evidencing {}
}
