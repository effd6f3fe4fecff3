package io.mailban.report;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A known user's address was kept out, from the first ban until no jail held it any more. Bans that overlap are one
 * lock-out, and so is a ban that a restart of fail2ban interrupted.
 *
 * @param mailboxes whose: those that failed and are at home there, else the address's owner; none for an address that only
 *     the operator named
 * @param jails the jail of each ban, in order
 * @param since cut off where the period begins
 * @param until cut off where the period ends
 * @param lasted how much of that time a ban stood
 * @param why what made the first ban
 */
public record LockOut(
        Address address,
        Set<Mailbox> mailboxes,
        List<Jail> jails,
        Instant since,
        Instant until,
        Duration lasted,
        Why why) {
    /** Copies the collections. */
    public LockOut {
        mailboxes = Set.copyOf(mailboxes);
        jails = List.copyOf(jails);
    }

    /** The devices that were kept out. */
    public List<Device> devices() {
        return mailboxes.isEmpty()
                ? List.of(new Device(address, Optional.empty()))
                : mailboxes.stream()
                        .sorted()
                        .map(mailbox -> new Device(address, Optional.of(mailbox)))
                        .toList();
    }
}
