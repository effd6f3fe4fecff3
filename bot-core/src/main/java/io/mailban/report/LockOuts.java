package io.mailban.report;

import static java.util.stream.Collectors.toCollection;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.BanCause;
import io.mailban.diagnosis.Causes;
import io.mailban.diagnosis.Observation;
import io.mailban.fail2ban.LogEvent;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.logtime.LogTime;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells the bans of one known address as the person there met them. */
final class LockOuts {
    private static final int DAY = 86_400;
    private static final int SLACK = 2;

    private final ServerName server;
    private final Owners owners;
    private final Description description;
    private final Tracing.Traced horizons;
    private final Map<Jail, Map<Address, Offender>> offenders;
    private final int from;
    private final int to;

    LockOuts(
            ServerName server,
            Owners owners,
            Description description,
            Tracing.Traced horizons,
            Map<Jail, Map<Address, Offender>> offenders,
            int from,
            int to) {
        this.server = server;
        this.owners = owners;
        this.description = description;
        this.horizons = horizons;
        this.offenders = offenders;
        this.from = from;
        this.to = to;
    }

    /** A jail's ban of the address, of which it is known whose it was at that time. */
    record Held(Jail jail, Span span, Whose whose) {}

    /** Lock-outs within the period, oldest first. */
    List<LockOut> of(Address address, List<Held> bans) {
        List<LockOut> all = new ArrayList<>();
        List<Held> together = new ArrayList<>();
        int end = -1;
        List<Held> sorted = bans.stream()
                .sorted(Comparator.comparingInt(held -> held.span().from()))
                .toList();
        for (Held held : sorted) {
            boolean another = held.span().from() > end && held.span().origin() == Span.Origin.BANNED;
            if (another && !together.isEmpty()) {
                all.add(lockOut(address, together));
                together.clear();
            }
            together.add(held);
            end = Math.max(end, held.span().to());
        }
        if (!together.isEmpty()) {
            all.add(lockOut(address, together));
        }
        return all;
    }

    private LockOut lockOut(Address address, List<Held> bans) {
        Held first = bans.getFirst();
        BanCause cause = cause(address, first);
        long lasted = 0;
        int end = from;
        for (Held held : bans) {
            int begin = Math.max(held.span().from(), end);
            int until = Math.min(held.span().to(), to);
            lasted += Math.max(0, until - begin);
            end = Math.max(end, until);
        }
        List<Jail> jails = bans.stream()
                .filter(held -> held.span().origin() == Span.Origin.BANNED)
                .map(Held::jail)
                .toList();
        return new LockOut(
                address,
                mailboxes(first.whose(), cause),
                jails.isEmpty() ? List.of(first.jail()) : jails,
                Seconds.instant(Math.max(first.span().from(), from)),
                Seconds.instant(end),
                Duration.ofSeconds(lasted),
                Why.of(cause));
    }

    /** Those that failed and are at home here; else the owner. */
    private static Set<Mailbox> mailboxes(Whose whose, BanCause cause) {
        Set<Mailbox> failed = cause instanceof BanCause.FailedLogins logins ? logins.names() : Set.of();
        return switch (whose) {
            case Whose.Known known -> {
                Set<Mailbox> home = new TreeSet<>(known.others());
                home.add(known.mailbox());
                // As the person logs in, and not as it was typed: without its domain, say.
                Set<Mailbox> own = home.stream()
                        .filter(one -> failed.stream().anyMatch(name -> Recognizer.sameMailbox(one, name)))
                        .collect(toCollection(TreeSet::new));
                yield own.isEmpty() ? Set.of(known.mailbox()) : own;
            }
            case Whose.Listed _, Whose.Perhaps _, Whose.Unknown _, Whose.Suspicious _ -> failed;
        };
    }

    private BanCause cause(Address address, Held held) {
        int made = held.span().from();
        int longest = held.jail().equals(Jail.RECIDIVE) ? DAY : longestFindTime(held.jail());
        List<Trace> lines = new ArrayList<>();
        for (Story.Event event : owners.events(address)) {
            if (event instanceof Story.Event.Failure failure
                    && failure.at() >= made - longest - SLACK
                    && failure.at() <= made + SLACK) {
                lines.add(Owners.trace(address, failure));
            }
        }
        offenders.forEach((jail, held2) -> {
            Offender offender = held2.get(address);
            if (offender != null) {
                lines.addAll(lines(address, jail, offender, made, longest));
            }
        });
        lines.sort(Comparator.comparing(Trace::at));
        Ban ban = new Ban(held.jail(), address, Optional.of(Seconds.instant(made)), Optional.empty());
        Tracing seen = new Tracing.Traced(lines, horizons.mailLog(), horizons.banLog());
        return new Causes(
                        address,
                        new Observation(
                                server,
                                new BanListing.Standing(List.of(ban)),
                                description,
                                seen,
                                seen,
                                new Evidencing.Kept(List.of()),
                                new FirewallSearch.Searched(List.of())),
                        Seconds.instant(made))
                .of(ban);
    }

    private int longestFindTime(Jail jail) {
        return description instanceof Description.Described described
                ? described.jails().stream()
                        .filter(settings -> settings.jail().equals(jail))
                        .mapToInt(settings -> Math.clamp(settings.findTime().toSeconds(), 0, Seconds.END))
                        .max()
                        .orElse(DAY)
                : DAY;
    }

    private static List<Trace> lines(Address address, Jail jail, Offender offender, int made, int longest) {
        LogTime notKept = new LogTime.Missing();
        List<Trace> lines = new ArrayList<>();
        Arrays.stream(offender.failures())
                .filter(at -> at >= made - longest - SLACK && at <= made + SLACK)
                .forEach(at -> lines.add(
                        new Trace.OfFail2ban(Seconds.instant(at), new LogEvent.Found(notKept, jail, address), "")));
        Arrays.stream(offender.bans())
                .filter(at -> at >= made - longest - SLACK && at <= made)
                .forEach(at -> lines.add(
                        new Trace.OfFail2ban(Seconds.instant(at), new LogEvent.Banned(notKept, jail, address), "")));
        return lines;
    }
}
