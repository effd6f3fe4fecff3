package io.mailban.maillog;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The names in a line, as the words that the rest of the program uses. */
final class Names {
    /** Longer names than this come from no directory; a guesser's megabyte is not worth keeping. */
    private static final int LONGEST_MAILBOX = 320;

    private static final int LONGEST_MECHANISM = 20;

    private static final Set<String> TOKENS = Set.of("XOAUTH2", "OAUTHBEARER");

    private Names() {}

    /** The mailbox of that name; empty where the line has none. */
    static Optional<Mailbox> mailbox(String name) {
        return name.isEmpty() || name.length() > LONGEST_MAILBOX ? Optional.empty() : Optional.of(new Mailbox(name));
    }

    /** The mechanism in upper case; empty where the text is none (RFC 4422 §3.1). */
    static Optional<String> mechanism(String name) {
        boolean mechanism = !name.isEmpty()
                && name.length() <= LONGEST_MECHANISM
                && name.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
        return mechanism ? Optional.of(name.toUpperCase(Locale.ROOT)) : Optional.empty();
    }

    /** The address; an IPv6 one may stand in brackets. */
    static Optional<Address> address(String text) {
        return text.indexOf(' ') >= 0 ? Optional.empty() : Address.find(text);
    }

    /** What a failure without further words means: with a token mechanism, that the person must sign in again. */
    static Cause cause(Optional<String> mechanism) {
        return mechanism.filter(TOKENS::contains).isPresent() ? Cause.TOKEN_REFUSED : Cause.UNKNOWN;
    }
}
