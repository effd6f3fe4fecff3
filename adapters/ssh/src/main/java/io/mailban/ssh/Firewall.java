package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.mailserver.FirewallPlace;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.FirewallSearch.Entry;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks for an address in the sets and chains that fail2ban keeps in a server's firewall. Thread-safe. */
final class Firewall {
    private static final int LONGEST = 256 * 1024;

    /** What fail2ban's own actions call them: {@code addr-set-J}, {@code addr6-set-J}, {@code f2b-J}, {@code fail2ban-J}. */
    private static final Pattern NAMED_FOR_JAIL = Pattern.compile("(?:addr6?-set-|f2b-|fail2ban-)(.+)");

    private final CommandPrefix prefix;

    /** Looks behind the prefix of the logs: both are read by the one script. */
    Firewall(CommandPrefix prefix) {
        this.prefix = prefix;
    }

    FirewallSearch search(Connection connection, Address address, Set<Jail> jails, Deadline deadline) throws Lost {
        String mark = Marks.unguessable();
        try {
            Exec.Done done =
                    Exec.run(connection, RemoteCommand.firewall(prefix, mark, address), new byte[0], LONGEST, deadline);
            return read(done.out(), mark, jails, done.err());
        } catch (TimeoutException _) {
            return new FirewallSearch.NotReadable("there was no time to read it");
        }
    }

    /** Reads what the verb {@code firewall} of {@code mailban-logs} printed. */
    static FirewallSearch read(String out, String mark, Set<Jail> jails, String complaints) {
        Set<Entry> entries = new LinkedHashSet<>();
        List<String> faults = new ArrayList<>();
        boolean whole = false;
        for (String line : out.split("\n", -1)) {
            if (line.startsWith(mark + " in ")) {
                place(line.substring((mark + " in ").length()))
                        .map(place -> new Entry(place, jail(place.name(), jails)))
                        .ifPresentOrElse(entries::add, () -> faults.add("not understood: " + line.strip()));
            } else if (line.startsWith(mark + " fault firewall ")) {
                faults.add(line.substring((mark + " fault firewall ").length()).strip());
            }
            whole |= line.equals(mark + " end");
        }
        if (!whole && faults.isEmpty()) {
            faults.add(
                    complaints.isBlank()
                            ? "its answer was cut off"
                            : complaints.strip().replace('\n', ' '));
        }
        // What was found is there, whatever could not be read; that nothing was found says nothing then.
        return entries.isEmpty() && !faults.isEmpty()
                ? new FirewallSearch.NotReadable(String.join("; ", faults))
                : new FirewallSearch.Searched(List.copyOf(entries));
    }

    /** {@code nft-set FAMILY TABLE SET}, {@code nft-chain FAMILY TABLE CHAIN}, {@code ipset NAME}, {@code iptables CHAIN RULE}. */
    private static Optional<FirewallPlace> place(String words) {
        String[] word = words.strip().split(" ", 4);
        String kind = word[0] + " " + word.length;
        return switch (kind) {
            case "nft-set 4" -> Optional.of(new FirewallPlace.NftSet(word[1], word[2], word[3]));
            case "nft-chain 4" -> Optional.of(new FirewallPlace.NftChain(word[1], word[2], word[3]));
            case "ipset 2" -> Optional.of(new FirewallPlace.IpSet(word[1]));
            case "iptables 4" -> Optional.of(rule(FirewallPlace.Rule.Tool.IPTABLES, word));
            case "ip6tables 4" -> Optional.of(rule(FirewallPlace.Rule.Tool.IP6TABLES, word));
            default -> Optional.empty();
        };
    }

    private static FirewallPlace rule(FirewallPlace.Rule.Tool tool, String[] word) {
        return new FirewallPlace.Rule(tool, word[1], word[2] + " " + word[3]);
    }

    private static Optional<Jail> jail(String place, Set<Jail> jails) {
        Matcher named = NAMED_FOR_JAIL.matcher(place);
        if (!named.matches()) {
            return Optional.empty();
        }
        Jail jail = new Jail(named.group(1));
        // An ipset of IPv6 addresses has a 6 behind the jail's name.
        boolean six = !jails.contains(jail) && jail.name().endsWith("6");
        Optional<Jail> shorter = Optional.of(jail.name())
                .filter(name -> six && name.length() > 1)
                .map(name -> new Jail(name.substring(0, name.length() - 1)));
        return shorter.filter(jails::contains).or(() -> Optional.of(jail));
    }
}
