package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.chat.Card;
import io.mailban.chat.Chat;
import io.mailban.chat.Form;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Naming;
import io.mailban.chat.Place;
import io.mailban.chat.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A chat that remembers what was said in it, as lines of plain text. */
public final class FakeChat implements Chat {
    private final List<String> said = new ArrayList<>();
    private final List<Card> cards = new ArrayList<>();
    private Naming naming = Naming.FULL;
    private int messages;

    /** Names mailboxes so from now on, everywhere. */
    public synchronized FakeChat naming(Naming other) {
        naming = other;
        return this;
    }

    /** Everything so far: {@code post 1: …}, {@code edit 1: …}, {@code to alice: …}, {@code asks alice: …}. */
    public synchronized List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public synchronized MessageRef post(Place place, Card card) {
        messages++;
        said.add("post " + messages + ": " + shown(card));
        return new MessageRef(place, String.valueOf(messages));
    }

    @Override
    public synchronized MessageRef ping(Place place, Set<PersonId> people, Card card) {
        messages++;
        said.add("ping " + messages + " "
                + people.stream().map(PersonId::account).sorted().toList() + ": " + shown(card));
        return new MessageRef(place, String.valueOf(messages));
    }

    @Override
    public synchronized void update(MessageRef message, Card card) {
        said.add("edit " + message.id() + ": " + shown(card));
    }

    @Override
    public Optional<Place> thread(MessageRef message) {
        return Optional.empty();
    }

    @Override
    public synchronized Naming naming(Place place) {
        return naming;
    }

    @Override
    public synchronized void whisper(Place place, Person person, Card card) {
        said.add("to " + person.name() + ": " + plain(card));
    }

    @Override
    public synchronized void ask(Place place, Person person, Form form) {
        said.add("asks " + person.name() + ": " + form.title());
    }

    /** As everyone sees it. */
    private String shown(Card card) {
        cards.add(card);
        return switch (naming) {
            case FULL -> plain(card);
            case MASKED -> plain(card.masked());
        };
    }

    /** The last card that everyone was shown. */
    public synchronized Card lastShown() {
        return cards.getLast();
    }

    /** A card's verdict as words; times in UTC. */
    public static String plain(Card card) {
        return plain(card.verdict());
    }

    public static String plain(List<Span> spans) {
        StringBuilder text = new StringBuilder();
        for (Span span : spans) {
            text.append(
                    switch (span) {
                        case Span.Words words -> words.text();
                        case Span.Code code -> code.text();
                        case Span.Moment moment -> moment.at();
                        case Span.Someone someone -> someone.person().name();
                        case Span.Name name -> name.mailbox().name();
                    });
        }
        return text.toString();
    }
}
