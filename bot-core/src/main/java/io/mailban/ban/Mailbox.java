package io.mailban.ban;

import java.util.Locale;

/**
 * A mailbox by its login name: {@code bob@example.org}, or {@code bob} where the server logs in without a domain. Lower
 * case. From a log it is whatever a client typed: shown escaped, never sent to a shell.
 */
public record Mailbox(String name) implements Comparable<Mailbox> {
    /** Lower-cases the name: Dovecot and Postfix do, unless told otherwise. */
    public Mailbox {
        name = name.toLowerCase(Locale.ROOT);
    }

    /** For a channel: the first letter and the domain, {@code b…@example.org}. */
    public String masked() {
        int at = name.lastIndexOf('@');
        int first = name.isEmpty() ? 0 : name.offsetByCodePoints(0, 1);
        String local = at == 0 ? "" : name.substring(0, first);
        return local + "…" + (at < 0 ? "" : name.substring(at));
    }

    @Override
    public int compareTo(Mailbox other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
