package io.mailban.reply;

import io.mailban.ban.Address;
import io.mailban.mailserver.FirewallSearch.Entry;
import java.util.List;
import java.util.regex.Pattern;

/** Says what takes an address out of a firewall that fail2ban has forgotten it in. Pure. */
final class FirewallWords {
    private static final Pattern SPACE = Pattern.compile(" ");

    private FirewallWords() {}

    /** A command for the server's administrator; nothing of ours runs it. */
    static String mending(Entry entry, Address address) {
        List<String> words = List.of(SPACE.split(entry.place()));
        return switch (words.getFirst()) {
            // nft FAMILY TABLE SET
            case "nft" ->
                words.size() == 4
                        ? "nft delete element " + words.get(1) + " " + words.get(2) + " " + words.get(3) + " { "
                                + address + " }"
                        : "nft -a list ruleset";
            case "ipset" -> "ipset del " + words.getLast() + " " + address;
            case "iptables", "ip6tables" ->
                words.get(0) + " -L " + words.getLast() + " -n --line-numbers, then " + words.get(0) + " -D "
                        + words.getLast() + " NUMBER";
            default -> "nft list ruleset";
        };
    }
}
