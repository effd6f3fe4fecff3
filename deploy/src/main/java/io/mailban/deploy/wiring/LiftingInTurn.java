package io.mailban.deploy.wiring;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.Lifter;
import io.mailban.mailserver.Lifting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets all processes that share a store lift bans one at a time. A network may be lifted only while its own ban stands,
 * which is read immediately before: two processes that read, and then both lift, would lift every address inside it. The
 * lock goes with its process, however that ends. Thread-safe.
 */
final class LiftingInTurn implements Lifter {
    /** A file lock is the whole process's: threads take turns by these. */
    private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

    private final Lifter lifter;
    private final Path file;

    LiftingInTurn(Lifter lifter, Path store) {
        this.lifter = lifter;
        this.file = store.resolveSibling(store.getFileName() + ".lifting");
    }

    @Override
    public Lifting lift(ServerName server, Jail jail, BannedId id) {
        ReentrantLock here = HERE.computeIfAbsent(file, _ -> new ReentrantLock());
        here.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            return lifter.lift(server, jail, id);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        } finally {
            here.unlock();
        }
    }
}
