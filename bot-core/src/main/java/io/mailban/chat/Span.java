package io.mailban.chat;

import io.mailban.access.Person;
import io.mailban.ban.Mailbox;
import java.time.Instant;

/**
 * A piece of text in a card. Whatever is in it came from people and logs: the platform's adapter escapes every one of
 * them, and lays out times in the reader's own zone.
 */
public sealed interface Span {
    /** Plain words. */
    record Words(String text) implements Span {}

    /** A command, a jail, a log line: in a fixed-width face where there is one. */
    record Code(String text) implements Span {}

    /** A point in time. */
    record Moment(Instant at, Style style) implements Span {
        /** How much of it to show. */
        public enum Style {
            /** {@code 21:40}, with the date where it is not today. */
            MINUTE,
            /** {@code 21:40:09}, likewise. */
            SECOND,
            /** {@code 3 Nov}. */
            DAY,
            /** {@code 12 s ago}. */
            AGO
        }
    }

    /** A person, addressed by name; who is to notice is told by {@link Chat#ping}. */
    record Someone(Person person) implements Span {}

    /** A mailbox, masked where the place is not for its full name. */
    record Name(Mailbox mailbox) implements Span {}
}
