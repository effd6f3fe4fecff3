package io.mailban.mailserver;

/** A part of a server's firewall that holds an address. Its names are the server's own. */
public sealed interface FirewallPlace {

    /** A set of nftables: {@code inet}, {@code f2b-table}, {@code addr-set-postfix-sasl}. */
    record NftSet(String family, String table, String set) implements FirewallPlace {}

    /** A rule in a chain of nftables: {@code ip}, {@code filter}, {@code MAILCOW}. */
    record NftChain(String family, String table, String chain) implements FirewallPlace {}

    /** A set of ipset: {@code f2b-dovecot}. */
    record IpSet(String name) implements FirewallPlace {}

    /**
     * A rule in a chain of iptables.
     *
     * @param rule what stands behind the chain's name in {@code iptables -S}: {@code -s 203.0.113.7/32 -j REJECT}
     */
    record Rule(Tool tool, String chain, String rule) implements FirewallPlace {
        /** The command that keeps the rules of one kind of address. */
        public enum Tool {
            /** For IPv4. */
            IPTABLES("iptables"),
            /** For IPv6. */
            IP6TABLES("ip6tables");

            private final String command;

            Tool(String command) {
                this.command = command;
            }

            /** As it is typed. */
            public String command() {
                return command;
            }
        }
    }

    /** The name of the set or chain itself. */
    default String name() {
        return switch (this) {
            case NftSet set -> set.set();
            case NftChain chain -> chain.chain();
            case IpSet set -> set.name();
            case Rule rule -> rule.chain();
        };
    }

    /** For people: {@code nft inet f2b-table addr-set-postfix-sasl}. */
    default String text() {
        return switch (this) {
            case NftSet(var family, var table, var set) -> "nft " + family + " " + table + " " + set;
            case NftChain(var family, var table, var chain) -> "nft " + family + " " + table + " " + chain;
            case IpSet(var name) -> "ipset " + name;
            case Rule(var tool, var chain, var rule) -> tool.command() + " " + chain;
        };
    }
}
