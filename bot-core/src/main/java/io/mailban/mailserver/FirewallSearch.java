package io.mailban.mailserver;

import io.mailban.ban.Jail;
import java.util.List;
import java.util.Optional;

/** What came of looking for an address in a server's firewall. */
public sealed interface FirewallSearch permits FirewallSearch.Searched, FirewallSearch.NotReadable, Unreachable {

    /** It was read: the address stands in these; nowhere where the list is empty. */
    record Searched(List<Entry> entries) implements FirewallSearch {
        /** Copies the list. */
        public Searched {
            entries = List.copyOf(entries);
        }
    }

    /**
     * Where the address stands.
     *
     * @param jail the jail that the place's name stands for, where it tells
     */
    record Entry(FirewallPlace place, Optional<Jail> jail) {}

    /** There is no firewall tool, or this login may not use it: {@code words} say which. */
    record NotReadable(String words) implements FirewallSearch {}
}
