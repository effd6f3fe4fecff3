package io.mailban.ban;

import io.mailban.ban.AddressReading.Read;
import io.mailban.ban.AddressReading.Refused;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** Reads addresses, and says in one sentence what is wrong with a text that is none. */
final class AddressReader {
    /** Longer than any address (45 characters, RFC 4291 with an embedded IPv4 address, and brackets). */
    private static final int LONGEST = 47;

    private static final Pattern DOTS = Pattern.compile("[.]");
    private static final Pattern COLONS = Pattern.compile(":");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,10}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");

    private AddressReader() {}

    static AddressReading read(String text) {
        String bare = text.strip();
        if (bare.length() > LONGEST) {
            return new Refused("an address has at most 45 characters, this has " + bare.length());
        }
        if (bare.startsWith("[") && bare.endsWith("]")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (bare.isEmpty()) {
            return new Refused("an address is missing, such as 203.0.113.7 or 2001:db8::7");
        }
        return bare.indexOf(':') >= 0 ? readIpv6(bare) : readIpv4(bare);
    }

    /** The value of a text that is an IPv4 address beyond doubt, as nearly all in a log are; -1 for one to look at closely. */
    private static long plainIpv4(String text) {
        long value = 0;
        int numbers = 0;
        int number = -1;
        for (int i = 0; i <= text.length(); i++) {
            char c = i == text.length() ? '.' : text.charAt(i);
            if (c == '.') {
                if (number < 0) {
                    return -1;
                }
                value = value << 8 | number;
                numbers++;
                number = -1;
            } else if (c < '0' || c > '9' || number == 0) {
                return -1;
            } else {
                number = (number < 0 ? 0 : number * 10) + c - '0';
                if (number > 255) {
                    return -1;
                }
            }
        }
        return numbers == 4 ? value : -1;
    }

    private static AddressReading readIpv4(String text) {
        long plain = plainIpv4(text);
        if (plain >= 0) {
            return new Read(Address.ipv4(plain));
        }
        List<String> parts = List.of(DOTS.split(text, -1));
        if (parts.size() != 4) {
            return new Refused(text + ": an IPv4 address has four numbers, such as 203.0.113.7");
        }
        long value = 0;
        for (String part : parts) {
            if (!DIGITS.matcher(part).matches()) {
                return new Refused(text + ": " + (part.isEmpty() ? "a number is missing" : part + " is no number"));
            }
            long number = Long.parseLong(part);
            if (number > 255) {
                return new Refused(text + ": " + part + " is over 255");
            }
            if (part.length() > 1 && part.startsWith("0")) {
                // Some programs read 010 as eight: guessing would mean another machine.
                return new Refused(text + ": " + part + " could be octal, write " + number);
            }
            value = (value << 8) | number;
        }
        return new Read(Address.ipv4(value));
    }

    private static AddressReading readIpv6(String text) {
        if (text.indexOf('%') >= 0) {
            return new Refused(
                    text + ": an address with a zone (%) is link-local, no mail server sees it from outside");
        }
        int gap = text.indexOf("::");
        if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
            return new Refused(text + ": :: may stand only once");
        }
        int[] groups = new int[8];
        if (gap < 0) {
            int[] all = groupsOf(text);
            return all.length == 8 ? new Read(Address.ipv6(all)) : new Refused(fault(text));
        }
        int[] left = groupsOf(text.substring(0, gap));
        int[] right = groupsOf(text.substring(gap + 2));
        if (left.length + right.length > 7) {
            return new Refused(fault(text));
        }
        System.arraycopy(left, 0, groups, 0, left.length);
        System.arraycopy(right, 0, groups, 8 - right.length, right.length);
        return new Read(Address.ipv6(groups));
    }

    /** More groups than any address has, so that every sum with it is too long. */
    private static final int[] BROKEN = new int[9];

    /** The 16-bit groups of a text without {@code ::}, or {@link #BROKEN}. */
    private static int[] groupsOf(String text) {
        if (text.isEmpty()) {
            return new int[0];
        }
        List<String> parts = List.of(COLONS.split(text, -1));
        int[] groups = new int[8];
        int count = 0;
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            boolean embedded = i == parts.size() - 1 && part.indexOf('.') > 0;
            if (count + (embedded ? 2 : 1) > 8) {
                return BROKEN;
            }
            if (embedded) {
                if (!(readIpv4(part) instanceof Read(var ipv4))) {
                    return BROKEN;
                }
                groups[count++] = (int) (ipv4.low() >>> 16);
                groups[count++] = (int) ipv4.low() & 0xffff;
            } else if (GROUP.matcher(part).matches()) {
                groups[count++] = Integer.parseInt(part, 16);
            } else {
                return BROKEN;
            }
        }
        return Arrays.copyOf(groups, count);
    }

    private static String fault(String text) {
        for (String part : COLONS.split(text, -1)) {
            if (part.indexOf('.') > 0 && readIpv4(part) instanceof Refused(var why)) {
                return text + ": " + why;
            }
            if (!part.isEmpty() && part.indexOf('.') < 0 && !GROUP.matcher(part).matches()) {
                return text + ": " + part + " is no group of one to four hexadecimal digits";
            }
        }
        return text + ": an IPv6 address has eight groups, or fewer around one ::, such as 2001:db8::7";
    }
}
