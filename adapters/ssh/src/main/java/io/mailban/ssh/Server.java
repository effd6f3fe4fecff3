package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.IgnoreListing;
import io.mailban.mailserver.Ignoring;
import io.mailban.mailserver.Lifting;
import io.mailban.mailserver.LogSweep;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Sweeping;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;

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
    private final Optional<MailLogHost> mailLog;
    private final BanDatabase database;
    private final Firewall firewall;
    private final InstantSource clock = InstantSource.system();

    Server(SshServer settings, SshSurroundings surroundings, Duration patience, Fail2banClients.Way way) {
        this.settings = settings;
        this.patience = patience;
        link = new Link(settings, surroundings, patience);
        clients = new Fail2banClients(settings.client(), way);
        discovery = new Discovery(clients, new LogFinder(settings.logs(), clock));
        logs = new Logs(settings.logs(), clock);
        mailLog = settings.mailLog().map(host -> new MailLogHost(host, surroundings, patience, clock));
        database = new BanDatabase(clients, settings.logs());
        firewall = new Firewall(settings.logs());
        ignoreLists = new IgnoreLists(clients);
        fail2ban = new Fail2ban(clients, new ServerZone(forAnybody(settings.client())), discovery::noticed);
    }

    /** Anybody may ask for the time, where sudo may be held to fail2ban-client alone. */
    private static CommandPrefix forAnybody(CommandPrefix prefix) {
        return switch (prefix) {
            case CommandPrefix.Sudo _ -> new CommandPrefix.None();
            case CommandPrefix.None _, CommandPrefix.Docker _, CommandPrefix.SudoDocker _, CommandPrefix.Gate _ ->
                prefix;
        };
    }

    Description describe() {
        try {
            return link.use(Deadline.in(patience), (connection, deadline) -> {
                try {
                    Description.Described description =
                            discovery.find(connection, deadline).description();
                    return mailLog.map(host -> host.described(description)).orElse(description);
                } catch (Unanswered unanswered) {
                    return silent(unanswered);
                }
            });
        } catch (Obstructed obstructed) {
            return unreachable(obstructed);
        }
    }

    Tracing traces(TraceQuery query) {
        if (mailLog.isPresent()) {
            return traces(mailLog.get(), query);
        }
        return looking((connection, deadline) ->
                logs.traces(connection, discovery.places(connection, deadline), query, deadline));
    }

    Tracing lastDeliveries(Set<Mailbox> mailboxes) {
        if (mailLog.isPresent()) {
            try {
                return mailLog.get().lastDeliveries(mailboxes);
            } catch (Obstructed obstructed) {
                return unreachable(obstructed);
            }
        }
        return looking((connection, deadline) ->
                logs.lastDeliveries(connection, discovery.places(connection, deadline), mailboxes, deadline));
    }

    Evidencing evidence(Address address) {
        try {
            return link.use(
                    Deadline.in(patience),
                    (connection, deadline) -> database.evidence(
                            connection, discovery.places(connection, deadline).clock(), address, deadline));
        } catch (Obstructed obstructed) {
            return unreachable(obstructed);
        }
    }

    FirewallSearch firewall(Address address) {
        try {
            return link.use(
                    Deadline.in(patience),
                    (connection, deadline) ->
                            firewall.search(connection, address, discovery.jails(connection, deadline), deadline));
        } catch (Obstructed obstructed) {
            return unreachable(obstructed);
        }
    }

    /** Each file for itself: a connection that is lost in the middle is not begun again, since what came is folded in. */
    Sweeping sweep(Instant since, LogSweep.Sink sink) {
        try {
            LogPlaces places = link.use(Deadline.in(patience), discovery::places);
            // It would wait there all the while, one process more.
            clients.rest();
            Sweep sweep = new Sweep(settings.logs(), mailLog.isPresent() ? places.withoutMail() : places, since, sink);
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

    /** Asks both hosts at once: each may take the whole time. */
    private Tracing traces(MailLogHost host, TraceQuery query) {
        FutureTask<Tracing> elsewhere = new FutureTask<>(() -> {
            try {
                return host.traces(query);
            } catch (Obstructed obstructed) {
                return unreachable(obstructed);
            }
        });
        Thread.ofVirtual().name("mailban-maillog-" + settings.name()).start(elsewhere);
        Tracing here = looking((connection, deadline) ->
                logs.traces(connection, discovery.places(connection, deadline).withoutMail(), query, deadline));
        try {
            Tracing there = elsewhere.get();
            return switch (here) {
                case Unreachable unreachable -> unreachable;
                case Tracing.Traced bans ->
                    switch (there) {
                        case Tracing.Traced mail ->
                            new Tracing.Traced(
                                    Stream.concat(mail.traces().stream(), bans.traces().stream())
                                            .sorted(Comparator.comparing(Trace::at))
                                            .toList(),
                                    mail.mailLog(),
                                    bans.banLog());
                        case Unreachable(var _, var obstacle) ->
                            new Tracing.Traced(bans.traces(), host.away(obstacle), bans.banLog());
                    };
            };
        } catch (ExecutionException fault) {
            throw new IllegalStateException("reading the mail log of " + settings.name(), fault.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return unreachable(new Obstructed(new Obstacle.Broken(settings.host(), "interrupted")));
        }
    }

    /** Frees what nobody has used for long. */
    void tidy(Duration clientIdle, Duration linkIdle) {
        if (clients.idle().compareTo(clientIdle) > 0) {
            clients.rest();
        }
        if (link.idle().compareTo(linkIdle) > 0) {
            link.rest();
        }
        mailLog.ifPresent(host -> host.tidy(linkIdle));
    }

    void close() {
        clients.rest();
        link.close();
        mailLog.ifPresent(MailLogHost::close);
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
