package io.mailban.mailserver;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import java.time.Instant;
import java.util.Set;

/**
 * Whose traces to look for: events with any of these addresses or any of these mailboxes.
 *
 * @param since nothing older is wanted; a hint that lets old files be passed over
 */
public record TraceQuery(Set<Address> addresses, Set<Mailbox> mailboxes, Instant since) {
    /** Copies the sets. */
    public TraceQuery {
        addresses = Set.copyOf(addresses);
        mailboxes = Set.copyOf(mailboxes);
    }

    /** Traces of one address. */
    public static TraceQuery of(Address address, Instant since) {
        return new TraceQuery(Set.of(address), Set.of(), since);
    }

    /** Traces of one mailbox. */
    public static TraceQuery of(Mailbox mailbox, Instant since) {
        return new TraceQuery(Set.of(), Set.of(mailbox), since);
    }
}
