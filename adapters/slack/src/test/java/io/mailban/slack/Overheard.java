package io.mailban.slack;

import io.mailban.access.Person;
import io.mailban.chat.Card;
import io.mailban.chat.Deliveries;
import io.mailban.chat.Incoming;
import io.mailban.chat.Span;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;

/** A bot that only listens, and remembers. Thread-safe. */
final class Overheard implements Deliveries {
    private final List<Incoming> heard = new CopyOnWriteArrayList<>();
    private final Set<String> claimed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger reconnected = new AtomicInteger();
    private volatile Consumer<Incoming> then = _ -> {};

    SlackPlatform.Ears ears() {
        return new SlackPlatform.Ears(this, this::home, this::hear, reconnected::incrementAndGet);
    }

    /** What the bot does with what it hears. */
    void answer(Consumer<Incoming> then) {
        this.then = then;
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
        Awaitility.await("what the bot hears").atMost(10, TimeUnit.SECONDS).until(() -> heard.size() >= many);
        return List.copyOf(heard);
    }

    @Override
    public Turn claim(String platform, String id, Instant now) {
        return claimed.add(platform + " " + id) ? Turn.FIRST : Turn.REPEATED;
    }

    private List<Card> home(Person person) {
        return List.of(Card.of(Card.Tone.PLAIN, new Span.Words("Home of " + person.name())));
    }

    private void hear(Incoming incoming) {
        heard.add(incoming);
        then.accept(incoming);
    }
}
