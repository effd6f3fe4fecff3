package io.mailban.ssh;

import io.mailban.logtime.LineHead;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What there is of the logs.
 *
 * @param written when each file was last written to, by our clock, as all times here
 * @param last the last line with a time of each
 * @param journal the newest line in the journal; absent where there is no journal
 */
record Survey(
        ServerClock clock,
        Map<String, Instant> written,
        Map<String, Instant> last,
        Optional<Optional<Instant>> journal) {
    Optional<Instant> newest(List<LogPlace> places) {
        return places.stream()
                .map(place -> switch (place) {
                    case LogPlace.InFile(var path) -> Optional.ofNullable(last.get(path));
                    case LogPlace.InJournal _ -> journal.flatMap(line -> line);
                })
                .flatMap(Optional::stream)
                .max(Instant::compareTo);
    }

    /** Reads what the verb {@code survey} printed. */
    static Survey read(String out, String mark, Instant sent, Instant received) {
        ServerClock clock = ServerClock.read(out, sent, received);
        Instant today = clock.theirs(received);
        Map<String, Instant> written = new LinkedHashMap<>();
        Map<String, Instant> last = new LinkedHashMap<>();
        Optional<Optional<Instant>> journal = Optional.empty();
        @Nullable String path = null;
        Instant now = today;
        for (String line : out.split("\n", -1)) {
            if (line.startsWith(mark)) {
                String[] words = line.split(" ", 4);
                path = words.length == 4 ? words[3] : null;
                if (path != null) {
                    now = Instant.ofEpochSecond(Long.parseLong(words[2]));
                    written.put(path, clock.ours(now));
                } else {
                    now = today;
                    journal = words[1].equals("journal") ? Optional.of(Optional.empty()) : journal;
                }
                continue;
            }
            Optional<Instant> at =
                    LineHead.of(line).at().instant(clock.zone(), now).map(clock::ours);
            if (at.isPresent() && path != null) {
                last.put(path, at.get());
            } else if (at.isPresent() && journal.isPresent()) {
                journal = Optional.of(at);
            }
        }
        return new Survey(clock, written, last, journal);
    }
}
