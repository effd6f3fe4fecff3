package io.mailban.ssh;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The clock by which a server writes its logs and fail2ban its times, and its zone: by name where the name is known here
 * and fits the server's offset now, else that offset. Asked once for each quarter of an hour. Thread-safe.
 */
final class ServerZone {
    private static final Duration FRESH = Duration.ofMinutes(15);
    private static final int LONGEST = 4096;

    private final CommandPrefix prefix;
    private volatile @Nullable Known known;

    private record Known(ServerClock clock, long atNanos) {}

    ServerZone(CommandPrefix prefix) {
        this.prefix = prefix;
    }

    /** The clock; ours where the server would not say, which is as good a guess as UTC and shown with every time. */
    ServerClock clock(Connection connection, Deadline deadline) throws Lost {
        Known cached = known;
        if (cached != null && System.nanoTime() - cached.atNanos() < FRESH.toNanos()) {
            return cached.clock();
        }
        Instant sent = Instant.now();
        try {
            Exec.Done done = Exec.run(
                    connection,
                    RemoteCommand.script(prefix, LogScripts.Verb.ZONE, List.of()),
                    new byte[0],
                    LONGEST,
                    deadline);
            ServerClock clock = ServerClock.read(done.out(), sent, Instant.now());
            known = new Known(clock, System.nanoTime());
            return clock;
        } catch (TimeoutException _) {
            return new ServerClock(ZoneId.systemDefault(), Duration.ZERO);
        }
    }

    /** Forgets what was asked. */
    void forget() {
        known = null;
    }

    /** Reads what the verb {@code zone} printed. */
    static ZoneId read(String said, Instant now) {
        ZoneOffset offset = ZoneOffset.UTC;
        for (String line : said.split("\n", -1)) {
            if (line.startsWith("offset ")) {
                offset = offset(line.substring("offset ".length()).strip());
            } else if (line.startsWith("name ")) {
                String name = line.substring("name ".length()).strip();
                String bare = name.substring(name.lastIndexOf("zoneinfo/") < 0 ? 0 : name.lastIndexOf("zoneinfo/") + 9);
                ZoneId zone = named(bare);
                if (zone != null && zone.getRules().getOffset(now).equals(offset)) {
                    return zone;
                }
            }
        }
        return offset;
    }

    private static ZoneOffset offset(String text) {
        try {
            return ZoneOffset.of(text);
        } catch (DateTimeException _) {
            return ZoneOffset.UTC;
        }
    }

    private static @Nullable ZoneId named(String name) {
        try {
            return name.isEmpty() || name.startsWith("/") ? null : ZoneId.of(name);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
