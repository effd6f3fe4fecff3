package io.mailban.chat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import java.util.Optional;
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

    /**
     * Where what follows a message is said: its thread, which need not exist yet. Empty where there are no threads, and for
     * a message that is in one.
     */
    Optional<Place> thread(MessageRef message);

    /**
     * The one name of a place that has several, as far as the platform has told: a person's own is another name of the
     * direct message with them. Every other place is what it is called.
     */
    default Place canonical(Place place) {
        return place;
    }

    /** How a mailbox is named in what everyone in the place sees. */
    Naming naming(Place place);

    /** Shows a card to one person alone, with every name in full. */
    void whisper(Place place, Person person, Card card);

    /** Asks one person. */
    void ask(Place place, Person person, Form form);
}
