package io.mailban.maillog;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import java.util.List;
import java.util.Optional;

/**
 * The elements behind a login process's message: {@code user=<U>, method=M, rip=A, lip=L, mpid=P, TLS, session=<S>}
 * ({@code login_log_format_elements}). The user's name is the client's and can hold any of this, so what stands behind
 * it is found from the end: of several {@code rip=} behind the name's beginning the last is Dovecot's own.
 *
 * @param user the name as logged, empty where the client sent none
 */
record LoginElements(String user, Optional<Address> address, Optional<String> mechanism) {
    private static final String USER = "user=<";
    private static final String RIP = "rip=";
    private static final String METHOD = "method=";

    /** The first elements that a line can begin with: old versions leave out an unknown user. */
    private static final List<String> FIRST = List.of(": " + USER, ": " + METHOD, ": " + RIP);

    /** Where the elements' {@code ": "} stands, or -1. */
    static int start(String text) {
        int start = -1;
        for (String first : FIRST) {
            int found = text.indexOf(first);
            start = found >= 0 && (start < 0 || found < start) ? found : start;
        }
        return start;
    }

    static LoginElements read(String text) {
        int user = text.indexOf(USER);
        int first = indexOf(RIP, text);
        // A custom order can have the address first; then it is in front of anything the client wrote.
        int rip = first >= 0 && first < user ? first : lastIndexOf(RIP, text);
        Optional<Address> address = rip < 0 ? Optional.empty() : Names.address(value(text, rip + RIP.length()));
        int close = user < 0 ? -1 : endOfUser(text, user, rip);
        String name = close < 0 ? "" : text.substring(user + USER.length(), close);
        String rest = close < 0 ? text : text.substring(close);
        int method = rest.indexOf(METHOD);
        boolean own = method == 0 || (method > 0 && rest.charAt(method - 1) == ' ');
        String mechanism = own ? value(rest, method + METHOD.length()) : "";
        return new LoginElements(name, address, Names.mechanism(mechanism));
    }

    Optional<Mailbox> mailbox() {
        return Names.mailbox(user);
    }

    /**
     * The {@code >} behind the name, or -1: the last one in front of the address, unless that closes a session's id. Where
     * no address follows there is none to forge, and the first will do.
     */
    private static int endOfUser(String text, int user, int rip) {
        int close = rip > user ? text.lastIndexOf('>', rip) : text.indexOf('>', user);
        int session = text.indexOf(">, session=<", user);
        if (session >= 0 && session < close) {
            return session;
        }
        return close < user + USER.length() ? -1 : close;
    }

    private static String value(String text, int start) {
        int comma = text.indexOf(',', start);
        return text.substring(start, comma < 0 ? text.length() : comma);
    }

    private static int indexOf(String element, String text) {
        return text.startsWith(element) ? 0 : behindSeparator(text.indexOf(" " + element));
    }

    private static int lastIndexOf(String element, String text) {
        int last = text.lastIndexOf(" " + element);
        return last < 0 && text.startsWith(element) ? 0 : behindSeparator(last);
    }

    private static int behindSeparator(int space) {
        return space < 0 ? -1 : space + 1;
    }
}
