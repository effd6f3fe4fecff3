package io.mailban.chat;

import io.mailban.access.Person;
import java.util.Map;

/** What reaches the bot from a chat platform. */
public sealed interface Incoming {
    /** Who said or pressed it; proven by the platform. */
    Person person();

    /** Where, and where the answer belongs. */
    Place place();

    /** Words: {@code check 203.0.113.7}. */
    record Typed(Person person, Place place, String text) implements Incoming {}

    /** A button. */
    record Pressed(Person person, Place place, CardAction action) implements Incoming {}

    /** A form that was filled in: answers by the keys of its questions. */
    record Answered(Person person, Place place, CardAction action, Map<String, String> answers) implements Incoming {
        /** Copies the map. */
        public Answered {
            answers = Map.copyOf(answers);
        }
    }
}
