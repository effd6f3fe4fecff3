package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Mailbox;
import io.mailban.diagnosis.Finding.AddressUse;
import io.mailban.diagnosis.Finding.Standing;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.maillog.Cause;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Unreachable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Tells which addresses a mailbox uses, which only try its name, and why the first can't get in. Pure. */
public final class MailboxDiagnoser {
    /** From this rank on, an address may be somebody else's who got in. */
    private static final int DOUBTFUL = 2;

    private MailboxDiagnoser() {}

    /** The addresses that logged in to a mailbox, the latest used first. */
    public static List<Address> own(Mailbox mailbox, Observation seen) {
        return tallies(mailbox, seen).values().stream()
                .filter(tally -> tally.logins > 0)
                .sorted(Comparator.comparing((Tally tally) -> tally.lastLogin).reversed())
                .map(tally -> tally.address)
                .toList();
    }

    /**
     * The addresses of a mailbox, by its lines on one server.
     *
     * @param whose whose those are that logged in, for all that they did
     */
    public static Finding.MailboxUse use(Mailbox mailbox, Observation seen, Map<Address, Whose> whose) {
        List<Ban> bans = seen.bans() instanceof BanListing.Standing(var standing) ? standing : List.of();
        List<AddressUse> uses = tallies(mailbox, seen).values().stream()
                .map(tally -> tally.use(bans, whose.getOrDefault(tally.address, new Whose.Unknown(Set.of(mailbox)))))
                .toList();
        List<AddressUse> own = uses.stream()
                .filter(use -> use.logins() > 0)
                .sorted(Comparator.comparingInt((AddressUse use) -> rank(use.whose()))
                        .thenComparing(AddressUse::last, Comparator.reverseOrder()))
                .toList();
        List<AddressUse> others = uses.stream()
                .filter(use -> use.logins() == 0)
                .sorted(Comparator.comparing((AddressUse use) -> use.bannedIn().isEmpty())
                        .thenComparing(AddressUse::last, Comparator.reverseOrder()))
                .toList();
        boolean shutOut = own.stream().anyMatch(use -> !use.bannedIn().isEmpty() && rank(use.whose()) < DOUBTFUL);
        return new Finding.MailboxUse(mailbox, own, others, shutOut ? Standing.SHUT_OUT : Standing.OPEN);
    }

    private static int rank(Whose whose) {
        return switch (whose) {
            case Whose.Known _, Whose.Listed _ -> 0;
            case Whose.Perhaps _ -> 1;
            case Whose.Unknown _ -> DOUBTFUL;
            case Whose.Suspicious _ -> DOUBTFUL + 1;
        };
    }

    private static Map<Address, Tally> tallies(Mailbox mailbox, Observation seen) {
        Map<Address, Tally> tallies = new HashMap<>();
        for (Trace trace : seen.lines()) {
            if (trace instanceof Trace.OfMail mail) {
                switch (mail.event()) {
                    case MailEvent.Login login
                    when Recognizer.sameMailbox(login.mailbox(), mailbox) ->
                        login.address()
                                .ifPresent(address -> tallies.computeIfAbsent(address, Tally::new)
                                        .login(mail.at()));
                    case MailEvent.AuthFailure failure ->
                        failure.address()
                                .ifPresent(address -> tallies.computeIfAbsent(address, Tally::new)
                                        .failed(mail.at(), failure));
                    case MailEvent.Login _,
                            MailEvent.Delivered _,
                            MailEvent.Trouble _,
                            MailEvent.Connected _,
                            MailEvent.Rejected _ -> {}
                }
            }
        }
        return tallies;
    }

