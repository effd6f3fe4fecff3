package io.mailban.slack;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.Deliveries;
import io.mailban.chat.Incoming;
import io.mailban.chat.NotSaid;
import io.mailban.chat.Place;
import io.mailban.reply.PlatformWriter;
import io.mailban.slack.Deed.What;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Takes in what people did, after it was acknowledged: each thing once, one person's in one place in the order in which they
 * came, each on a thread of its own. Thread-safe.
 */
final class Reception implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Reception.class.getName());

    /** What is pressed again within this time was a double click. */
    private static final Duration TWICE = Duration.ofMillis(1500);

    /** So long a deed waits for the one before it; a check of a server that is away must not hold what comes after it. */
    private static final Duration TURN = Duration.ofSeconds(2);

    private final Gate gate;
    private final SlackChat chat;
    private final Openings openings;
    private final SlackPlatform.Ears ears;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Lane, CompletableFuture<Void>> lanes = new ConcurrentHashMap<>();
    private final Cache<Press, Press> lately;

    Reception(Gate gate, SlackChat chat, Openings openings, SlackPlatform.Ears ears, InstantSource clock) {
        this.gate = gate;
        this.chat = chat;
        this.openings = openings;
        this.ears = ears;
        this.clock = clock;
        this.lately = Caffeine.newBuilder()
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .expireAfterWrite(TWICE)
                .maximumSize(10_000)
                .build();
    }

    private record Lane(String user, Spot spot) {}

    private record Press(String user, Spot spot, String on, String value) {}

    /** Returns at once. */
    void accept(Deed deed) {
        Lane lane = new Lane(deed.sender().user(), deed.spot());
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<Void> before = lanes.put(lane, done);
        threads.execute(() -> {
            try {
                if (before != null) {
                    await(before);
                }
                handle(deed);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                done.complete(null);
                lanes.remove(lane, done);
            }
        });
    }

    /** Ends what waits; what is being answered is given a moment. */
    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(TURN.toMillis(), TimeUnit.MILLISECONDS)) {
                threads.shutdownNow();
                var _ = threads.awaitTermination(TURN.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CompletableFuture<Void> before) throws InterruptedException {
        try {
            before.get(TURN.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // It takes longer than anybody waits for.
        }
    }

    private void handle(Deed deed) {
        try {
            if (isRepeated(deed)) {
                return;
            }
            Gate.Admission admission = gate.admit(deed.sender(), deed.spot());
            Person person = admission.person();
            Place place = deed.spot().place();
            noteDirectMessage(deed);
            if (!deed.opening().equals(Deed.Opening.NONE)) {
                openings.note(
                        person.id(),
                        place,
                        deed.opening().trigger(),
                        deed.opening().responseUrl());
            }
            switch (admission) {
                case Gate.Admission.Admitted _ -> act(deed, person, place);
                case Gate.Admission.Refused(var stranger, var why) -> refuse(deed, stranger, place, why);
            }
        } catch (NotSaid e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        } catch (CancellationException e) {
            // The bot ends, and has nothing to say any more.
            LOG.log(System.Logger.Level.DEBUG, e.getMessage());
        } catch (RuntimeException e) {
            // Not the deed, which holds what opens doors.
            LOG.log(
                    System.Logger.Level.ERROR,
                    "could not take in what " + deed.sender().user() + " did in "
                            + deed.spot().place().id(),
                    e);
            excuse(deed);
        }
    }

    private void excuse(Deed deed) {
        try {
            Person person = new Person(
                    new PersonId(SlackSetup.PLATFORM, deed.sender().user()),
                    deed.sender().user());
            chat.whisper(deed.spot().place(), person, PlatformWriter.broken());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "could not even say so: " + e.getMessage());
        }
    }

    private boolean isRepeated(Deed deed) {
        if (deed.delivery()
                .map(id -> ears.deliveries().claim(SlackSetup.PLATFORM, id, clock.instant()))
                .filter(Deliveries.Turn.REPEATED::equals)
                .isPresent()) {
            return true;
        }
        if (!(deed.what() instanceof What.Press(var actionId, var value, var on))) {
            return false;
        }
        Press press = new Press(
                deed.sender().user(),
                deed.spot(),
                on.map(message -> message.id()).orElse(actionId),
                value);
        return lately.asMap().putIfAbsent(press, press) != null;
    }

    /** What a person writes to the bot directly comes as an event; a command can be typed in others' conversations too. */
    private void noteDirectMessage(Deed deed) {
        String user = deed.sender().user();
        switch (deed.what()) {
            case What.LookedHome(var direct) -> direct.ifPresent(channel -> chat.noteDirectMessage(user, channel));
            case What.Said _
            when deed.opening().equals(Deed.Opening.NONE) ->
                chat.noteDirectMessage(user, deed.spot().channel());
            case What.Said _, What.Press _, What.Filled _, What.FilledNonsense _, What.PointedAt _ -> {
                // Tells nothing of it.
            }
        }
    }

    private void refuse(Deed deed, Person person, Place place, Card why) {
        switch (deed.what()) {
            case What.LookedHome _ -> chat.home(person, List.of(why));
            case What.Said _, What.Press _, What.Filled _, What.FilledNonsense _, What.PointedAt _ ->
                chat.whisper(place, person, why);
        }
    }

    private void act(Deed deed, Person person, Place place) {
        switch (deed.what()) {
            case What.Said(var text) -> hear(new Incoming.Typed(person, place, text));
            case What.Press press ->
                action(press, person, place)
                        .ifPresent(action -> hear(new Incoming.Pressed(person, place, action, press.on())));
            case What.Filled(var metadata, var answers) ->
                hear(new Incoming.Answered(person, place, metadata.action(), answers));
            case What.FilledNonsense() -> chat.whisper(place, person, PlatformWriter.unreadForm());
            case What.PointedAt(var text) -> hear(new Incoming.Pointed(person, place, text));
            case What.LookedHome _ -> {
                // Shown below.
            }
        }
        if (isAtHome(deed)) {
            chat.home(person, ears.home().apply(person));
        }
    }

    /** Empty where it was dealt with. */
    private Optional<CardAction> action(What.Press press, Person person, Place place) {
        if (press.actionId().equals(Forms.BUTTON)) {
            return chat.reopen(place, person, press.value());
        }
        Optional<CardAction> action = CardAction.find(press.value());
        if (action.isEmpty()) {
            chat.whisper(place, person, PlatformWriter.unreadButton());
        }
        return action;
    }

    private void hear(Incoming incoming) {
        ears.bot().accept(incoming);
    }

    /** A direct message has a channel's id, {@code D…}; a person's own stands for their Home, where nobody can type. */
    private static boolean isAtHome(Deed deed) {
        return switch (deed.what()) {
            case What.Said _, What.PointedAt _ -> false;
            case What.Press _, What.Filled _, What.FilledNonsense _, What.LookedHome _ ->
                deed.spot().scope() == Spot.Scope.DIRECT
                        && !deed.spot().channel().startsWith("D");
        };
    }
}
