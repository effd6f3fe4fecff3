package io.mailban.ssh;

import io.mailban.mailserver.Obstacle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * For {@code mailban trust SERVER}: shows the host key that a server presents, and adds it to known_hosts when a person
 * has compared it. Thread-safe, except that one process should write a known_hosts file at a time.
 */
public final class HostKeys {
    private static final int SALT_LENGTH = 20;

    private final SshSurroundings surroundings;
    private final Duration patience;

    /** Uses the files that {@code surroundings} name, and gives a server this long to answer. */
    public HostKeys(SshSurroundings surroundings, Duration patience) {
        this.surroundings = surroundings;
        this.patience = patience;
    }

    /** Asks the server for its key, and does not log in. */
    public KeyPresentation ask(SshServer server) {
        Deadline deadline = Deadline.in(patience);
        Connector connector;
        try {
            connector = new Connector(server, surroundings, deadline);
        } catch (Obstructed obstructed) {
            return new KeyPresentation.NotPresented(obstructed.obstacle());
        }
        CompletableFuture<Obstacle> attempt = new CompletableFuture<>();
        Thread.ofVirtual().name("mailban-hostkey").start(() -> attempt.complete(connector.meetOnly()));
        Obstacle obstacle;
        try {
            obstacle = attempt.get(deadline.leftMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            obstacle = connector.silence();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("asking " + server.name() + " for its host key", fault.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            obstacle = connector.silence();
        } finally {
            connector.abandon();
        }
        Optional<HostKeyWitness.Seen> seen = connector.witnessed();
        if (seen.isEmpty()) {
            return new KeyPresentation.NotPresented(obstacle);
        }
        PresentedKey key = seen.get().key();
        Path file = connector.destination().knownHosts().getFirst();
        return switch (seen.get().standing()) {
            case TRUSTED -> new KeyPresentation.Trusted(key);
            case UNKNOWN -> new KeyPresentation.New(key, file);
            case CHANGED -> new KeyPresentation.Changed(key, file);
            case REVOKED -> new KeyPresentation.Revoked(key);
        };
    }

    /** The jump hosts on the way to a server, by the names that {@code ProxyJump} gives them, nearest first. */
    public List<SshServer> jumpHosts(SshServer server) {
        try {
            List<Route.Stop> stops = Route.to(server, surroundings).stops();
            return stops.subList(0, stops.size() - 1).stream()
                    .map(Route.Stop::server)
                    .toList();
        } catch (Obstructed _) {
            return List.of();
        }
    }

    /** Trusts a key from now on: adds it to the file, which is made if there is none. */
    public void accept(KeyPresentation.New fresh) throws IOException {
        append(fresh.file(), fresh.key());
    }

    /** Trusts the new key instead of what the file has for the host; entries for other hosts and marked ones stay. */
    public void replace(KeyPresentation.Changed changed) throws IOException {
        List<String> kept = new ArrayList<>();
        for (String line : Files.readAllLines(changed.file(), StandardCharsets.ISO_8859_1)) {
            without(line, changed.key().host()).ifPresent(kept::add);
        }
        Path beside = Files.createTempFile(
                changed.file().toAbsolutePath().getParent(),
                "known_hosts",
                ".new",
                PosixFilePermissions.asFileAttribute(Files.getPosixFilePermissions(changed.file())));
        Files.write(beside, kept, StandardCharsets.ISO_8859_1);
        Files.move(beside, changed.file(), StandardCopyOption.ATOMIC_MOVE);
        append(changed.file(), changed.key());
    }

    private static void append(Path file, PresentedKey key) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.exists(folder)) {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
        String standing = Files.readString(file, StandardCharsets.ISO_8859_1);
        boolean hashes = standing.lines().anyMatch(line -> line.startsWith("|1|"));
        String name = hashes ? KnownHosts.hashedName(salt(), key.host()) : key.host();
        String lineBreak = standing.isEmpty() || standing.endsWith("\n") ? "" : "\n";
        Files.writeString(
                file,
                lineBreak + name + " " + key.type() + " " + key.base64() + "\n",
                StandardCharsets.ISO_8859_1,
                StandardOpenOption.APPEND);
    }

    /** The line without the host: gone if it named no other. */
    private static Optional<String> without(String line, String host) {
        List<KnownHosts.Entry> entries = KnownHosts.entries(List.of(line));
        if (entries.isEmpty()
                || !entries.getFirst().isPlain()
                || !entries.getFirst().names(host)) {
            return Optional.of(line);
        }
        String hosts = entries.getFirst().hosts();
        List<String> others = Arrays.stream(hosts.split(",", -1))
                .filter(name -> !name.toLowerCase(Locale.ROOT).equals(host.toLowerCase(Locale.ROOT)))
                .toList();
        if (hosts.startsWith("|1|") || others.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(line.replaceFirst(Pattern.quote(hosts), Matcher.quoteReplacement(String.join(",", others))));
    }

    private static byte[] salt() {
        byte[] salt = new byte[SALT_LENGTH];
        new SecureRandom().nextBytes(salt);
        return salt;
    }
}
