package io.mailban.slack;

import io.mailban.chat.Naming;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How this bot is a Slack app. Immutable.
 *
 * @param botToken {@code xoxb-…}; a copy for each call
 * @param api the Web API's address with its last slash; {@code https://slack.com/api/} unless there is a proxy or an emulator
 * @param workspaces the workspaces' ids, {@code T…}, that may speak to it
 * @param channels the channels' ids, {@code C…}, in which it answers, besides direct messages
 * @param requests where every request for approval is shown; one of the channels
 * @param naming how mailboxes are named in channels; one that is open to others than the team gets masked names whatever it
 *     says
 */
public record SlackSetup(
        Supplier<char[]> botToken,
        Transport transport,
        URI api,
        Set<String> workspaces,
        Set<String> channels,
        String requests,
        Naming naming) {
    /** The platform's name in places, people and groups. */
    public static final String PLATFORM = "slack";

    /** Copies the collections. */
    public SlackSetup {
        workspaces = Set.copyOf(workspaces);
        channels = Set.copyOf(channels);
    }

    /** How Slack reaches the bot. */
    public sealed interface Transport {
        /**
         * Over a socket that the bot opens: no inbound port.
         *
         * @param appToken {@code xapp-…} with the scope {@code connections:write}
         */
        record Socket(Supplier<char[]> appToken) implements Transport {}

        /**
         * Over HTTP, behind a reverse proxy that speaks TLS.
         *
         * @param signingSecret by which Slack signs each request
         */
        record Http(InetSocketAddress listen, Supplier<char[]> signingSecret) implements Transport {}
    }
}
