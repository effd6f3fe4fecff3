package io.mailban.bot;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.fail2ban.LogEvent;
import io.mailban.history.Evidence;
import io.mailban.history.EvidenceStore;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.BanRecords;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Lifter;
import io.mailban.mailserver.Lifting;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.ServerLogs;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Lifts no ban before it was written down why it was made. A server that can't be asked, or a
 * store that can't be written, stops no lift. Thread-safe.
 */
public final class EvidenceKeeper implements Lifter {
    private static final System.Logger LOG = System.getLogger(EvidenceKeeper.class.getName());

    /** What led to a ban happened within a day before it; most jails look back ten minutes. */
    private static final Duration BEFORE = Duration.ofDays(1);

    /** fail2ban's clock counts whole seconds, and its log line comes a little after the ban. */
    private static final Duration AFTER = Duration.ofSeconds(2);

    private static final int MOST_LINES = 50;

    private final Lifter lifter;
    private final MailServers servers;
    private final ServerLogs logs;
    private final BanRecords records;
    private final EvidenceStore store;
    private final Recognizer recognizer;
    private final InstantSource clock;

    /** Lifts by this one, and asks these first. */
    public EvidenceKeeper(
            Lifter lifter,
            MailServers servers,
            ServerLogs logs,
            BanRecords records,
            EvidenceStore store,
            Recognizer recognizer,
            InstantSource clock) {
        this.lifter = lifter;
        this.servers = servers;
        this.logs = logs;
        this.records = records;
        this.store = store;
        this.recognizer = recognizer;
        this.clock = clock;
    }

    @Override
    public Lifting lift(ServerName server, Jail jail, BannedId id) {
        try {
            find(server, jail, id).ifPresent(store::keep);
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "why " + jail + " on " + server + " made a ban could not be kept; it is lifted all the same",
                    e);
        }
        return lifter.lift(server, jail, id);
    }

    /** Empty where the ban does not stand, or the server does not answer. */
    private Optional<Evidence> find(ServerName server, Jail jail, BannedId id) {
        Instant now = clock.instant();
        if (!(id instanceof Address address)) {
            return standing(servers.bans(server), jail, id)
                    .map(ban -> evidence(server, ban, now, Optional.empty(), List.of()));
        }
        var listing = Everywhere.start(() -> servers.bans(server, address));
        var kept = Everywhere.start(() -> records.evidence(server, address));
        List<Trace> traces = logs.traces(server, TraceQuery.of(address, now.minus(Inquiries.REACH)))
                .found();
        Evidencing evidencing = Everywhere.join(kept);
        return standing(Everywhere.join(listing), jail, id)
                .map(ban -> evidence(server, ban, now, matching(evidencing, ban), traces));
    }

    private static Optional<Ban> standing(BanListing listing, Jail jail, BannedId id) {
        return listing instanceof BanListing.Standing(var bans)
                ? bans.stream()
                        .filter(ban -> ban.jail().equals(jail) && ban.id().equals(id))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Evidencing.KeptBan> matching(Evidencing evidencing, Ban ban) {
        return evidencing instanceof Evidencing.Kept(var bans)
                ? bans.stream()
                        .filter(kept ->
                                kept.jail().equals(ban.jail()) && kept.id().equals(ban.id()))
                        .max(Comparator.comparing(Evidencing.KeptBan::since))
                : Optional.empty();
    }

    private Evidence evidence(
            ServerName server, Ban ban, Instant now, Optional<Evidencing.KeptBan> kept, List<Trace> traces) {
        Instant since =
                ban.since().or(() -> kept.map(Evidencing.KeptBan::since)).orElse(now);
        List<Trace> matched = kept.map(Evidencing.KeptBan::lines).orElse(List.of());
        List<Trace> lines = Stream.concat(
                        matched.stream(),
                        traces.stream()
                                .filter(trace -> ledTo(ban, since, trace))
                                .filter(trace -> matched.stream()
                                        .noneMatch(known -> known.line().equals(trace.line()))))
                .sorted(Comparator.comparing(Trace::at))
                .toList();
        return new Evidence(
                server,
                ban.jail(),
                ban.id(),
                since,
                ban.until(),
                kept.map(one -> OptionalInt.of(one.failures())).orElse(OptionalInt.empty()),
                kept.map(one -> OptionalInt.of(one.times())).orElse(OptionalInt.empty()),
                now,
                owner(ban.id(), traces, now),
                lines.subList(Math.max(0, lines.size() - MOST_LINES), lines.size()));
    }

    private static boolean ledTo(Ban ban, Instant since, Trace trace) {
        if (trace.at().isBefore(since.minus(BEFORE)) || trace.at().isAfter(since.plus(AFTER))) {
            return false;
        }
        return switch (trace) {
            case Trace.OfMail mail -> !(mail.event() instanceof MailEvent.Login);
            case Trace.OfFail2ban line ->
                line.event() instanceof LogEvent.OfJail event && event.jail().equals(ban.jail());
        };
    }

    private Evidence.Owner owner(BannedId id, List<Trace> traces, Instant now) {
        if (!(id instanceof Address address)) {
            return Evidence.Owner.UNKNOWN;
        }
        return switch (recognizer.recognize(address, traces, now)) {
            case Whose.Known _, Whose.Listed _ -> Evidence.Owner.KNOWN;
            case Whose.Perhaps _, Whose.Unknown _, Whose.Suspicious _ -> Evidence.Owner.UNKNOWN;
        };
    }
}
