package io.mailban.terminal;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.chat.Card;
import io.mailban.chat.Chat;
import io.mailban.chat.Form;
import io.mailban.chat.Incoming;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Naming;
import io.mailban.chat.NotSaid;
import io.mailban.chat.Place;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * All terminals that are open, as one chat platform: each is a place of its own, and all of them are the
 * {@linkplain #ROOM room}. What is posted while nobody is there is seen by nobody. Thread-safe.
 */
public final class TerminalChat implements Chat {
    /** The platform's name in places and people. */
    public static final String PLATFORM = "terminal";

    /** Everyone who is there. */
    public static final Place ROOM = new Place(PLATFORM, "room");

    private final InstantSource clock;
    private final Map<Place, Conversation> open = new ConcurrentHashMap<>();

    /** Ids of an earlier run must not name messages of this one. */
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    private final AtomicLong messages = new AtomicLong();

    /** Tells times from this clock. */
    public TerminalChat(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Begins a conversation, which receives cards from now on.
     *
     * @param person who is at the keyboard; proven by whoever opens it
     * @param bot told what is typed and pressed: on the typing thread if {@code pace} is in turn, otherwise on a virtual
     *     thread for each line
     */
    public Conversation open(
            Person person, Screen screen, Personas personas, Conversation.Pace pace, Consumer<Incoming> bot) {
        Place place = new Place(PLATFORM, UUID.randomUUID().toString());
        Conversation conversation = new Conversation(place, person, screen, personas, pace, bot, clock);
        open.put(place, conversation);
        return conversation;
    }

    /** Ends a conversation; whatever is still said to it is lost. */
    public void close(Conversation conversation) {
        open.remove(conversation.place());
    }

    @Override
    public MessageRef post(Place place, Card card) {
        MessageRef message = new MessageRef(place, run + "-" + messages.incrementAndGet());
        at(place).forEach(conversation -> conversation.post(message, card));
        return message;
    }

    /** There is no bell here: the card is the line that is noticed, also at those people's other terminals. */
    @Override
    public MessageRef ping(Place place, Set<PersonId> people, Card card) {
        MessageRef message = post(place, card);
        List<Conversation> there = at(place);
        open.values().stream()
                .filter(conversation ->
                        !there.contains(conversation) && conversation.presence(people) == Conversation.Presence.HERE)
                .forEach(conversation -> conversation.post(message, card));
        return message;
    }

    @Override
    public void update(MessageRef message, Card card) {
        at(message.place()).forEach(conversation -> conversation.update(message, card));
    }

    /** All that is said stands below what was said before. */
    @Override
    public Optional<Place> thread(MessageRef message) {
        return Optional.empty();
    }

    @Override
    public Naming naming(Place place) {
        return Naming.FULL;
    }

    @Override
    public void whisper(Place place, Person person, Card card) {
        of(person, place).forEach(conversation -> conversation.whisper(person, card));
    }

    @Override
    public void ask(Place place, Person person, Form form) {
        of(person, place).forEach(conversation -> conversation.ask(person, form));
    }

    private List<Conversation> at(Place place) {
        if (!place.platform().equals(PLATFORM)) {
            throw new NotSaid(place, "there is nothing but terminals here");
        }
        if (place.equals(ROOM)) {
            return List.copyOf(open.values());
        }
        Conversation conversation = open.get(place);
        return conversation == null ? List.of() : List.of(conversation);
    }

    private List<Conversation> of(Person person, Place place) {
        return at(place).stream()
                .filter(conversation -> conversation.presence(person) == Conversation.Presence.HERE)
                .toList();
    }
}
