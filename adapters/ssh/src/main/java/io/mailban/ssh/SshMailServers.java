package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.BanRecords;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Exempting;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.IgnoreListing;
import io.mailban.mailserver.Ignoring;
import io.mailban.mailserver.Lifter;
import io.mailban.mailserver.Lifting;
import io.mailban.mailserver.LogSweep;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.ServerLogs;
import io.mailban.mailserver.Sweeping;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** The mail servers of the configuration, over SSH. Thread-safe; servers don't wait for each other. */
public final class SshMailServers
        implements MailServers, Lifter, ServerLogs, LogSweep, BanRecords, Exempting, AutoCloseable {
    private static final Duration CLIENT_IDLE = Duration.ofMinutes(5);
    private static final Duration LINK_IDLE = Duration.ofMinutes(30);
    private static final Duration TIDYING = Duration.ofMinutes(1);

    private final Map<ServerName, Server> servers = new LinkedHashMap<>();
    private final ScheduledExecutorService tidying = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("mailban-tidy").factory());

    /**
     * Opens nothing yet: a server is reached when it is first asked.
     *
     * @param patience how long any call may take
     */
    public SshMailServers(List<SshServer> servers, SshSurroundings surroundings, Duration patience) {
        this(servers, surroundings, patience, server -> Fail2banClients.Way.behind(server.client()));
    }

    SshMailServers(List<SshServer> servers, SshSurroundings surroundings, Duration patience, Fail2banClients.Way way) {
        this(servers, surroundings, patience, _ -> way);
    }

    private SshMailServers(
            List<SshServer> servers,
            SshSurroundings surroundings,
            Duration patience,
            Function<SshServer, Fail2banClients.Way> way) {
        for (SshServer server : servers) {
            this.servers.put(server.name(), new Server(server, surroundings, patience, way.apply(server)));
        }
        ScheduledFuture<?> _ =
                tidying.scheduleWithFixedDelay(this::tidy, TIDYING.toSeconds(), TIDYING.toSeconds(), TimeUnit.SECONDS);
    }

    @Override
    public List<ServerName> names() {
        return List.copyOf(servers.keySet());
    }

    @Override
    public BanListing bans(ServerName server) {
        return server(server).bans();
    }

    @Override
    public BanListing bans(ServerName server, Address address) {
        return server(server).bans(address);
    }

    @Override
    public Lifting lift(ServerName server, Jail jail, BannedId id) {
        return server(server).lift(jail, id);
    }

    @Override
    public IgnoreListing ignored(ServerName server) {
        return server(server).ignored();
    }

    @Override
    public Ignoring ignore(ServerName server, Jail jail, Address address) {
        return server(server).ignore(jail, address);
    }

    @Override
    public Ignoring heed(ServerName server, Jail jail, Address address) {
        return server(server).heed(jail, address);
    }

    @Override
    public Description describe(ServerName server) {
        return server(server).describe();
    }

    @Override
    public Tracing traces(ServerName server, TraceQuery query) {
        return server(server).traces(query);
    }

    @Override
    public Tracing lastDeliveries(ServerName server, Set<Mailbox> mailboxes) {
        return server(server).lastDeliveries(mailboxes);
    }

    @Override
    public Sweeping sweep(ServerName server, Instant since, Sink sink) {
        return server(server).sweep(since, sink);
    }

    @Override
    public Evidencing evidence(ServerName server, Address address) {
        return server(server).evidence(address);
    }

    @Override
    public FirewallSearch firewall(ServerName server, Address address) {
        return server(server).firewall(address);
    }

    /** Ends all connections. */
    @Override
    public void close() {
        tidying.shutdownNow();
        servers.values().forEach(Server::close);
    }

    private Server server(ServerName name) {
        Server server = servers.get(name);
        if (server == null) {
            throw new IllegalArgumentException("no server is called " + name + "; there are " + servers.keySet());
        }
        return server;
    }

    private void tidy() {
        servers.values().forEach(server -> server.tidy(CLIENT_IDLE, LINK_IDLE));
    }
}
