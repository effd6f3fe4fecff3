package io.mailban.reply;

import io.mailban.ban.Address;
import io.mailban.mailserver.FirewallPlace;

/** Says what takes an address out of a firewall that fail2ban has forgotten it in. Pure. */
final class FirewallWords {
    private FirewallWords() {}

    /** A command for the server's administrator; nothing of ours runs it. */
    static String mending(FirewallPlace place, Address address) {
        return switch (place) {
            // In a shell, braces that stand alone are words like any other.
            case FirewallPlace.NftSet(var family, var table, var set) ->
                "sudo nft delete element " + family + " " + table + " " + set + " { " + address + " }";
            // A rule of nftables is deleted by a handle, which has to be looked up.
            case FirewallPlace.NftChain(var family, var table, var chain) ->
                "sudo nft -a list chain " + family + " " + table + " " + chain;
            case FirewallPlace.IpSet(var name) -> "sudo ipset del " + name + " " + address;
            case FirewallPlace.Rule(var tool, var chain, var rule) ->
                "sudo " + tool.command() + " -D " + chain + " " + rule;
        };
    }
}
