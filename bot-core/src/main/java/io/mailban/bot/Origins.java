package io.mailban.bot;

import io.mailban.approval.Plan.Origin;
import io.mailban.approval.Plan.Step;
import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.OtherId;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.BanCause;
import io.mailban.diagnosis.Causes;
import io.mailban.diagnosis.Observation;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.BanRecords;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Evidencing.KeptBan;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.MailServers;
import io.mailban.mailserver.ServerLogs;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds out whether a ban was made by hand, at the least cost: fail2ban's database answers in one question, and only where
 * it does not, the logs are read. Networks and recidive are not looked into: those take two people anyway. Thread-safe.
 */
public final class Origins {
    /** The log line and the ban that it makes can be a moment apart. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    /** Longer than any jail counts. */
    private static final Duration BEFORE_A_BAN = Duration.ofDays(1);

    private final MailServers servers;
    private final ServerLogs logs;
    private final BanRecords records;
    private final InstantSource clock;

    /** What tells a ban that is gone from one that is about to be restored. */
    Absence absence(Pauses pauses) {
        return new Absence(records, pauses, clock);
    }

    /** Asks these. */
    public Origins(MailServers servers, ServerLogs logs, BanRecords records, InstantSource clock) {
        this.servers = servers;
        this.logs = logs;
        this.records = records;
        this.clock = clock;
    }

    /** The steps that lift these bans, of which each is on exactly the target. */
    List<Step> steps(ServerName server, BannedId target, List<Ban> bans) {
        return switch (target) {
            case Address address -> ofAddress(server, address, bans);
            case Network _, OtherId _ ->
                bans.stream().map(ban -> Step.of(server, ban, Origin.UNKNOWN)).toList();
        };
    }

    /** Who made one ban that stands, whatever else stands. */
    Origin of(ServerName server, Address address, Ban ban) {
        return looked(server, address, List.of(ban)).getFirst().origin();
    }

    private List<Step> ofAddress(ServerName server, Address address, List<Ban> bans) {
        boolean matters = bans.stream().noneMatch(ban -> ban.jail().equals(Jail.RECIDIVE));
        if (bans.isEmpty() || !matters) {
            return bans.stream()
                    .map(ban -> Step.of(server, ban, Origin.UNKNOWN))
                    .toList();
        }
        return looked(server, address, bans);
    }

    private List<Step> looked(ServerName server, Address address, List<Ban> bans) {
        Evidencing evidence = records.evidence(server, address);
        List<Optional<Origin>> kept =
                bans.stream().map(ban -> kept(evidence, ban)).toList();
        if (kept.stream().allMatch(Optional::isPresent)) {
            return steps(server, bans, kept.stream().map(Optional::orElseThrow).toList());
        }
        Causes causes = causes(server, address, bans, evidence);
        return steps(
                server,
                bans,
                bans.stream()
                        .map(ban -> kept(evidence, ban).orElseGet(() -> origin(causes.of(ban))))
                        .toList());
    }

    private static List<Step> steps(ServerName server, List<Ban> bans, List<Origin> origins) {
        return IntStream.range(0, bans.size())
                .mapToObj(i -> Step.of(server, bans.get(i), origins.get(i)))
                .toList();
    }

    private static Optional<Origin> kept(Evidencing evidence, Ban ban) {
        return evidence instanceof Evidencing.Kept(var all)
                ? all.stream()
                        .filter(one -> one.jail().equals(ban.jail()) && one.id().equals(ban.id()))
                        .filter(one -> isSame(one, ban))
                        .findFirst()
                        .map(one -> one.failures() == 0 ? Origin.BY_HAND : Origin.FAIL2BAN)
                : Optional.empty();
    }

    /** An older ban of the same jail says nothing about this one. */
    private static boolean isSame(KeptBan kept, Ban ban) {
        return ban.since().isEmpty()
                || Duration.between(kept.since(), ban.since().get()).abs().compareTo(SLACK) <= 0;
    }

    private Causes causes(ServerName server, Address address, List<Ban> bans, Evidencing evidence) {
        Instant from = bans.stream()
                .flatMap(ban -> ban.since().stream())
                .min(Instant::compareTo)
                .orElse(clock.instant())
                .minus(BEFORE_A_BAN)
                .minus(SLACK);
        Tracing traces = logs.traces(server, TraceQuery.of(address, from));
        return new Causes(
                address,
                new Observation(
                        server,
                        new BanListing.Standing(bans),
                        servers.describe(server),
                        traces,
                        traces,
                        evidence,
                        new FirewallSearch.Searched(List.of())),
                clock.instant());
    }

    private static Origin origin(BanCause cause) {
        return switch (cause) {
            case BanCause.ByHand _ -> Origin.BY_HAND;
            case BanCause.FailedLogins _,
                    BanCause.Forged _,
                    BanCause.NoLoginTried _,
                    BanCause.RejectedRecipients _,
                    BanCause.OtherLines _,
                    BanCause.BannedBefore _ -> Origin.FAIL2BAN;
            case BanCause.NotInLogs _ -> Origin.UNKNOWN;
        };
    }
}
