package io.mailban.bot;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.LogSweep;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.Sweeping;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Unreachable;
import io.mailban.report.ReportFold;
import io.mailban.report.Reporting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes reports: reads the servers' logs whole, each server for itself and all at once. Thread-safe; blocks. */
public final class Reports {
    /** A login counts for so long, so the logs are read from so much earlier on. */
    private static final Duration REMEMBERED = Duration.ofDays(30);

    private final MailServers servers;
    private final LogSweep logs;
    private final Set<Address> listed;
    private final InstantSource clock;

    /** Reads these. */
    public Reports(MailServers servers, LogSweep logs, Set<Address> listed, InstantSource clock) {
        this.servers = servers;
        this.logs = logs;
        this.listed = Set.copyOf(listed);
        this.clock = clock;
    }

    /** Told what is being read; called by many threads. */
    @FunctionalInterface
    public interface Watcher {
        /** As in {@link LogSweep.Sink#begin}. */
        void begin(ServerName server, String source, int number, int count, long bytes);
    }

    /** One for each of these servers. */
    public Map<ServerName, Reporting> of(List<ServerName> asked, Duration period, Watcher watcher) {
        Instant now = clock.instant();
        return Everywhere.ask(asked, server -> of(server, period, now, watcher));
    }

    private Reporting of(ServerName server, Duration period, Instant now, Watcher watcher) {
        Description description = servers.describe(server);
        if (description instanceof Unreachable unreachable) {
            return new Reporting.NotTold(unreachable);
        }
        Instant from = now.minus(period);
        ReportFold fold = new ReportFold(server, listed, from, now);
        Sweeping sweeping = logs.sweep(server, from.minus(REMEMBERED), new LogSweep.Sink() {
            @Override
            public void add(Trace trace) {
                fold.add(trace);
            }

            @Override
            public void begin(String source, int number, int count, long bytes) {
                watcher.begin(server, source, number, count, bytes);
            }
        });
        return switch (sweeping) {
            case Unreachable unreachable -> new Reporting.NotTold(unreachable);
            case Sweeping.Swept swept -> {
                List<Ban> standing = servers.bans(server) instanceof BanListing.Standing(var bans) ? bans : List.of();
                Tracing.Traced horizons = new Tracing.Traced(List.of(), swept.mailLog(), swept.banLog());
                yield new Reporting.Told(
                        server, fold.finish(description, standing, horizons), swept.volume(), description);
            }
        };
    }
}
