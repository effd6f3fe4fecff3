package io.mailban.diagnosis;

import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Unreachable;
import java.util.List;

/**
 * Everything that one server answered about an address.
 *
 * @param bans the bans that cover it
 * @param description how the server's jails are set
 * @param traces what it did, by the logs
 * @param deliveries the newest delivery to each mailbox that it logged in to or failed for
 * @param evidence what fail2ban's database keeps about its bans
 * @param firewall where the firewall holds it
 */
public record Observation(
        ServerName server,
        BanListing bans,
        Description description,
        Tracing traces,
        Tracing deliveries,
        Evidencing evidence,
        FirewallSearch firewall) {
    /** The lines about the address; none where the logs could not be read. */
    public List<Trace> lines() {
        return traces.found();
    }

    /** The part of it that is about one address: the bans that cover it, its lines out of {@code of}, and its evidence. */
    public Observation about(Address address, Tracing of, Evidencing evidence) {
        return new Observation(
                server,
                switch (bans) {
                    case BanListing.Standing(var all) ->
                        new BanListing.Standing(all.stream()
                                .filter(ban -> ban.id().covers(address))
                                .toList());
                    case Fail2banSilent silent -> silent;
                    case Unreachable unreachable -> unreachable;
                },
                description,
                of,
                deliveries,
                evidence,
                firewall);
    }
}
