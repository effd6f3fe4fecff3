package io.mailban.ban;

import java.util.Optional;

/**
 * An IPv4 or IPv6 address, as fail2ban writes it: IPv4 dotted, IPv6 compressed in lower case (RFC 5952), an
 * IPv4-mapped IPv6 address folded to the IPv4 address that it stands for. Two spellings of one address are equal.
 *
 * <p>fail2ban compares bans as text: {@code unbanip 2001:db8:0:0:0:0:0:7} lifts nothing while {@code 2001:db8::7} is
 * banned, which is why no address leaves this program in any other form.
 *
 * @param high the upper 64 bits; 0 for IPv4
 * @param low the lower 64 bits; for IPv4 the address in the lowest 32
 * @param family which of the two it is
 */
public record Address(long high, long low, Family family) implements BannedId, Comparable<Address> {

    /** IPv4 or IPv6, with the number of bits in an address. */
    public enum Family {
        /** 32 bits. */
        IPV4(32),
        /** 128 bits. */
        IPV6(128);

        private final int bits;

        Family(int bits) {
            this.bits = bits;
        }

        /** The number of bits in an address of this family. */
        public int bits() {
            return bits;
        }
    }

    /** Reads an address in any spelling; empty where the text is none. For the reason use {@link AddressReading}. */
    public static Optional<Address> find(String text) {
        return switch (AddressReading.of(text)) {
            case AddressReading.Read(var address) -> Optional.of(address);
            case AddressReading.Refused _ -> Optional.empty();
        };
    }

    /**
     * Reads an address that is known to be one.
     *
     * @throws IllegalArgumentException with the reason, if it is not
     */
    public static Address of(String text) {
        return switch (AddressReading.of(text)) {
            case AddressReading.Read(var address) -> address;
            case AddressReading.Refused(var why) -> throw new IllegalArgumentException(why);
        };
    }

    static Address ipv4(long value) {
        return new Address(0, value, Family.IPV4);
    }

    /** An IPv6 address of eight 16-bit groups; IPv4-mapped ones are folded. */
    static Address ipv6(int[] groups) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < 4; i++) {
            high = (high << 16) | groups[i];
            low = (low << 16) | groups[i + 4];
        }
        if (high == 0 && low >>> 32 == 0xffff) {
            return ipv4(low & 0xffff_ffffL);
        }
        return new Address(high, low, Family.IPV6);
    }

    /** Where such an address can be met: on the Internet, or only inside some network. */
    public AddressScope scope() {
        return AddressScope.of(this);
    }

    /** The text that fail2ban compares: the only form to print or to send. */
    @Override
    public String text() {
        if (family == Family.IPV4) {
            return (low >> 24) + "." + ((low >> 16) & 255) + "." + ((low >> 8) & 255) + "." + (low & 255);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 4; i++) {
            groups[i] = (int) (high >>> (48 - 16 * i)) & 0xffff;
            groups[i + 4] = (int) (low >>> (48 - 16 * i)) & 0xffff;
        }
        return compressed(groups);
    }

    /** RFC 5952: the longest run of two or more zero groups, the first of equals, becomes {@code ::}. */
    private static String compressed(int[] groups) {
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > bestLength) {
                bestStart = i;
                bestLength = end - i;
            }
            i = Math.max(i, end - 1);
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
                continue;
            }
            if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                text.append(':');
            }
            text.append(Integer.toHexString(groups[i]));
        }
        return text.toString();
    }

    /** IPv4 before IPv6, then by value. */
    @Override
    public int compareTo(Address other) {
        if (family != other.family) {
            return family.compareTo(other.family);
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @Override
    public String toString() {
        return text();
    }
}
