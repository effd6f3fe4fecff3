package io.mailban.chat;

import io.mailban.access.Person;
import java.util.Map;
import java.util.Optional;

/** What reaches the bot from a chat platform. */
public sealed interface Incoming {
    /** Who said or pressed it; proven by the platform. */
    Person person();

    /** Where, and where the answer belongs. */
    Place place();

    /** Words: {@code check 203.0.113.7}. */
    record Typed(Person person, Place place, String text) implements Incoming {}

    /**
     * A button.
     *
     * @param on the message that it is on, where that can be edited
     */
    record Pressed(Person person, Place place, CardAction action, Optional<MessageRef> on) implements Incoming {
        /** A button that is on no message which could be edited. */
        public Pressed(Person person, Place place, CardAction action) {
            this(person, place, action, Optional.empty());
        }
    }

    /**
     * A message that somebody else wrote and this person pointed at, to have the addresses in it checked.
     *
     * @param text whatever can be read in it
     */
    record Pointed(Person person, Place place, String text) implements Incoming {}

    /** A form that was filled in: answers by the keys of its questions. */
    record Answered(Person person, Place place, CardAction action, Map<String, String> answers) implements Incoming {
        /** Copies the map. */
        public Answered {
            answers = Map.copyOf(answers);
        }
    }
}
