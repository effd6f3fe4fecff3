package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.chat.Card;
import io.mailban.chat.Chat;
import io.mailban.chat.MessageRef;
import io.mailban.chat.NotSaid;
import io.mailban.chat.Place;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * The chat, for those whom a place where nothing can be said must not keep from going on: that is logged, and passed over.
 * Thread-safe.
 */
record Voice(Chat chat) {
    private static final System.Logger LOG = System.getLogger(Voice.class.getName());

    /** Posts, so that these people notice it if there are any; empty where it could not be said. */
    Optional<MessageRef> say(Place place, Set<PersonId> people, Card card) {
        return tried(
                place, () -> Optional.of(people.isEmpty() ? chat.post(place, card) : chat.ping(place, people, card)));
    }

    /** Edits; empty where that could not be done. */
    Optional<MessageRef> edit(MessageRef message, Card card) {
        return tried(message.place(), () -> {
            chat.update(message, card);
            return Optional.of(message);
        });
    }

    /** Says it to one person. */
    void whisper(Place place, Person person, Card card) {
        var _ = tried(place, () -> {
            chat.whisper(place, person, card);
            return Optional.of(place);
        });
    }

    /** The place by the one name that its messages have. */
    Place canonical(Place place) {
        return tried(place, () -> Optional.of(chat.canonical(place))).orElse(place);
    }

    /** Where what follows a message is said; empty too where its platform can't tell. */
    Optional<Place> thread(MessageRef message) {
        return tried(message.place(), () -> chat.thread(message));
    }

    private static <T> Optional<T> tried(Place place, Supplier<Optional<T>> saying) {
        try {
            return saying.get();
        } catch (NotSaid e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        } catch (CancellationException e) {
            // The bot ends; whoever starts it next catches up.
            LOG.log(System.Logger.Level.DEBUG, e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "could not say something in " + place.platform() + " " + place.id(),
                    e);
        }
        return Optional.empty();
    }
}
