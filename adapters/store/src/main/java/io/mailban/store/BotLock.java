package io.mailban.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * One bot for a store: held while it runs, dropped by the operating system however it ends. Commands that open the
 * store beside a bot don't take it. A lock on {@code FILE.bot}, which stays behind and says the last holder's process.
 * Thread-safe.
 */
public final class BotLock implements AutoCloseable {
    /** Opening a locked file a second time in this process, and closing it, would drop the lock (POSIX). */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private static final Pattern PID = Pattern.compile("[0-9]+");

    private final Path lockFile;
    private final FileChannel channel;

    private BotLock(Path lockFile, FileChannel channel) {
        this.lockFile = lockFile;
        this.channel = channel;
    }

    /**
     * Takes the lock for a store's file.
     *
     * @throws StoreUnusable if another bot holds it, naming that process, or if the file can't be written
     */
    public static BotLock take(Path store) {
        Path file = StoreFile.prepare(store);
        Path lockFile = file.resolveSibling(file.getFileName() + ".bot");
        if (!HELD_HERE.add(lockFile)) {
            throw taken(file, "process " + ProcessHandle.current().pid());
        }
        BotLock held = null;
        try {
            held = locked(file, lockFile);
            return held;
        } catch (IOException e) {
            throw new StoreUnusable(file, "can't be locked with " + lockFile + ": " + e.getMessage(), e);
        } finally {
            if (held == null) {
                HELD_HERE.remove(lockFile);
            }
        }
    }

    /** Lets another bot have the store. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("can't release " + lockFile, e);
        } finally {
            HELD_HERE.remove(lockFile);
        }
    }

    private static BotLock locked(Path file, Path lockFile) throws IOException {
        FileChannel channel = FileChannel.open(
                lockFile,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                StoreFile.ours());
        BotLock held = null;
        try {
            if (channel.tryLock() == null) {
                throw taken(file, holder(channel));
            }
            channel.truncate(0);
            channel.write(US_ASCII.encode(ProcessHandle.current().pid() + "\n"), 0);
            held = new BotLock(lockFile, channel);
            return held;
        } finally {
            if (held == null) {
                channel.close();
            }
        }
    }

    /** The holder writes its process id right after it has the lock; until then nobody knows it. */
    private static String holder(FileChannel channel) throws IOException {
        ByteBuffer start = ByteBuffer.allocate(20);
        channel.read(start, 0);
        String pid = US_ASCII.decode(start.flip()).toString().strip();
        return PID.matcher(pid).matches() ? "process " + pid : "a process that has just begun";
    }

    private static StoreUnusable taken(Path file, String holder) {
        return new StoreUnusable(
                file,
                "another bot works on it, " + holder
                        + "; stop that one, or give this one a file of its own under store",
                null);
    }
}
