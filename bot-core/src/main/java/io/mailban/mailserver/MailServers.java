package io.mailban.mailserver;

import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import java.util.List;

/**
 * The mail servers of the configuration, and what the fail2ban on each says. Thread-safe. Every call blocks until the server has
 * answered or its deadline has passed, whichever is first, and says so in its outcome: what a server does or fails to do
 * is never an exception.
 */
public interface MailServers {

    /** The configured servers, in the configuration's order. */
    List<ServerName> names();

    /** What the server is and how its jails are set; remembered for some minutes. */
    Description describe(ServerName server);

    /** Every ban that stands, read now. */
    BanListing bans(ServerName server);

    /** The bans that keep this address out, read now: its own, and those of networks around it. */
    BanListing bans(ServerName server, Address address);
}
