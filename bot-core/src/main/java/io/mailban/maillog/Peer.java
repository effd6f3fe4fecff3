package io.mailban.maillog;

import io.mailban.ban.Address;
import java.util.Optional;

/**
 * A client as Postfix writes it: {@code host[203.0.113.7]}, {@code unknown[2001:db8::7]:55729}. The host is the name that
 * Postfix verified, which holds no bracket and no space.
 *
 * @param address empty where Postfix knew none: {@code unknown[unknown]}
 * @param end the position behind it
 */
record Peer(Optional<Address> address, int end) {

    /** Reads the client that begins at {@code start}; empty where none does. */
    static Optional<Peer> read(String text, int start) {
        int open = start;
        while (open < text.length() && text.charAt(open) > ' ' && text.charAt(open) != '[') {
            open++;
        }
        int close = open < text.length() && text.charAt(open) == '[' ? text.indexOf(']', open) : -1;
        if (close < 0) {
            return Optional.empty();
        }
        int end = close + 1;
        if (end + 1 < text.length() && text.charAt(end) == ':' && Character.isDigit(text.charAt(end + 1))) {
            end++;
            while (end < text.length() && Character.isDigit(text.charAt(end))) {
                end++;
            }
        }
        return Optional.of(new Peer(Address.find(text.substring(open + 1, close)), end));
    }
}
