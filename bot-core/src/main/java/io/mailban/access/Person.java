package io.mailban.access;

/** Somebody who talks to the bot. Two are the same where their ids are; the name is only shown. */
public record Person(PersonId id, String name) {
    /** The bot itself, for what it does by itself. */
    public static final Person BOT = new Person(new PersonId("mailban", "bot"), "mailban");

    /** Whether both are one account. */
    public boolean is(Person other) {
        return id.equals(other.id);
    }
}
