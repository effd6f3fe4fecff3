package io.mailban.ban;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A network in CIDR form, its host bits zero: {@code 203.0.113.0/24}.
 *
 * @param first the lowest address
 * @param prefix how many leading bits are fixed, 0 to 32 or 128
 */
public record Network(Address first, int prefix) implements BannedId {
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    /** Refuses a prefix longer than the address, and clears the host bits. */
    public Network {
        if (prefix < 0 || prefix > first.family().bits()) {
            throw new IllegalArgumentException(first + "/" + prefix + ": the prefix of " + first.family() + " is 0 to "
                    + first.family().bits());
        }
        first = masked(first, prefix);
    }

    /** Reads {@code ADDRESS/PREFIX}; empty where the text is none. */
    public static Optional<Network> find(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !PREFIX.matcher(text.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        int prefix = Integer.parseInt(text.substring(slash + 1));
        return Address.find(text.substring(0, slash))
                .filter(address -> prefix <= address.family().bits())
                .map(address -> new Network(address, prefix));
    }

    /**
     * Reads a network that is known to be one.
     *
     * @throws IllegalArgumentException if it is not
     */
    public static Network of(String text) {
        return find(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        text + ": a network is an address, a slash and a prefix, such as 203.0.113.0/24"));
    }

    /** Whether the address lies inside. */
    public boolean contains(Address address) {
        return address.family() == first.family() && masked(address, prefix).equals(first);
    }

    @Override
    public String text() {
        return first.text() + "/" + prefix;
    }

    @Override
    public String toString() {
        return text();
    }

    private static Address masked(Address address, int prefix) {
        if (address.family() == Address.Family.IPV4) {
            return Address.ipv4(address.low() & ones(32 + prefix));
        }
        return new Address(
                address.high() & ones(Math.min(prefix, 64)),
                address.low() & ones(Math.max(prefix - 64, 0)),
                Address.Family.IPV6);
    }

    /** The {@code count} leading bits of 64 set. */
    private static long ones(int count) {
        return count == 0 ? 0 : -1L << (64 - count);
    }
}
