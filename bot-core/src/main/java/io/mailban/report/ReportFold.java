package io.mailban.report;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Folds the lines of one server's logs into a {@link Report}: those of the mail log first, then fail2ban's, each oldest
 * first. Pure; not thread-safe; bounded in memory, some 150 MB at most, whatever attackers have written.
 */
public final class ReportFold {
    /** How much is kept; attackers beyond it are sampled or forgotten, users are not. */
    record Bounds(int mailEvents, int mailAddresses, int banEvents, int banAddresses) {}

    private static final Bounds USUAL = new Bounds(4_000_000, 250_000, 8_000_000, 250_000);

    private final ServerName server;
    private final Set<Address> listed;
    private final int from;
    private final int to;
    private final MailStories mail;
    private final BanStories bans;
    private final Owners owners;

    /**
     * @param listed the operator's own {@code known_addresses}
     * @param from where the period begins; lines before it still tell whose an address was
     * @param to where it ends: now
     */
    public ReportFold(ServerName server, Set<Address> listed, Instant from, Instant to) {
        this(server, listed, from, to, USUAL);
    }

    ReportFold(ServerName server, Set<Address> listed, Instant from, Instant to, Bounds bounds) {
        this.server = server;
        this.listed = Set.copyOf(listed);
        this.from = Seconds.of(from);
        this.to = Seconds.of(to);
        this.mail = new MailStories(bounds.mailEvents(), bounds.mailAddresses());
        this.bans = new BanStories(
                bounds.banEvents(),
                bounds.banAddresses(),
                address -> mail.hasLoggedIn(address) || this.listed.contains(address));
        this.owners = new Owners(new Recognizer(this.listed), mail);
    }

    /** Takes one line in. */
    public void add(Trace trace) {
        switch (trace) {
            case Trace.OfMail line -> mail.add(line.at(), line.event());
            case Trace.OfFail2ban line -> bans.add(line.at(), line.event());
        }
    }

    /**
     * What they come to.
     *
     * @param standing the bans that stand now
     * @param horizons how far back the logs were read
     */
    public Report finish(Description description, List<Ban> standing, Tracing.Traced horizons) {
        List<JailSettings> settings =
                description instanceof Description.Described described ? described.jails() : List.of();
        MailJails mailJails = new MailJails(settings);
        Set<Address> candidates = new HashSet<>(mail.ofUsers().keySet());
        candidates.addAll(listed);

        LockOuts telling = new LockOuts(server, owners, description, horizons, bans.jails(), from, to);
        List<LockOut> lockOuts = new ArrayList<>();
        Map<Jail, Set<Address>> keptOut = new TreeMap<>();
        int perhaps = 0;
        for (Address address : candidates) {
            List<LockOuts.Held> held = new ArrayList<>();
            for (LockOuts.Held ban : held(address, mailJails)) {
                switch (ban.whose()) {
                    case Whose.Known _, Whose.Listed _ -> held.add(ban);
                    case Whose.Perhaps _ -> perhaps++;
                    case Whose.Unknown _, Whose.Suspicious _ -> {}
                }
            }
            held.forEach(ban ->
                    keptOut.computeIfAbsent(ban.jail(), _ -> new HashSet<>()).add(address));
            lockOuts.addAll(telling.of(address, held));
        }
        lockOuts.sort(Comparator.comparing(LockOut::since).thenComparing(LockOut::address));
        return new Report(
                Seconds.instant(from),
                Seconds.instant(to),
                lockOuts,
                perhaps,
                stale(candidates, mailJails, standing),
                reviews(settings, mailJails, lockOuts, keptOut),
                others(mailJails, keptOut),
                horizons.mailLog(),
                horizons.banLog());
    }

