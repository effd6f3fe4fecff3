package io.mailban.mailserver;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;

/**
 * The addresses that a server's fail2ban never bans ({@code ignoreip}), as it has them in memory: whatever is added here
 * is gone when fail2ban starts anew or reloads the jail. Thread-safe; blocks until answered or its deadline has passed.
 */
public interface Exempting {

    /** What each running jail exempts, read now. */
    IgnoreListing ignored(ServerName server);

    /**
     * Adds an address to a jail's list. An entry that stands, the address itself or a network around it, is left alone:
     * the list is read immediately before, on the same channel.
     */
    Ignoring ignore(ServerName server, Jail jail, Address address);

    /** Takes an address off a jail's list: the entry of exactly that address, never a network around it. */
    Ignoring heed(ServerName server, Jail jail, Address address);
}
