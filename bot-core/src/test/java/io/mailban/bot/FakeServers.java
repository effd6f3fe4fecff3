package io.mailban.bot;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.BanRecords;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.Lifter;
import io.mailban.mailserver.Lifting;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.ServerLogs;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Unreachable;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Mail servers in memory: bans that can be lifted, logs that can be written, a server that can be down. */
public final class FakeServers implements MailServers, Lifter, ServerLogs, BanRecords {
    private final Map<ServerName, List<Ban>> bans = new LinkedHashMap<>();
    private final Set<Ban> byHand = new HashSet<>();
    private final Set<ServerName> down = new HashSet<>();
    private final Set<ServerName> broken = new HashSet<>();
    private final Set<ServerName> slow = new HashSet<>();
    private Runnable afterALift = () -> {};
    private final Set<ServerName> starting = new HashSet<>();
    private final List<Trace> traces = new ArrayList<>();
    private final List<String> lifted = new ArrayList<>();

    public FakeServers(String... names) {
        for (String name : names) {
            bans.put(new ServerName(name), new ArrayList<>());
        }
    }

    public synchronized FakeServers ban(String server, String jail, String id, Instant since) {
        on(new ServerName(server))
                .add(new Ban(
                        new Jail(jail),
                        BannedId.of(id),
                        Optional.of(since),
                        Optional.of(since.plus(Duration.ofHours(1)))));
        return this;
    }

    /** A ban that somebody typed. */
    public synchronized FakeServers banByHand(String server, String jail, String id, Instant since) {
        ban(server, jail, id, since);
        byHand.add(on(new ServerName(server)).getLast());
        return this;
    }

    /** The ban that a jail holds on exactly this. */
    public synchronized Optional<Ban> held(ServerName server, Jail jail, BannedId id) {
        return on(server).stream()
                .filter(ban -> ban.jail().equals(jail) && ban.id().equals(id))
                .findFirst();
    }

    /** Whether somebody typed it. */
    public synchronized boolean isByHand(Ban ban) {
        return byHand.contains(ban);
    }

    /** A ban goes by itself, or by somebody else's hand. */
    public synchronized void end(String server, String jail, String id) {
        on(new ServerName(server))
                .removeIf(
                        ban -> ban.jail().name().equals(jail) && ban.id().text().equals(id));
    }

    /** Something that happens once, as soon as a ban has been lifted. */
    public synchronized void afterALift(Runnable event) {
        afterALift = event;
    }

    /** fail2ban has just started: it answers, holds nothing yet, and its database keeps what it will restore. */
    public synchronized void startAnew(String server) {
        starting.add(new ServerName(server));
    }

    /** It has restored its bans, each with the time at which it began. */
    public synchronized void restore(String server) {
        starting.remove(new ServerName(server));
    }

    public synchronized void goDown(String server) {
        down.add(new ServerName(server));
    }

    public synchronized void comeBack(String server) {
        down.remove(new ServerName(server));
    }

    /** Answers nothing until {@link #answer}. */
    public synchronized void keepSilent(String server) {
        slow.add(new ServerName(server));
    }

    /** Answers whatever it was asked. */
    public synchronized void answer(String server) {
        slow.remove(new ServerName(server));
        notifyAll();
    }

    /** Whatever it is asked comes to an exception. */
    public synchronized void breakDown(String server) {
        broken.add(new ServerName(server));
        answer(server);
    }

    private synchronized void await(ServerName server) {
        try {
            while (slow.contains(server)) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        if (broken.contains(server)) {
            throw new IllegalStateException(server + " is broken");
        }
    }

    public synchronized void log(Trace trace) {
        traces.add(trace);
    }

    /** What was lifted, in order: {@code mail1 postfix-sasl 203.0.113.7}. */
    public synchronized List<String> lifted() {
        return List.copyOf(lifted);
    }

    @Override
    public List<ServerName> names() {
        return List.copyOf(bans.keySet());
    }

    @Override
    public synchronized Description describe(ServerName server) {
        await(server);
        if (down.contains(server)) {
            return unreachable(server);
        }
        return new Description.Described(
                "1.1.0",
                ZoneOffset.UTC,
                on(server).stream()
                        .map(ban -> new JailSettings(
                                ban.jail(),
                                3,
                                Duration.ofMinutes(10),
                                Optional.of(Duration.ofHours(1)),
                                new JailSettings.Closes.Ports(List.of(25, 143, 993)),
                                JailSettings.Manner.REFUSES,
                                List.of()))
                        .distinct()
                        .toList(),
                "/var/log/fail2ban.log",
                List.of("/var/log/mail.log"),
                Optional.empty(),
                List.of());
    }

    @Override
    public synchronized BanListing bans(ServerName server) {
        await(server);
        return down.contains(server) ? unreachable(server) : new BanListing.Standing(standing(server));
    }

    @Override
    public synchronized BanListing bans(ServerName server, Address address) {
        await(server);
        return down.contains(server)
                ? unreachable(server)
                : new BanListing.Standing(standing(server).stream()
                        .filter(ban -> ban.id().covers(address))
                        .toList());
    }

    @Override
    public synchronized Lifting lift(ServerName server, Jail jail, BannedId id) {
        if (down.contains(server)) {
            return unreachable(server);
        }
        boolean held = !starting.contains(server)
                && on(server)
                        .removeIf(ban -> ban.jail().equals(jail) && ban.id().equals(id));
        if (held) {
            lifted.add(server + " " + jail + " " + id.text());
            Runnable next = afterALift;
            afterALift = () -> {};
            next.run();
        }
        return held ? new Lifting.Lifted() : new Lifting.NotHeld();
    }

    @Override
    public synchronized Tracing traces(ServerName server, TraceQuery query) {
        await(server);
        return down.contains(server)
                ? unreachable(server)
                : new Tracing.Traced(
                        traces.stream()
                                .filter(trace -> !trace.at().isBefore(query.since()))
                                .toList(),
                        horizon("/var/log/mail.log"),
                        horizon("/var/log/fail2ban.log"));
    }

    @Override
    public Tracing lastDeliveries(ServerName server, Set<Mailbox> mailboxes) {
        return new Tracing.Traced(List.of(), horizon("/var/log/mail.log"), horizon("/var/log/fail2ban.log"));
    }

    @Override
    public synchronized Evidencing evidence(ServerName server, Address address) {
        return down.contains(server)
                ? unreachable(server)
                : new Evidencing.Kept(on(server).stream()
                        .filter(ban -> ban.id().equals(address))
                        .map(ban -> new Evidencing.KeptBan(
                                ban.jail(),
                                ban.id(),
                                ban.since().orElseThrow(),
                                Optional.of(Duration.ofHours(1)),
                                byHand.contains(ban) ? 0 : 3,
                                1,
                                List.of()))
                        .toList());
    }

    @Override
    public synchronized FirewallSearch firewall(ServerName server, Address address) {
        return down.contains(server) ? unreachable(server) : new FirewallSearch.Searched(List.of());
    }

    private List<Ban> standing(ServerName server) {
        return starting.contains(server) ? List.of() : on(server);
    }

    private List<Ban> on(ServerName server) {
        return Objects.requireNonNull(bans.get(server), server.name());
    }

    private static Tracing.Horizon horizon(String source) {
        return new Tracing.Horizon(source, Optional.of(Instant.parse("2026-11-01T06:25:00Z")), Optional.empty());
    }

    private static Unreachable unreachable(ServerName server) {
        return new Unreachable(server, new Obstacle.PortClosed(server.name(), 22));
    }
}
