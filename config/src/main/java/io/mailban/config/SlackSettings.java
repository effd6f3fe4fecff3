package io.mailban.config;

import io.mailban.chat.Naming;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;

/**
 * How the bot is a Slack app. Immutable.
 *
 * @param botToken {@code xoxb-…}
 * @param workspaces ids of those that may speak to it, {@code T…}; never empty
 * @param channels ids of those in which it answers, {@code C…}; never empty
 * @param requests where every request is shown; one of the channels
 * @param naming how mailboxes are named in channels
 * @param api the Web API's address, with its last slash
 */
public record SlackSettings(
        Secret botToken,
        Transport transport,
        Set<String> workspaces,
        Set<String> channels,
        String requests,
        Naming naming,
        URI api) {
    /** Copies the collections. */
    public SlackSettings {
        workspaces = Set.copyOf(workspaces);
        channels = Set.copyOf(channels);
    }

    /** How Slack reaches the bot. */
    public sealed interface Transport {
        /**
         * Over a socket that the bot opens.
         *
         * @param appToken {@code xapp-…}
         */
        record Socket(Secret appToken) implements Transport {}

        /** Over HTTP, behind a reverse proxy that speaks TLS. */
        record Http(InetSocketAddress listen, Secret signingSecret) implements Transport {}
    }
}