    /** Every ban that kept this address from its mail within the period, a network's too. */
    private List<LockOuts.Held> held(Address address, MailJails mailJails) {
        List<LockOuts.Held> held = new ArrayList<>();
        bans.jails().forEach((jail, offenders) -> {
            Offender offender = offenders.get(address);
            if (offender != null && mailJails.closesMail(jail)) {
                add(address, jail, offender, mailJails, held);
            }
        });
        bans.networks().forEach((jail, offenders) -> {
            if (mailJails.closesMail(jail)) {
                for (Map.Entry<Network, Offender> entry : offenders.entrySet()) {
                    if (entry.getKey().contains(address)) {
                        add(address, jail, entry.getValue(), mailJails, held);
                    }
                }
            }
        });
        return held;
    }

    private void add(Address address, Jail jail, Offender offender, MailJails jails, List<LockOuts.Held> held) {
        for (Span span : offender.spans(bans.restarts(), jails.lasting(jail), to)) {
            if (span.to() >= from && span.from() <= to) {
                held.add(new LockOuts.Held(jail, span, owners.whose(address, span.from())));
            }
        }
    }

    private List<StaleDevice> stale(Set<Address> candidates, MailJails mailJails, List<Ban> standing) {
        StaleDevices finding = new StaleDevices(owners, mailJails, bans, standing, to);
        return candidates.stream()
                .filter(address -> switch (owners.whose(address, to)) {
                    case Whose.Known _, Whose.Listed _ -> true;
                    case Whose.Perhaps _, Whose.Unknown _, Whose.Suspicious _ -> false;
                })
                .flatMap(address -> finding.of(address).stream())
                .sorted(Comparator.comparingDouble((StaleDevice device) -> -nearness(device))
                        .thenComparing(device -> device.device().address()))
                .toList();
    }

    private static double nearness(StaleDevice device) {
        return switch (device.standing()) {
            case StaleDevice.Standing.Banned _ -> 2;
            case StaleDevice.Standing.Counted counted -> counted.failures() / (double) Math.max(1, counted.maxRetry());
            case StaleDevice.Standing.NotCounted _ -> 0;
        };
    }

    private List<JailReview> reviews(
            List<JailSettings> settings, MailJails mailJails, List<LockOut> lockOuts, Map<Jail, Set<Address>> keptOut) {
        List<JailReview> reviews = new ArrayList<>();
        for (JailSettings jail : settings) {
            if (mailJails.closesMail(jail.jail())) {
                int knownBans = (int) lockOuts.stream()
                        .flatMap(lockOut -> lockOut.jails().stream())
                        .filter(jail.jail()::equals)
                        .count();
                Set<Address> known = keptOut.getOrDefault(jail.jail(), Set.of());
                reviews.add(
                        new JailReviews(jail, mailJails.lasting(jail.jail()), bans, known, from, to).review(knownBans));
            }
        }
        reviews.sort(Comparator.comparingInt(JailReview::knownBans)
                .thenComparingInt(JailReview::otherBans)
                .reversed()
                .thenComparing(JailReview::jail));
        return reviews;
    }

    private Report.Others others(MailJails mailJails, Map<Jail, Set<Address>> keptOut) {
        Set<Address> addresses = new HashSet<>();
        int count = 0;
        for (Map.Entry<Jail, Map<Address, Offender>> jail : bans.jails().entrySet()) {
            if (!mailJails.closesMail(jail.getKey())) {
                continue;
            }
            Set<Address> known = keptOut.getOrDefault(jail.getKey(), Set.of());
            for (Map.Entry<Address, Offender> entry : jail.getValue().entrySet()) {
                int bansOf = known.contains(entry.getKey())
                        ? 0
                        : (int) entry.getValue().spans(bans.restarts(), mailJails.lasting(jail.getKey()), to).stream()
                                .filter(span -> span.origin() == Span.Origin.BANNED && span.from() >= from)
                                .count();
                if (bansOf > 0) {
                    addresses.add(entry.getKey());
                    count += bansOf;
                }
            }
        }
        return new Report.Others(count, addresses.size(), bans.oneOf());
    }
}
