package io.mailban.slack;

import io.mailban.access.Person;
import io.mailban.ban.Address;
import io.mailban.bot.Patience;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.Deliveries;
import io.mailban.chat.Incoming;
import io.mailban.chat.Span;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A bot that only listens, and remembers. Thread-safe. */
final class Overheard implements Deliveries {
    private final List<Incoming> heard = new CopyOnWriteArrayList<>();
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger reconnected = new AtomicInteger();
    private volatile Consumer<Incoming> then = _ -> {};
    private volatile boolean forgetful;

    SlackPlatform.Ears ears() {
        return new SlackPlatform.Ears(this, this::home, this::hear, reconnected::incrementAndGet);
    }

    /** What the bot does with what it hears. */
    void answer(Consumer<Incoming> then) {
        this.then = then;
    }

    /** From now on nothing can be remembered. */
    void forgetful() {
        forgetful = true;
    }

    List<Incoming> heard() {
        return heard;
    }

    int reconnected() {
        return reconnected.get();
    }

    Set<String> claimed() {
        return claimed;
    }

    /** Waits until so much was heard. */
    List<Incoming> await(int many) {
        Patience.await("what the bot hears").until(() -> heard.size() >= many);
        return List.copyOf(heard);
    }

    @Override
    public Turn claim(String platform, String id, Instant now) {
        if (forgetful) {
            throw new IllegalStateException("the disk is full");
        }
        return claimed.add(platform + " " + id) ? Turn.FIRST : Turn.REPEATED;
    }

    private List<Card> home(Person person) {
        return List.of(new Card(
                Card.Tone.PLAIN,
                List.of(new Span.Words("Home of " + person.name())),
                List.of(),
                List.of(new Card.Button(
                        "Go",
                        new CardAction.ShowLines(Address.find("203.0.113.7").orElseThrow(), Optional.empty())))));
    }

    private void hear(Incoming incoming) {
        heard.add(incoming);
        then.accept(incoming);
    }
}
