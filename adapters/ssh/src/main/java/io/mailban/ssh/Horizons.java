package io.mailban.ssh;

import io.mailban.logtime.LineHead;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Tracing.Horizon;
import io.mailban.ssh.LogOutput.Content;
import io.mailban.ssh.LogOutput.Log;
import io.mailban.ssh.LogOutput.Part;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells how far back logs were read, and what of them could not be. */
final class Horizons {
    private Horizons() {}

    /** What a script said, and what its tools complained of. */
    record Answer(LogOutput output, String complaints) {}

    /** The traces in the order of their times, with the horizons of both logs. */
    static Tracing.Traced traced(List<Trace> traces, LogPlaces places, Answer answer, Instant since) {
        List<Trace> sorted =
                traces.stream().sorted(Comparator.comparing(Trace::at)).toList();
        String mailNames = places.mail().stream().map(LogPlace::text).collect(Collectors.joining(", "));
        return new Tracing.Traced(
                sorted,
                horizon(mailNames, Log.MAIL, places, answer, since),
                horizon(places.banText(), Log.BAN, places, answer, since));
    }

    private static Horizon horizon(String source, Log log, LogPlaces places, Answer answer, Instant since) {
        List<String> faults = new ArrayList<>();
        answer.output().complaints().stream()
                .filter(complaint -> complaint.log() == log)
                .forEach(complaint -> faults.add(complaint.words()));
        // The tools' own complaints name a path, or else concern all.
        String complaints = answer.complaints();
        boolean namesBanLog =
                places.ban().isPresent() && (places.mail().isEmpty() || complaints.contains(places.banText()));
        // What was refused before it began says nothing about either.
        boolean refused = answer.output().parts().isEmpty() && answer.output().ending() == LogOutput.Ending.CUT;
        if (!complaints.isEmpty() && (refused || (log == Log.BAN) == namesBanLog)) {
            faults.add(complaints.lines().limit(3).collect(Collectors.joining(" ")));
        }
        Optional<Instant> begins = Optional.empty();
        for (Part part : answer.output().parts()) {
            if (part.log() != log) {
                continue;
            }
            if (part.content() == Content.LINES && part.length() >= Logs.LARGEST_FILE) {
                faults.add("only the newest " + (Logs.LARGEST_FILE >> 20) + " MB of matching lines in " + part.path()
                        + " were read");
            }
            if (part.content() == Content.BEGIN) {
                Optional<Instant> first = begins(part, places.clock())
                        .map(at -> part.path().equals("journal") && at.isBefore(since) ? since : at);
                begins = Stream.concat(begins.stream(), first.stream()).min(Comparator.naturalOrder());
            }
        }
        return new Horizon(
                source,
                begins,
                faults.isEmpty() ? Optional.empty() : Optional.of(new Tracing.Fault.Said(String.join("; ", faults))));
    }

    /** The time of the first line that has one. */
    private static Optional<Instant> begins(Part part, ServerClock clock) {
        return part.lines().stream()
                .map(line -> LineHead.of(line).at().instant(clock.zone(), part.written()))
                .flatMap(Optional::stream)
                .map(clock::ours)
                .findFirst();
    }
}
