package io.mailban.deploy.wiring;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Lifting;
import io.mailban.mailserver.MailServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Mail servers whose bans are lifted one at a time by all processes that share a store. A network may be lifted only while
 * its own ban stands, which is read immediately before: two processes that read, and then both lift, would lift every
 * address inside it. The lock goes with its process, however that ends. Thread-safe.
 */
final class LiftingInTurn implements MailServers {
    /** A file lock is the whole process's: threads take turns by these. */
    private static final Map<Path, ReentrantLock> HERE = new ConcurrentHashMap<>();

    private final MailServers servers;
    private final Path file;

    LiftingInTurn(MailServers servers, Path store) {
        this.servers = servers;
        this.file = store.resolveSibling(store.getFileName() + ".lifting");
    }

    @Override
    public Lifting lift(ServerName server, Jail jail, BannedId id) {
        ReentrantLock here = HERE.computeIfAbsent(file, _ -> new ReentrantLock());
        here.lock();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = channel.lock()) {
            return servers.lift(server, jail, id);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        } finally {
            here.unlock();
        }
    }

    @Override
    public List<ServerName> names() {
        return servers.names();
    }

    @Override
    public Description describe(ServerName server) {
        return servers.describe(server);
    }

    @Override
    public BanListing bans(ServerName server) {
        return servers.bans(server);
    }

    @Override
    public BanListing bans(ServerName server, Address address) {
        return servers.bans(server, address);
    }
}
