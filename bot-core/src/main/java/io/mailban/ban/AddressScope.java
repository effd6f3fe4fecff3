package io.mailban.ban;

import java.util.List;
import java.util.Map;

/** Where an address can be met. Only {@link #PUBLIC} ones are what a mail server sees of a client on the Internet. */
public enum AddressScope {
    /** Anything else; the documentation ranges count as public, as fail2ban counts them. */
    PUBLIC,
    /** RFC 1918 and RFC 4193: home, office and container networks. */
    PRIVATE,
    /** The machine itself. */
    LOOPBACK,
    /** 100.64.0.0/10, RFC 6598: carrier-grade NAT, and Tailscale. */
    SHARED,
    /** One network segment only. */
    LINK_LOCAL,
    /** Multicast, broadcast, unspecified: no client has one. */
    NOT_A_HOST;

    private static final Map<AddressScope, List<Network>> RANGES = Map.of(
            LOOPBACK, List.of(Network.of("127.0.0.0/8"), Network.of("::1/128")),
            SHARED, List.of(Network.of("100.64.0.0/10"), Network.of("fd7a:115c:a1e0::/48")),
            PRIVATE,
                    List.of(
                            Network.of("10.0.0.0/8"),
                            Network.of("172.16.0.0/12"),
                            Network.of("192.168.0.0/16"),
                            Network.of("fc00::/7")),
            LINK_LOCAL, List.of(Network.of("169.254.0.0/16"), Network.of("fe80::/10")),
            NOT_A_HOST,
                    List.of(
                            Network.of("0.0.0.0/8"),
                            Network.of("224.0.0.0/3"),
                            Network.of("::/128"),
                            Network.of("ff00::/8")));

    static AddressScope of(Address address) {
        for (AddressScope scope : List.of(LOOPBACK, SHARED, PRIVATE, LINK_LOCAL, NOT_A_HOST)) {
            for (Network range : RANGES.getOrDefault(scope, List.of())) {
                if (range.contains(address)) {
                    return scope;
                }
            }
        }
        return PUBLIC;
    }
}
