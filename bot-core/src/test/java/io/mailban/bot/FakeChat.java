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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * A chat that remembers what was said in it, as lines of plain text. It has threads if told so, and then each line says
 * where it was said; a place can be made one where nothing can be said, or where saying hangs.
 */
public final class FakeChat implements Chat {
    private final List<String> said = new ArrayList<>();
    private final Map<Place, Supplier<RuntimeException>> faults = new ConcurrentHashMap<>();
    private final Map<Place, CountDownLatch> hanging = new ConcurrentHashMap<>();
    private final Map<Place, Place> names = new ConcurrentHashMap<>();
    private final List<Card> cards = new ArrayList<>();
    private Naming naming = Naming.FULL;
    private volatile Shape shape = Shape.FLAT;
    private int messages;

    private enum Shape {
        FLAT,
        WITH_THREADS
    }

    /** From now on every message that is in no thread has one: that of message 1 in C1 is C1/1. */
    public FakeChat withThreads() {
        shape = Shape.WITH_THREADS;
        return this;
    }

    /** Names mailboxes so from now on, everywhere. */
    public synchronized FakeChat naming(Naming other) {
        naming = other;
        return this;
    }

    /** From now on this is thrown by whatever is done in the place. */
    public void breaks(Place place, Supplier<RuntimeException> fault) {
        faults.put(place, fault);
    }

    /** From now on whatever is said in the place waits. */
    public void hangs(Place place) {
        hanging.put(place, new CountDownLatch(1));
    }

    /** The place is as it was; what waited goes on. */
    public void isWellAgain(Place place) {
        faults.remove(place);
        Optional.ofNullable(hanging.remove(place)).ifPresent(CountDownLatch::countDown);
    }

    /** From now on a place has two names. */
    public void isCalledToo(Place name, Place canonical) {
        names.put(name, canonical);
    }

    @Override
    public Place canonical(Place place) {
        return names.getOrDefault(place, place);
    }

    /** Everything so far: {@code post 1: …}, {@code edit 1: …}, {@code to alice: …}, {@code asks alice: …}. */
    public synchronized List<String> said() {
        return List.copyOf(said);
    }

    @Override
    public MessageRef post(Place place, Card card) {
        reach(place);
        return said("post ", "", place, card);
    }

    @Override
    public MessageRef ping(Place place, Set<PersonId> people, Card card) {
        reach(place);
        String called = people.stream().map(PersonId::account).sorted().toList().toString();
        return said("ping ", " " + called, place, card);
    }

    private synchronized MessageRef said(String how, String called, Place place, Card card) {
        messages++;
        said.add(how + messages + called + where(place) + ": " + shown(card));
        return new MessageRef(place, String.valueOf(messages));
    }

    @Override
    public void update(MessageRef message, Card card) {
        reach(message.place());
        synchronized (this) {
            said.add("edit " + message.id() + where(message.place()) + ": " + shown(card));
        }
    }

    @Override
    public Optional<Place> thread(MessageRef message) {
        Place place = message.place();
        return shape == Shape.FLAT || place.id().contains("/")
                ? Optional.empty()
                : Optional.of(new Place(place.platform(), place.id() + "/" + message.id()));
    }

    private String where(Place place) {
        return shape == Shape.FLAT ? "" : " in " + place.id();
    }

    private void reach(Place place) {
        Supplier<RuntimeException> fault = faults.get(place);
        if (fault != null) {
            throw fault.get();
        }
        CountDownLatch wait = hanging.get(place);
        try {
            if (wait != null) {
                wait.await();
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public synchronized Naming naming(Place place) {
        return naming;
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

    @Override
    public void whisper(Place place, Person person, Card card) {
        reach(place);
        whispered(person, card);
    }

    private synchronized void whispered(Person person, Card card) {
        said.add("to " + person.name() + ": " + plain(card));
    }

    @Override
    public synchronized void ask(Place place, Person person, Form form) {
        said.add("asks " + person.name() + ": " + form.title());
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
