package io.mailban.chat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import java.util.Set;

/**
 * A chat platform as the bot sees it. Thread-safe. Obeys its platform's limits and rates by itself, in order for each
 * place; a platform that is away is the adapter's to wait for.
 */
public interface Chat {
    /** Posts for everyone in the place. */
    MessageRef post(Place place, Card card);

    /**
     * Posts for everyone in the place, and so that these people notice: a mention, a sound, whatever the platform has. It
     * is the only way to call anybody: a card names people without waking them, and an edit calls nobody. Who has no account
     * on the place's platform is passed over; where nobody is left, it is a post.
     */
    MessageRef ping(Place place, Set<PersonId> people, Card card);

    /** Edits a message that was posted; one that is gone is passed over. */
    void update(MessageRef message, Card card);

    /** Shows a card to one person alone. */
    void whisper(Place place, Person person, Card card);

    /** Asks one person. */
    void ask(Place place, Person person, Form form);
}
