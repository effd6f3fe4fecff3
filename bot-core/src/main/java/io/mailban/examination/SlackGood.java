package io.mailban.examination;

import io.mailban.access.Role;
import java.util.Set;

/** What is as it should be with the Slack app. */
public sealed interface SlackGood {
    /**
     * The bot token is somebody's.
     *
     * @param bot the bot's name, and its account
     * @param workspace where it is installed, and its id
     */
    record Installed(String bot, String account, String workspace, String team) implements SlackGood {}

    /** The token holds all that the manifest asks for. */
    record Granted(int scopes) implements SlackGood {}

    /** People of the workspace where the app is installed may speak to it. */
    record Admitted(String workspace) implements SlackGood {}

    /** Socket Mode's address was given out. */
    record SocketOpens() implements SlackGood {}

    /** The address to listen on is free, so that no bot runs there. */
    record ListeningPossible(String address) implements SlackGood {}

    /** A bot listens there. */
    record Listening(String address) implements SlackGood {}

    /** The bot is in the channel. */
    record InChannel(String channel, Use use) implements SlackGood {
        /** What the channel is for. */
        public enum Use {
            ANSWERS,
            REQUESTS
        }
    }

    /** An account of a full member. */
    record Member(String person, Set<Role> roles) implements SlackGood {}

    /** A group with members. */
    record Group(String group, int members, Set<Role> roles) implements SlackGood {}

    /** Somebody in Slack may do it. */
    record SomebodyMay(Set<Role> roles) implements SlackGood {}
}
