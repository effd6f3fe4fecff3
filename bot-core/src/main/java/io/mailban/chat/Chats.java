package io.mailban.chat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Several platforms as one chat: each place is its own platform's. Thread-safe where they are. */
public final class Chats implements Chat {
    private final Map<String, Chat> platforms;

    /** By the platforms' names. */
    public Chats(Map<String, Chat> platforms) {
        this.platforms = Map.copyOf(platforms);
    }

    @Override
    public MessageRef post(Place place, Card card) {
        return at(place).post(place, card);
    }

    @Override
    public MessageRef ping(Place place, Set<PersonId> people, Card card) {
        return at(place).ping(place, people, card);
    }

    @Override
    public void update(MessageRef message, Card card) {
        at(message.place()).update(message, card);
    }

    @Override
    public Optional<Place> thread(MessageRef message) {
        return at(message.place()).thread(message);
    }

    @Override
    public Place canonical(Place place) {
        return at(place).canonical(place);
    }

    @Override
    public Naming naming(Place place) {
        return at(place).naming(place);
    }

    @Override
    public void whisper(Place place, Person person, Card card) {
        at(place).whisper(place, person, card);
    }

    @Override
    public void ask(Place place, Person person, Form form) {
        at(place).ask(place, person, form);
    }

    private Chat at(Place place) {
        Chat chat = platforms.get(place.platform());
        if (chat == null) {
            throw new NotSaid(place, "this bot is not connected to " + place.platform());
        }
        return chat;
    }
}
