package io.mailban.diagnosis;

import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import java.util.List;

/**
 * Everything that one server answered about an address.
 *
 * @param bans the bans that cover it
 * @param description how the server's jails are set
 * @param traces what it did, by the logs
 * @param deliveries the newest delivery to each mailbox that it logged in to or failed for
 */
public record Observation(
        ServerName server, BanListing bans, Description description, Tracing traces, Tracing deliveries) {
    /** The lines about the address; none where the logs could not be read. */
    public List<Trace> lines() {
        return traces instanceof Tracing.Traced traced ? traced.traces() : List.of();
    }
}
