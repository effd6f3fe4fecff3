package io.mailban.ban;

import java.util.Optional;

/**
 * What a jail holds: mostly an address, sometimes a network, and for jails with a filter of their own any text at all.
 * Comes from logs, so {@link OtherId} may be anything that an attacker could write.
 */
public sealed interface BannedId permits Address, Network, OtherId {

    /** Reads what fail2ban wrote. A network of one address is that address. */
    static BannedId of(String text) {
        var network = Network.find(text);
        if (network.isPresent()) {
            Network found = network.get();
            return found.prefix() == found.first().family().bits() ? found.first() : found;
        }
        // An address is told from free text by its form alone; brackets and spaces are not fail2ban's.
        var address =
                text.equals(text.strip()) && !text.startsWith("[") ? Address.find(text) : Optional.<Address>empty();
        return address.isPresent() ? address.get() : new OtherId(text);
    }

    /** As fail2ban compares it: addresses and networks in canonical form, other text as it stands. */
    String text();

    /** Whether a ban on this keeps the address out. */
    default boolean covers(Address address) {
        return switch (this) {
            case Address own -> own.equals(address);
            case Network network -> network.contains(address);
            case OtherId _ -> false;
        };
    }
}
