package io.mailban.deploy.shell;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.terminal.Completions;
import io.mailban.terminal.TerminalChat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import jdk.net.ExtendedSocketOptions;

/**
 * A running bot's socket, through which commands and other terminals on this machine reach it. Its directory is open to
 * its owner alone (0700), and the operating system says who is at the other end. Thread-safe.
 */
public final class Door implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Door.class.getName());

    /** What a socket's path may take (unix(7): 108 bytes with the zero at its end). */
    private static final int LONGEST_PATH = 107;

    /** For a guest to notice that the bot ends. */
    private static final Duration LEAVING = Duration.ofSeconds(1);

    private final Path path;
    private final ServerSocketChannel channel;
    private final Desk desk;
    private final Completions completions;
    private final Set<Thread> guests = ConcurrentHashMap.newKeySet();

    private Door(Path path, ServerSocketChannel channel, Desk desk, Completions completions) {
        this.path = path;
        this.channel = channel;
        this.desk = desk;
        this.completions = completions;
    }

    /** Where the socket of a store's bot is. */
    public static Path path(Path store) {
        return store.toAbsolutePath()
                .resolveSibling(store.getFileName() + ".door")
                .resolve("socket");
    }

    /**
     * Opens the door of a store's bot. Call with the bot lock held: a socket that is there is then one that a killed bot
     * left, and is replaced.
     *
     * @throws IOException with a sentence, if the socket can't be there
     */
    public static Door open(Path store, Desk desk, Completions completions) throws IOException {
        Path path = path(store);
        if (path.toString().getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
            throw new IOException("the socket " + path + " would have a longer path than the " + LONGEST_PATH
                    + " bytes that a socket may have; put the store into a directory with a shorter name");
        }
        Path directory = path.resolveSibling("");
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        Files.deleteIfExists(path);
        ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        channel.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
        Door door = new Door(path, channel, desk, completions);
        Thread.ofVirtual().name("mailban-door").start(door::welcome);
        return door;
    }

    private void welcome() {
        while (channel.isOpen()) {
            try {
                SocketChannel guest = channel.accept();
                Thread thread = Thread.ofVirtual().name("mailban-guest").unstarted(() -> serve(guest));
                guests.add(thread);
                thread.start();
            } catch (IOException e) {
                if (channel.isOpen()) {
                    LOG.log(System.Logger.Level.WARNING, "nobody can reach the bot through " + path, e);
                    return;
                }
            }
        }
    }

    private void serve(SocketChannel guest) {
        try (Frames frames = new Frames(guest)) {
            String user =
                    guest.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
            Person person = new Person(new PersonId(TerminalChat.PLATFORM, user), user);
            new Guest(person, frames, desk, completions).serve();
        } catch (IOException | RuntimeException e) {
            // What was cut off at the end is no fault.
            LOG.log(
                    channel.isOpen() ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                    "a command through " + path + " failed",
                    e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            guests.remove(Thread.currentThread());
        }
    }

    /** Lets nobody in any more, and sends those who are there away. */
    @Override
    public void close() {
        try {
            channel.close();
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("can't remove " + path, e);
        }
        guests.forEach(Thread::interrupt);
        try {
            for (Thread guest : guests) {
                guest.join(LEAVING);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