    /**
     * What one server's answers mean for a mailbox.
     *
     * @param ofAddresses what they mean for each address that it uses
     */
    public static Diagnosis.OfServer explain(
            Mailbox mailbox, Observation seen, Finding.MailboxUse use, List<Diagnosis.OfServer> ofAddresses) {
        if (seen.traces() instanceof Unreachable unreachable) {
            return new Diagnosis.OfServer(
                    seen.server(),
                    List.of(new Finding.ServerUnreachable(unreachable.obstacle(), Optional.empty())),
                    List.of());
        }
        Set<Finding> findings = new LinkedHashSet<>();
        for (Diagnosis.OfServer answer : ofAddresses) {
            answer.findings().stream()
                    .filter(finding -> finding.weight().compareTo(Finding.Weight.KEPT_OUT) <= 0)
                    .forEach(findings::add);
        }
        findings.addAll(Troubles.undelivered(seen.deliveries()));
        switch (seen.bans()) {
            case Fail2banSilent silent -> findings.add(new Finding.Fail2banDown(silent.cause(), silent.words()));
            case Unreachable unreachable ->
                findings.add(new Finding.ServerUnreachable(unreachable.obstacle(), Optional.empty()));
            case BanListing.Standing _ -> {}
        }
        if (seen.traces() instanceof Tracing.Traced traced) {
            List<Tracing.Horizon> unread = Stream.of(traced.mailLog(), traced.banLog())
                    .filter(log -> log.fault().isPresent())
                    .toList();
            if (!unread.isEmpty()) {
                findings.add(new Finding.LogsUnread(unread));
            }
            if (!use.own().isEmpty() || !use.others().isEmpty()) {
                noSuchMailbox(seen, use, traced.mailLog()).ifPresent(findings::add);
                findings.add(use);
            } else {
                findings.add(new Finding.NoTrace(new Question.OfMailbox(mailbox), traced.mailLog(), traced.banLog()));
            }
        }
        List<Trace> lines = Stream.concat(
                        seen.lines().stream(), ofAddresses.stream().flatMap(answer -> answer.lines().stream()))
                .distinct()
                .sorted(Comparator.comparing(Trace::at))
                .toList();
        return new Diagnosis.OfServer(seen.server(), new ArrayList<>(findings), lines);
    }

    /** Tried, and never logged in to nor delivered to: it may be a name that guessers made up, or a slip of the pen. */
    private static Optional<Finding> noSuchMailbox(Observation seen, Finding.MailboxUse use, Tracing.Horizon mailLog) {
        boolean delivered = seen.deliveries() instanceof Tracing.Traced arrivals
                && !arrivals.traces().isEmpty();
        if (!use.own().isEmpty() || delivered || mailLog.fault().isPresent()) {
            return Optional.empty();
        }
        List<Failure> failures = Failure.all(seen.lines());
        long unknown = failures.stream()
                .filter(failure -> failure.event().cause() == Cause.UNKNOWN_USER)
                .count();
        // Where the server tells an unknown user from a wrong password, a wrong password means that there is one.
        boolean exists = failures.stream().anyMatch(failure -> failure.event().cause() == Cause.WRONG_PASSWORD);
        return exists
                ? Optional.empty()
                : Optional.of(
                        new Finding.NoSuchMailbox(use.mailbox(), Failure.attempts(failures), (int) unknown, mailLog));
    }

    private static final class Tally {
        private final Address address;
        private int logins;
        private int failures;
        private Instant lastLogin = Instant.MIN;
        private Instant lastFailure = Instant.MIN;

        Tally(Address address) {
            this.address = address;
        }

        void login(Instant at) {
            logins++;
            lastLogin = at;
        }

        void failed(Instant at, MailEvent.AuthFailure failure) {
            failures += failure.attempts().orElse(0);
            lastFailure = at;
        }

        AddressUse use(List<Ban> bans, Whose whose) {
            return new AddressUse(
                    address,
                    logins,
                    logins > 0 ? lastLogin : lastFailure,
                    failures,
                    bans.stream()
                            .filter(ban -> ban.id().covers(address))
                            .map(Ban::jail)
                            .sorted()
                            .toList(),
                    whose);
        }
    }
}
