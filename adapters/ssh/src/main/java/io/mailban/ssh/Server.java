package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.IgnoreListing;
import io.mailban.mailserver.Ignoring;
import io.mailban.mailserver.Lifting;
import io.mailban.mailserver.LogSweep;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Sweeping;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;

/** All that there is for one server: its connection, its fail2ban. Turns what can go wrong into outcomes. Thread-safe. */
final class Server {
    private final SshServer settings;
    private final Duration patience;
    private final Link link;
    private final Fail2banClients clients;
    private final Fail2ban fail2ban;
    private final IgnoreLists ignoreLists;
    private final Discovery discovery;
    private final Logs logs;
    private final InstantSource clock = InstantSource.system();

    Server(SshServer settings, SshSurroundings surroundings, Duration patience, Fail2banClients.Way way) {
        this.settings = settings;
        this.patience = patience;
        link = new Link(settings, surroundings, patience);
        clients = new Fail2banClients(settings.client(), way);
        discovery = new Discovery(clients, settings.logs(), clock);
        logs = new Logs(settings.logs(), clock);
        ignoreLists = new IgnoreLists(clients);
        fail2ban = new Fail2ban(clients, new ServerZone(settings.client()), discovery::noticed);
    }

    Description describe() {
        try {
            return link.use(Deadline.in(patience), (connection, deadline) -> {
                try {
                    return discovery.find(connection, deadline).description();
                } catch (Unanswered unanswered) {
                    return silent(unanswered);
                }
            });
        } catch (Obstructed obstructed) {
            return unreachable(obstructed);
        }
    }

    Tracing traces(TraceQuery query) {
        return looking((connection, deadline) ->
                logs.traces(connection, discovery.places(connection, deadline), query, deadline));
    }

    Tracing lastDeliveries(Set<Mailbox> mailboxes) {
        return looking((connection, deadline) ->
                logs.lastDeliveries(connection, discovery.places(connection, deadline), mailboxes, deadline));
    }

    /** Each file for itself: a connection that is lost in the middle is not begun again, since what came is folded in. */
    Sweeping sweep(Instant since, LogSweep.Sink sink) {
        try {
            LogPlaces places = link.use(Deadline.in(patience), discovery::places);
            // It would wait there all the while, one process more.
            clients.rest();
            Sweep sweep = new Sweep(settings.logs(), places, since, sink);
            List<LogFile> files = link.use(
                    Deadline.in(patience), (connection, deadline) -> sweep.list(connection, clock.instant(), deadline));
            int number = 0;
            for (LogFile file : files) {
                number++;
                sink.begin(file.source(), number, files.size(), file.bytes());
                link.use(Deadline.in(patience), (connection, deadline) -> {
                    try {
                        sweep.read(connection, file, deadline);
                        return file;
                    } catch (Lost lost) {
                        throw new Obstructed(new Obstacle.Broken(settings.host(), lost.words()));
                    }
                });
            }
            return sweep.swept();
        } catch (Obstructed obstructed) {
            return unreachable(obstructed);
        }
    }

    BanListing bans() {
        return listing(fail2ban::all);
    }

    BanListing bans(Address address) {
        return listing((connection, deadline) -> fail2ban.covering(connection, address, deadline));
    }

    Lifting lift(Jail jail, BannedId id) {
        try {
            return link.use(Deadline.in(patience), (connection, deadline) -> {
                try {
                    return fail2ban.lift(connection, jail, id, deadline);
                } catch (Unanswered unanswered) {
                    return silent(unanswered);
                } catch (Fail2ban.OrderLost lost) {
                    throw new Obstructed(new Obstacle.Broken(settings.host(), String.valueOf(lost.getMessage())));
                }
            });
        } catch (Obstructed obstructed) {
            return unreachable(obstructed);
        }
    }

    IgnoreListing ignored() {
        try {
            return link.use(Deadline.in(patience), (connection, deadline) -> {
                try {
                    return new IgnoreListing.Listed(ignoreLists.all(connection, deadline));
                } catch (Unanswered unanswered) {
                    return silent(unanswered);
                }
            });
        } catch (Obstructed obstructed) {
            return unreachable(obstructed);
        }
    }

    Ignoring ignore(Jail jail, Address address) {
        return ignoring((connection, deadline) -> ignoreLists.add(connection, jail, address, deadline));
    }

    Ignoring heed(Jail jail, Address address) {
        return ignoring((connection, deadline) -> ignoreLists.remove(connection, jail, address, deadline));
    }

    /** Frees what nobody has used for long. */
    void tidy(Duration clientIdle, Duration linkIdle) {
        if (clients.idle().compareTo(clientIdle) > 0) {
            clients.rest();
        }
        if (link.idle().compareTo(linkIdle) > 0) {
            link.rest();
        }
    }

    void close() {
        clients.rest();
        link.close();
    }

    @FunctionalInterface
    private interface Listing {
        List<Ban> read(Connection connection, Deadline deadline) throws Lost, Unanswered;
    }

    @FunctionalInterface
    private interface IgnoreOrder {
        Ignoring give(Connection connection, Deadline deadline) throws Lost, Unanswered, Fail2ban.OrderLost;
    }

    private Ignoring ignoring(IgnoreOrder order) {
        try {
            return link.use(Deadline.in(patience), (connection, deadline) -> {
                try {
                    Ignoring given = order.give(connection, deadline);
                    discovery.changed();
                    return given;
                } catch (Unanswered unanswered) {
                    return silent(unanswered);
                } catch (Fail2ban.OrderLost lost) {
                    throw new Obstructed(new Obstacle.Broken(settings.host(), String.valueOf(lost.getMessage())));
                }
            });
        } catch (Obstructed obstructed) {
            return unreachable(obstructed);
        }
    }

    private Tracing looking(Link.Use<Tracing> use) {
        try {
            return link.use(Deadline.in(patience), use);
        } catch (Obstructed obstructed) {
            return unreachable(obstructed);
        }
    }

    private BanListing listing(Listing listing) {
        try {
            return link.use(Deadline.in(patience), (connection, deadline) -> {
                try {
                    return new BanListing.Standing(listing.read(connection, deadline));
                } catch (Unanswered unanswered) {
                    return silent(unanswered);
                }
            });
        } catch (Obstructed obstructed) {
            return unreachable(obstructed);
        }
    }

    private Fail2banSilent silent(Unanswered unanswered) {
        return new Fail2banSilent(settings.name(), unanswered.reason(), unanswered.words());
    }

    private Unreachable unreachable(Obstructed obstructed) {
        return new Unreachable(settings.name(), obstructed.obstacle());
    }
}
