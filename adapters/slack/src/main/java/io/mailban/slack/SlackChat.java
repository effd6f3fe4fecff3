package io.mailban.slack;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.Chat;
import io.mailban.chat.Form;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Naming;
import io.mailban.chat.Place;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

final class SlackChat implements Chat {
    SlackChat(Api api, Openings openings, Channels channels, Naming configured, InstantSource clock) {}

    @Override
    public MessageRef post(Place place, Card card) {
        throw new UnsupportedOperationException();
    }

    @Override
    public MessageRef ping(Place place, Set<PersonId> people, Card card) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void update(MessageRef message, Card card) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<Place> thread(MessageRef message) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Naming naming(Place place) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void whisper(Place place, Person person, Card card) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void ask(Place place, Person person, Form form) {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens a form that could not be opened at once, now that this person has pressed the button for it ({@code action_id}
     * {@code "form"}) and their fresh trigger is {@linkplain Openings#note noted} at the place.
     *
     * @param value the button's
     * @return what the press counts as instead where the form is forgotten: the action that the form was for; empty where
     *     there is nothing left to do
     */
    Optional<CardAction> reopen(Place place, Person person, String value) {
        return Optional.empty();
    }

    /** Shows these cards on this person's Home; what was there before goes. */
    void home(Person person, List<Card> cards) {}
}
