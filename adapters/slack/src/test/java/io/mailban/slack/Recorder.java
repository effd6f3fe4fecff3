package io.mailban.slack;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Keeps every body that the bot sent, one file each, without the token. Thread-safe. */
final class Recorder {
    /** Where the tests of a module keep what they sent: Maven runs them in its directory. */
    static final Path KEPT = Path.of("target", "wire", "slack");

    private static final Gson PRETTY = new GsonBuilder()
            .disableHtmlEscaping()
            .serializeNulls()
            .setPrettyPrinting()
            .create();
    /** Numbers go on within a run, and the run's time and process keep them apart from other runs'. */
    private static final String RUN = "%d-%d"
            .formatted(System.currentTimeMillis(), ProcessHandle.current().pid());

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private static final AtomicBoolean SWEPT = new AtomicBoolean();

    private final List<Path> mine = new ArrayList<>();
    private final Path directory;

    Recorder(Path directory) {
        this.directory = directory;
        if (directory.equals(KEPT) && SWEPT.compareAndSet(false, true)) {
            sweep();
        }
    }

    /** What earlier runs sent says nothing of this one. */
    private static void sweep() {
        try {
            Files.createDirectories(KEPT);
            try (Stream<Path> old = Files.list(KEPT)) {
                for (Path file : old.toList()) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Keeps one body under the method's name: {@code chat.postMessage}, {@code response_url}, {@code ack}. */
    void keep(String method, JsonElement body) {
        Path file = directory.resolve("%s-%05d-%s.json".formatted(RUN, NUMBER.incrementAndGet(), method));
        try {
            Files.createDirectories(directory);
            Files.writeString(file, PRETTY.toJson(Json.object("method", method, "body", body)) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        synchronized (mine) {
            mine.add(file);
        }
    }

    /** What this recorder kept. */
    List<Path> kept() {
        synchronized (mine) {
            return List.copyOf(mine);
        }
    }
}
