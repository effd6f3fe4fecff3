package io.mailban.examination;

import io.mailban.access.Role;
import java.util.List;
import java.util.Set;

/** What is not as it should be with the Slack app. Each has its own sentence, and its own mending. No token is in any. */
public sealed interface SlackFlaw {
    /** One of the two tokens. */
    enum Token {
        /** {@code xoxb-…} */
        BOT,
        /** {@code xapp-…} */
        APP
    }

    /** Slack could not be asked; {@code why} is a part of a sentence. */
    record Away(String why) implements SlackFlaw {}

    /** Another kind of token stands in a token's place. */
    record OtherToken(Token wanted, Kind found) implements SlackFlaw {
        /** What was found. */
        public enum Kind {
            BOT,
            APP,
            USER,
            ROTATING
        }
    }

    /** A token can't be read from where it is kept. */
    record TokenUnread(Token token, String words) implements SlackFlaw {}

    /** Slack refuses a token; {@code word} is Slack's own for why. */
    record TokenRefused(Token token, String word) implements SlackFlaw {}

    /** The app-level token may not open sockets. */
    record NoConnections() implements SlackFlaw {}

    /** Slack did not say what the token may. */
    record ScopesUntold() implements SlackFlaw {}

    /** The token lacks these, of which the manifest has a reason each. */
    record ScopesMissing(List<Scope> scopes) implements SlackFlaw {
        /** Copies the list. */
        public ScopesMissing {
            scopes = List.copyOf(scopes);
        }
    }

    /** The token holds more than the manifest asks for. */
    record ScopesSpare(List<String> scopes) implements SlackFlaw {
        /** Copies the list. */
        public ScopesSpare {
            scopes = List.copyOf(scopes);
        }
    }

    /**
     * A permission.
     *
     * @param reason what the bot does with it
     */
    record Scope(String name, String reason) {}

    /** The app is installed in a workspace that may not speak to it. */
    record NotAdmitted(String workspace, String team, List<String> configured) implements SlackFlaw {
        /** Copies the list. */
        public NotAdmitted {
            configured = List.copyOf(configured);
        }
    }

    /** Another program listens where Slack is to be heard, or nothing can listen there. */
    record NoListening(String address, String words) implements SlackFlaw {}

    /** There is no such channel, or it is private and the bot is not in it: Slack tells no difference. */
    record ChannelUnknown(String id) implements SlackFlaw {}

    /** The bot is not in the channel. */
    record NotInChannel(String channel) implements SlackFlaw {}

    /** Nothing can be said in the channel any more. */
    record ChannelArchived(String channel) implements SlackFlaw {}

    /** Others than the team's members read the channel. */
    record ChannelOpen(String channel, Audience audience) implements SlackFlaw {
        /** Who reads it. */
        public enum Audience {
            WORKSPACE,
            ORGANISATION,
            OTHERS
        }
    }

    /** Slack refused to tell of a channel, a person or a group; {@code word} is its own for why. */
    record Unread(String what, String word) implements SlackFlaw {}

    /** No account has that id. */
    record PersonUnknown(String id, Set<Role> roles) implements SlackFlaw {}

    /** An account that the bot lets do nothing, whatever stands under access. */
    record PersonRefused(String person, Standing standing, Set<Role> roles) implements SlackFlaw {
        /** Why. */
        public enum Standing {
            DEACTIVATED,
            GUEST,
            BOT,
            STRANGER
        }
    }

    /** No group has that id. */
    record GroupUnknown(String id, Set<Role> roles) implements SlackFlaw {}

    /** The group was disabled. */
    record GroupDisabled(String group, Set<Role> roles) implements SlackFlaw {}

    /** Nobody is in the group. */
    record GroupEmpty(String group, Set<Role> roles) implements SlackFlaw {}

    /** Nobody in Slack may do what takes this role; {@code elsewhere} tells whether somebody may on another platform. */
    record NobodyMay(Role role, Elsewhere elsewhere) implements SlackFlaw {
        /** On other platforms, the terminal among them. */
        public enum Elsewhere {
            SOMEBODY,
            NOBODY
        }
    }
}
