package io.mailban.ssh;

import com.jcraft.jsch.JSch;
import io.mailban.ban.ServerName;
import io.mailban.examination.Trial;
import io.mailban.examination.Trials;
import io.mailban.examination.Visit;
import io.mailban.examination.Visit.Power;
import io.mailban.examination.Visit.Shell;
import io.mailban.examination.Way;
import io.mailban.examination.Way.Behind;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.Obstacle;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeoutException;

/** Tries servers over SSH, each on a connection of its own. Thread-safe. */
public final class SshTrials implements Trials {
    private static final int SSH_PORT = 22;
    private static final int BANNER_MILLIS = 3000;

    private final Map<ServerName, SshServer> servers = new LinkedHashMap<>();
    private final SshSurroundings surroundings;
    private final Duration patience;
    private final InstantSource clock = InstantSource.system();

    /**
     * Reaches nothing yet.
     *
     * @param patience how long any one trial may take
     */
    public SshTrials(List<SshServer> servers, SshSurroundings surroundings, Duration patience) {
        servers.forEach(server -> this.servers.put(server.name(), server));
        this.surroundings = surroundings;
        this.patience = patience;
    }

    @Override
    public List<ServerName> names() {
        return List.copyOf(servers.keySet());
    }

    @Override
    public Trial of(ServerName name) {
        SshServer server = servers.get(name);
        if (server == null) {
            throw new IllegalArgumentException("no server is called " + name + "; there are " + servers.keySet());
        }
        return of(server);
    }

    /** Tries a server, whether it is one of those or not. */
    public Trial of(SshServer server) {
        Way way = way(server);
        Link link = new Link(server, surroundings, patience);
        try {
            return link.use(Deadline.in(patience), (connection, _) -> new Trial.Inside(way, visit(connection, server)));
        } catch (Obstructed obstructed) {
            return new Trial.Stopped(way, obstructed.obstacle(), sshElsewhere(obstructed.obstacle()));
        } finally {
            link.close();
        }
    }

    private Visit visit(Connection connection, SshServer server) throws Lost {
        ShellTrial shell = shell(connection);
        Fail2banTrial asking = new Fail2banTrial(connection, server.client());
        Visit.Fail2ban answered = asking.version(Deadline.in(patience));
        Fail2banClients clients = new Fail2banClients(server.client(), Fail2banClients.Way.behind(server.client()));
        try {
            Discovery discovery = new Discovery(clients, new LogFinder(server.logs(), clock));
            Optional<Discovery.Found> found =
                    answered instanceof Visit.Fail2ban.Answers ? found(discovery, connection) : Optional.empty();
            LogPlaces places =
                    found.isPresent() ? found.get().places() : discovery.places(connection, Deadline.in(patience));
            LogTrials logs = new LogTrials(connection, server.logs(), clock);
            var files = shell.shell() instanceof Shell.Given
                    ? logs.files(places, Deadline.in(patience))
                    : Map.<String, Visit.FileSeen>of();
            PowerTrials powers = new PowerTrials(connection, Deadline.in(patience));
            powers.all(shell.powers());
            if (server.client() instanceof CommandPrefix.Gate && answered instanceof Visit.Fail2ban.Answers) {
                powers.note(Power.ORDERS, asking.orders(Deadline.in(patience)));
            }
            PresentedKey key = connection.hostKey();
            // Where there is a shell, it knows the zone of the server itself even if the logs are a container's.
            Optional<ZoneId> zone =
                    shell.zone().or(() -> found.map(one -> one.places().clock().zone()));
            return new Visit(
                    key.type() + " " + key.fingerprint(),
                    shell.shell(),
                    answered,
                    found.isPresent() ? jails(asking, clients, found.get()) : List.of(),
                    logs.logs(places, files, Deadline.in(patience)),
                    zone,
                    powers.held(),
                    powers.refused(),
                    powers.untold());
        } finally {
            clients.rest();
        }
    }

    private ShellTrial shell(Connection connection) throws Lost {
        try {
            return ShellTrial.on(connection, clock, Deadline.in(patience));
        } catch (TimeoutException _) {
            throw new Lost("a command that only looks around did not end within " + patience.toSeconds() + " s");
        }
    }

    private Optional<Discovery.Found> found(Discovery discovery, Connection connection) throws Lost {
        try {
            return Optional.of(discovery.find(connection, Deadline.in(patience)));
        } catch (Unanswered _) {
            // It answered a moment ago; the next examination will tell.
            return Optional.empty();
        }
    }

    private List<Visit.JailSeen> jails(Fail2banTrial asking, Fail2banClients clients, Discovery.Found found)
            throws Lost {
        try {
            return asking.jails(
                    clients,
                    found.description().jails().stream().map(JailSettings::jail).toList(),
                    Deadline.in(patience));
        } catch (Unanswered _) {
            return List.of();
        }
    }

    private Way way(SshServer server) {
        Destination destination = Destination.of(server, surroundings);
        return new Way(
                server.name(),
                destination.host(),
                destination.port(),
                destination.user(),
                behind(server.client()),
                behind(server.logs()),
                publicKey(server, destination));
    }

    private static Behind behind(CommandPrefix prefix) {
        return switch (prefix) {
            case CommandPrefix.None _ -> new Behind.Nothing();
            case CommandPrefix.Sudo _ -> new Behind.Sudo();
            case CommandPrefix.Docker(var name) -> new Behind.Container(name);
            case CommandPrefix.SudoDocker(var name) -> new Behind.Container(name);
            case CommandPrefix.Gate _ -> new Behind.Gate();
        };
    }

    private static Optional<String> publicKey(SshServer server, Destination destination) {
        try {
            return Identities.gather(new JSch(), server, destination).firstPublicKey();
        } catch (Obstructed _) {
            return Optional.empty();
        }
    }

    /** A wrong port is the likeliest reason for a closed one. */
    private static OptionalInt sshElsewhere(Obstacle obstacle) {
        return obstacle instanceof Obstacle.PortClosed(var host, var port) && port != SSH_PORT && speaksSsh(host)
                ? OptionalInt.of(SSH_PORT)
                : OptionalInt.empty();
    }

    private static boolean speaksSsh(String host) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, SSH_PORT), BANNER_MILLIS);
            socket.setSoTimeout(BANNER_MILLIS);
            return new String(socket.getInputStream().readNBytes(4), StandardCharsets.US_ASCII).equals("SSH-");
        } catch (IOException _) {
            return false;
        }
    }
}
