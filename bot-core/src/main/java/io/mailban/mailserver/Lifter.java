package io.mailban.mailserver;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;

/**
 * Lifts bans; apart from {@link MailServers}, so that whoever only asks can't. Thread-safe. Blocks until the server has
 * answered or its deadline has passed; what a server does or fails to do is never an exception.
 */
@FunctionalInterface
public interface Lifter {
    /**
     * Lifts one ban in one jail and nothing wider: a network only while the ban on exactly that network stands, since
     * fail2ban would otherwise lift every single address inside it.
     *
     * @param id an address or a network; free text is never lifted
     */
    Lifting lift(ServerName server, Jail jail, BannedId id);
}
