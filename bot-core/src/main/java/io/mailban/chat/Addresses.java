package io.mailban.chat;

import io.mailban.ban.Address;
import io.mailban.ban.AddressScope;
import io.mailban.ban.Network;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the addresses in text that somebody else wrote: a complaint, a log line, a link. A version number of four parts
 * can't be told from an address. Pure; takes time in proportion to the text, whatever is in it.
 */
public final class Addresses {
    /** The longest is {@code ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255}; before it may stand what it is called. */
    private static final int LONGEST_WORD = 200;

    private Addresses() {}

    /** Each address once, those of clients on the Internet first, else in the order in which they are read. */
    public static List<Address> in(String text) {
        Set<Address> found = new LinkedHashSet<>();
        int start = -1;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && isOfAWord(text.charAt(i))) {
                start = start < 0 ? i : start;
            } else if (start >= 0) {
                if (i - start <= LONGEST_WORD && !isNetwork(text, start, i)) {
                    addressOf(text.substring(start, i)).ifPresent(found::add);
                }
                start = -1;
            }
        }
        return found.stream()
                .filter(address -> address.scope() != AddressScope.NOT_A_HOST)
                .sorted(Comparator.comparing(address -> address.scope() != AddressScope.PUBLIC))
                .toList();
    }

    /** Letters too, or the start of {@code 203.0.113.7.example.net} would be taken for an address. */
    private static boolean isOfAWord(char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == ':';
    }

    /** {@code 203.0.113.0/24} is many addresses, and none of them meant; in a link a slash stands before as well. */
    private static boolean isNetwork(String text, int start, int slash) {
        if (slash == text.length() || text.charAt(slash) != '/' || (start > 0 && text.charAt(start - 1) == '/')) {
            return false;
        }
        int end = slash + 1;
        while (end < text.length() && end - slash <= 3 && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return Network.find(text.substring(start, end))
                .filter(network -> network.prefix() < network.first().family().bits())
                .isPresent();
    }

    private static Optional<Address> addressOf(String word) {
        String bare = bare(word);
        Optional<Address> whole = Address.find(bare);
        return whole.isPresent() ? whole : named(bare);
    }

    /** In {@code client:203.0.113.7:55729} or {@code ip:2001:db8::7}, what stands around it is not of the address. */
    private static Optional<Address> named(String word) {
        List<String> parts = List.of(word.split(":", -1));
        for (String part : parts) {
            Optional<Address> dotted = part.indexOf('.') > 0 ? Address.find(bare(part)) : Optional.empty();
            if (dotted.isPresent()) {
                return dotted;
            }
        }
        int name = 0;
        while (name < parts.size() && parts.get(name).chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            name++;
        }
        return name < parts.size()
                ? Address.find(String.join(":", parts.subList(name + 1, parts.size())))
                : Optional.empty();
    }

    /** Without the full stop or colon of the sentence that it stands in. */
    private static String bare(String word) {
        int start = 0;
        int end = word.length();
        while (start < end
                && (word.charAt(start) == '.' || (word.charAt(start) == ':' && !word.startsWith("::", start)))) {
            start++;
        }
        while (end > start
                && (word.charAt(end - 1) == '.'
                        || (word.charAt(end - 1) == ':'
                                && !word.substring(start, end).endsWith("::")))) {
            end--;
        }
        return word.substring(start, end);
    }
}
