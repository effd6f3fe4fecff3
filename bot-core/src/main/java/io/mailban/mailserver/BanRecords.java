package io.mailban.mailserver;

import io.mailban.ban.Address;
import io.mailban.ban.ServerName;

/**
 * What a server keeps about bans besides the list of those that stand. Thread-safe; blocks until answered or its deadline
 * has passed.
 */
public interface BanRecords {

    /** What fail2ban's database keeps about the bans of this address, by which log lines each was made. */
    Evidencing evidence(ServerName server, Address address);

    /** Whether the server's firewall holds this address in a set or rule of fail2ban's, whatever the jails say. */
    FirewallSearch firewall(ServerName server, Address address);
}
