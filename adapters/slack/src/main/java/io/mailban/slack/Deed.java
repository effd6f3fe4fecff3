package io.mailban.slack;

import io.mailban.chat.MessageRef;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Something that somebody did in Slack, before anybody has looked whether they may.
 *
 * @param spot where, and where the answer belongs
 * @param delivery what stays the same when Slack delivers it again; empty where Slack gave it no name
 * @param opening the way to a modal and to answers that it brought along
 */
record Deed(Sender sender, Spot spot, Optional<String> delivery, Opening opening, What what) {
    /** Refuses what Slack leaves out of no genuine payload. */
    Deed {
        Objects.requireNonNull(sender.user(), "who");
        Objects.requireNonNull(spot.channel(), "where");
    }

    /**
     * Who did it.
     *
     * @param user the account's id
     * @param teams every workspace that Slack named: the one where it happened, the person's own
     */
    record Sender(String user, Set<String> teams) {
        Sender {
            teams = Set.copyOf(teams);
        }
    }

    /** A {@code trigger_id} and a {@code response_url}, where there are any. Both open doors: never in a log. */
    record Opening(Optional<String> trigger, Optional<String> responseUrl) {
        static final Opening NONE = new Opening(Optional.empty(), Optional.empty());

        @Override
        public String toString() {
            return "Opening[…]";
        }
    }

    /** What it was. */
    sealed interface What {
        /** A command, as it was typed. */
        record Said(String text) implements What {}

        /**
         * A button.
         *
         * @param actionId what kind of button
         * @param value what it carries; anybody can send any
         * @param on the message that it is on, where that can be edited
         */
        record Press(String actionId, String value, Optional<MessageRef> on) implements What {}

        /** A form. */
        record Filled(Metadata metadata, Map<String, String> answers) implements What {
            public Filled {
                answers = Map.copyOf(answers);
            }
        }

        /** A form that this bot did not make, or no longer knows. */
        record FilledNonsense() implements What {}

        /** A message to be read. */
        record PointedAt(String text) implements What {}

        /**
         * The bot's Home.
         *
         * @param directMessage the conversation's id that belongs to it
         */
        record LookedHome(Optional<String> directMessage) implements What {}
    }
}
