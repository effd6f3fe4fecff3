package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Mailbox;
import io.mailban.diagnosis.Finding.AddressUse;
import io.mailban.diagnosis.Finding.Standing;
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
import java.util.Set;
import java.util.stream.Stream;

/** Tells which addresses a mailbox uses, which only try its name, and why the first can't get in. Pure. */
public final class MailboxDiagnoser {
    private MailboxDiagnoser() {}

    /** The addresses of a mailbox, by its lines on one server. */
    public static Finding.MailboxUse use(Mailbox mailbox, Observation seen) {
        Map<Address, Tally> tallies = new HashMap<>();
        for (Trace trace : seen.lines()) {
            if (trace instanceof Trace.OfMail mail) {
                switch (mail.event()) {
                    case MailEvent.Login login ->
                        login.address()
                                .ifPresent(address -> tallies.computeIfAbsent(address, Tally::new)
                                        .login(mail.at()));
                    case MailEvent.AuthFailure failure ->
                        failure.address()
                                .ifPresent(address -> tallies.computeIfAbsent(address, Tally::new)
                                        .failed(mail.at(), failure));
                    case MailEvent.Delivered _, MailEvent.Trouble _ -> {}
                }
            }
        }
        List<Ban> bans = seen.bans() instanceof BanListing.Standing(var standing) ? standing : List.of();
        List<AddressUse> own = tallies.values().stream()
                .filter(tally -> tally.logins > 0)
                .map(tally -> tally.use(bans))
                .sorted(Comparator.comparing(AddressUse::last).reversed())
                .toList();
        List<AddressUse> others = tallies.values().stream()
                .filter(tally -> tally.logins == 0)
                .map(tally -> tally.use(bans))
                .sorted(Comparator.comparing((AddressUse use) -> use.bannedIn().isEmpty())
                        .thenComparing(AddressUse::last, Comparator.reverseOrder()))
                .toList();
        boolean shutOut = own.stream().anyMatch(address -> !address.bannedIn().isEmpty());
        return new Finding.MailboxUse(mailbox, own, others, shutOut ? Standing.SHUT_OUT : Standing.OPEN);
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
                    seen.server(), List.of(new Finding.ServerUnreachable(unreachable.obstacle())), List.of());
        }
        Set<Finding> findings = new LinkedHashSet<>();
        for (Diagnosis.OfServer answer : ofAddresses) {
            answer.findings().stream()
                    .filter(finding -> finding.weight() == Finding.Weight.KEPT_OUT)
                    .forEach(findings::add);
        }
        switch (seen.bans()) {
            case Fail2banSilent silent -> findings.add(new Finding.Fail2banDown(silent.cause(), silent.words()));
            case Unreachable unreachable -> findings.add(new Finding.ServerUnreachable(unreachable.obstacle()));
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

        AddressUse use(List<Ban> bans) {
            return new AddressUse(
                    address,
                    logins,
                    logins > 0 ? lastLogin : lastFailure,
                    failures,
                    bans.stream()
                            .filter(ban -> ban.id().covers(address))
                            .map(Ban::jail)
                            .sorted()
                            .toList());
        }
    }
}
