package io.mailban.diagnosis;

import static java.util.stream.Collectors.toSet;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Mailbox;
import io.mailban.diagnosis.Finding.AddressUse;
import io.mailban.diagnosis.Finding.Standing;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Trace;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells which addresses a mailbox uses and which only try its name. Pure; thread-safe. */
public final class MailboxDiagnoser {
    private MailboxDiagnoser() {}

    /**
     * The addresses of a mailbox on one server.
     *
     * @param traces the mailbox's, oldest first
     * @param bans every ban that stands there
     */
    public static Finding.MailboxUse use(Mailbox mailbox, List<Trace> traces, List<Ban> bans) {
        Map<Address, Tally> tallies = new HashMap<>();
        for (Trace trace : traces) {
            if (trace instanceof Trace.OfMail mail) {
                switch (mail.event()) {
                    case MailEvent.Login login ->
                        login.address()
                                .ifPresent(address -> tally(tallies, address).login(mail.at()));
                    case MailEvent.AuthFailure failure ->
                        failure.address()
                                .ifPresent(address -> tally(tallies, address).failed(failure));
                    case MailEvent.Delivered _, MailEvent.Trouble _ -> {}
                }
            }
        }
        List<AddressUse> own = tallies.values().stream()
                .filter(tally -> tally.logins > 0)
                .map(tally -> tally.use(bans))
                .sorted(Comparator.comparing(AddressUse::lastLogin).reversed())
                .toList();
        Set<Address> others = tallies.values().stream()
                .filter(tally -> tally.logins == 0)
                .map(tally -> tally.address)
                .collect(toSet());
        long othersBanned = others.stream()
                .filter(address -> bans.stream().anyMatch(ban -> ban.id().covers(address)))
                .count();
        boolean shutOut = own.stream().anyMatch(use -> !use.bannedIn().isEmpty());
        return new Finding.MailboxUse(
                mailbox, own, others.size(), (int) othersBanned, shutOut ? Standing.SHUT_OUT : Standing.OPEN);
    }

    /** The bans of a listing; none where fail2ban did not answer. */
    public static List<Ban> bansOf(BanListing listing) {
        return listing instanceof BanListing.Standing(var bans) ? bans : List.of();
    }

    private static Tally tally(Map<Address, Tally> tallies, Address address) {
        return tallies.computeIfAbsent(address, Tally::new);
    }

    private static final class Tally {
        private final Address address;
        private int logins;
        private int failures;
        private Instant lastLogin = Instant.MIN;

        Tally(Address address) {
            this.address = address;
        }

        void login(Instant at) {
            logins++;
            lastLogin = at;
        }

        void failed(MailEvent.AuthFailure failure) {
            failures += failure.attempts().orElse(0);
        }

        AddressUse use(List<Ban> bans) {
            return new AddressUse(
                    address,
                    logins,
                    lastLogin,
                    failures,
                    bans.stream()
                            .filter(ban -> ban.id().covers(address))
                            .map(Ban::jail)
                            .sorted()
                            .toList());
        }
    }
}
