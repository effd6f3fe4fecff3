package io.mailban.ssh;

import io.mailban.fail2ban.LogLineReader;
import io.mailban.logtime.LineHead;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.MailLineReader;
import io.mailban.mailserver.LogSweep.Sink;
import io.mailban.mailserver.Sweeping;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Tracing.Horizon;
import io.mailban.ssh.LogOutput.Log;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the logs of one server whole, once: each file on a channel of its own, in which one process of the server's prints
 * what of it matters. Not thread-safe.
 */
final class Sweep {
    private static final int UNPACKING = 64 * 1024;

    /** Rarer than gzip, and nothing that Java can read: these come whole, as text. */
    private static final List<String> UNPACKED_THERE = List.of(".xz", ".bz2", ".zst");

    private final CommandPrefix prefix;
    private final LogPlaces places;
    private final Instant since;
    private final Sink sink;
    private final Map<Log, List<String>> faults = new EnumMap<>(Log.class);
    private final Map<Log, Instant> begins = new EnumMap<>(Log.class);
    private int files;
    private long onServer;
    private long sent;
    private long lines;

    Sweep(CommandPrefix prefix, LogPlaces places, Instant since, Sink sink) {
        this.prefix = prefix;
        this.places = places;
        this.since = since;
        this.sink = sink;
    }

    /** Which files there are, the mail logs' first, each the oldest first. */
    List<LogFile> list(Connection connection, Instant now, Deadline deadline) throws Lost {
        String mark = Marks.unguessable();
        List<String> parameters = new ArrayList<>(
                List.of(mark, String.valueOf(places.clock().theirs(since).getEpochSecond())));
        places.mail().forEach(place -> parameters.addAll(List.of("mail", path(place))));
        places.ban().ifPresent(place -> parameters.addAll(List.of("ban", path(place))));
        if (places.mail().isEmpty()) {
            fault(Log.MAIL, "the mail log is on another host, which is not read for this");
        }
        RemoteCommand command = RemoteCommand.script(prefix, LogScripts.Verb.FILES, parameters);
        Exec.Done done = Exec.runAsFarAsPossible(connection, command, new byte[0], 1 << 20, deadline);
        LogOutput.read(done.out(), mark, now)
                .complaints()
                .forEach(complaint -> fault(complaint.log(), complaint.words()));
        List<LogFile> found = LogFile.read(done.out(), mark, now);
        if (found.isEmpty()) {
            fault(
                    Log.MAIL,
                    done.err().isBlank() ? "no file was found" : done.err().strip());
        }
        return found.stream()
                .sorted((one, other) -> one.log() == other.log()
                        ? one.written().compareTo(other.written())
                        : one.log().compareTo(other.log()))
                .toList();
    }

    /** Reads one of them to its end. */
    void read(Connection connection, LogFile file, Deadline deadline) throws Lost {
        files++;
        onServer += file.bytes();
        RemoteCommand command = RemoteCommand.script(
                prefix,
                LogScripts.Verb.EVERYTHING,
                List.of(
                        Marks.unguessable(),
                        String.valueOf(places.clock().theirs(since).getEpochSecond()),
                        file.log() == Log.MAIL ? "mail" : "ban",
                        file.identity(),
                        file.path()));
        try (Hose hose = Hose.open(connection, command, deadline)) {
            try {
                feed(hose, file);
            } catch (IOException fault) {
                if (connection.isDead() || Thread.currentThread().isInterrupted()) {
                    throw new Lost(String.valueOf(fault.getMessage()));
                }
                fault(file.log(), file.source() + ": " + fault.getMessage());
            }
            sent += hose.taken();
            if (!hose.complaints().isEmpty()) {
                fault(file.log(), hose.complaints().lines().limit(2).collect(Collectors.joining(" ")));
            }
        } catch (TimeoutException _) {
            fault(file.log(), file.source() + " could not be opened in time");
        }
    }

    private void feed(Hose hose, LogFile file) throws IOException {
        boolean packed = file.path().endsWith(".gz");
        boolean unpackedThere = UNPACKED_THERE.stream().anyMatch(file.path()::endsWith);
        InputStream in = packed ? unpacked(hose) : hose;
        LineFeed feed = new LineFeed(in);
        // Of a file that is searched there, the first line comes first whatever it says, and once more if it matters.
        boolean searched = !packed && !unpackedThere && !file.path().isEmpty();
        @Nullable String line = feed.next();
        if (line != null) {
            begin(file, line);
            line = searched ? feed.next() : line;
        }
        LineTimes times = new LineTimes(places.clock(), file.written());
        for (; line != null; line = feed.next()) {
            read(file, times, line);
        }
    }

    /** An empty file has not even gzip's own header. */
    private static InputStream unpacked(Hose hose) throws IOException {
        BufferedInputStream packed = new BufferedInputStream(hose, UNPACKING);
        packed.mark(1);
        if (packed.read() < 0) {
            return InputStream.nullInputStream();
        }
        packed.reset();
        return new GZIPInputStream(packed, UNPACKING);
    }

    private void begin(LogFile file, String line) {
        LineHead.of(line)
                .at()
                .instant(places.clock().zone(), file.written())
                .map(places.clock()::ours)
                .ifPresent(at -> begins.merge(file.log(), at, (one, other) -> one.isBefore(other) ? one : other));
    }

    private void read(LogFile file, LineTimes times, String line) {
        switch (file.log()) {
            case MAIL ->
                MailLineReader.read(line)
                        .filter(event -> event instanceof MailEvent.Login || event instanceof MailEvent.AuthFailure)
                        .ifPresent(
                                event -> times.next(event.at()).ifPresent(at -> give(new Trace.OfMail(at, event, ""))));
            case BAN ->
                LogLineReader.read(line)
                        .ifPresent(event ->
                                times.next(event.at()).ifPresent(at -> give(new Trace.OfFail2ban(at, event, ""))));
        }
    }

    private void give(Trace trace) {
        if (!trace.at().isBefore(since)) {
            lines++;
            sink.add(trace);
        }
    }

    private void fault(Log log, String words) {
        faults.computeIfAbsent(log, _ -> new ArrayList<>()).add(words);
    }

    Sweeping.Swept swept() {
        String mailLogs = places.mail().stream().map(LogPlace::text).collect(Collectors.joining(", "));
        return new Sweeping.Swept(
                horizon(Log.MAIL, mailLogs),
                horizon(Log.BAN, places.banText()),
                new Sweeping.Volume(files, onServer, sent, lines));
    }

    private Horizon horizon(Log log, String source) {
        List<String> words = faults.getOrDefault(log, List.of());
        return new Horizon(
                source,
                Optional.ofNullable(begins.get(log)),
                words.isEmpty() ? Optional.empty() : Optional.of(new Tracing.Fault.Said(String.join("; ", words))));
    }

    private static String path(LogPlace place) {
        return switch (place) {
            case LogPlace.InFile(var path) -> path;
            case LogPlace.InJournal _ -> "";
        };
    }
}
