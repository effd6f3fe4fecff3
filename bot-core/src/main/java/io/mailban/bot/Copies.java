package io.mailban.bot;

import io.mailban.access.PersonId;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.Stage;
import io.mailban.chat.Card;
import io.mailban.chat.Chat;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import io.mailban.chat.PostedCards;
import io.mailban.chat.PostedCards.Copy;
import io.mailban.chat.PostedCards.Shown;
import io.mailban.reply.ReplyWriter;
import io.mailban.reply.RestraintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every copy of a request's card: one in each place, edited as the request moves on, with its {@link News} beside it. What
 * can't be said is logged; a platform that is slow keeps neither the others nor the caller. Thread-safe: the copies of one
 * request on one platform are seen to by one thread at a time, which shows what the store has then.
 */
final class Copies implements AutoCloseable {
    private final ApprovalStore store;
    private final PostedCards posted;
    private final Reminders reminders;
    private final Voice voice;
    private final News news;
    private final List<Place> requestPlaces;
    private final Turns turns = new Turns();

    /**
     * Shows requests.
     *
     * @param requestPlaces where every one of them is shown, wherever it was asked for
     */
    Copies(ApprovalStore store, PostedCards posted, Reminders reminders, Chat chat, List<Place> requestPlaces) {
        this.store = store;
        this.posted = posted;
        this.reminders = reminders;
        this.voice = new Voice(chat);
        this.news = new News(voice, requestPlaces);
        this.requestPlaces = List.copyOf(requestPlaces);
    }

    /**
     * Shows a request wherever all are shown, in these places, and wherever the one stood in whose place it was opened:
     * where it is not yet. Those who may decide are pinged the first time, each in one place.
     */
    void show(Approval approval, Collection<Place> also) {
        List<Place> places = Stream.of(
                        requestPlaces.stream(),
                        also.stream(),
                        approval.follows().stream().flatMap(this::askedAt))
                .flatMap(all -> all)
                .map(voice::canonical)
                .distinct()
                .filter(place -> copiesAt(approval.id(), place).isEmpty())
                .toList();
        Set<PersonId> deciders = reminders.opening(approval, places);
        atEachPlatform(approval.id(), places, here -> {
            Set<PersonId> uncalled = deciders;
            for (Place place : here) {
                if (copiesAt(approval.id(), place).isEmpty()
                        && post(approval, place, uncalled).isPresent()) {
                    uncalled = Set.of();
                }
            }
            // Posting can have taken long, and whoever moved it on meanwhile did not know of these copies.
            bringUpToDate(approval.id(), here);
        });
    }

    /** Shows a request to one who asked for it later: not again where it stands and can be found. */
    void showAgain(Approval approval, Place from) {
        Place asked = voice.canonical(from);
        refresh(approval.id());
        List<Copy> before = copiesAt(approval.id(), asked);
        show(approval, List.of(asked));
        boolean hasScrolledAway = !before.isEmpty()
                && !requestPlaces.contains(asked)
                && before.stream().allMatch(copy -> voice.thread(copy.message()).isEmpty());
        if (hasScrolledAway) {
            atEachPlatform(approval.id(), List.of(asked), _ -> post(approval, asked, Set.of()));
        }
    }

    /**
     * Says something about a request to these people, in one place for each of their platforms, one where all requests are
     * shown before others.
     */
    void call(Approval approval, Place asked, Set<PersonId> people, Card card) {
        List<Place> places = requestPlacesAnd(asked);
        boolean nobody = places.stream()
                .allMatch(place -> Reminders.of(place.platform(), people).isEmpty());
        if (nobody) {
            var _ = voice.say(asked, Set.of(), card);
            return;
        }
        atEachPlatform(approval.id(), places, here -> {
            Set<PersonId> called = Reminders.of(here.getFirst().platform(), people);
            if (!called.isEmpty()) {
                var _ = here.stream()
                        .flatMap(place -> voice.say(place, called, card).stream())
                        .findFirst();
            }
        });
    }

    /** Says something beside a request that is for everybody who sees it. */
    void tell(Approval approval, Place asked, Card card) {
        atEachPlatform(
                approval.id(),
                requestPlacesAnd(asked),
                here -> here.forEach(place -> voice.say(place, Set.of(), card)));
    }

    /**
     * Blocks until those who may decide were reminded, or need not be: in one place, since whoever sees it in two would be
     * pinged twice.
     */
    void remind(Approval approval) throws InterruptedException {
        Set<PersonId> people = reminders.due(approval);
        if (!people.isEmpty()) {
            remind(approval.id(), people);
        }
    }

    private void remind(ApprovalId id, Set<PersonId> people) {
        atEachPlatform(id, placesOf(id), here -> {
            Set<PersonId> called = Reminders.of(here.getFirst().platform(), people);
            Approval now = find(id);
            if (called.isEmpty() || !(now.stage() instanceof Stage.Requested)) {
                return;
            }
            here.stream()
                    .flatMap(place -> copiesAt(id, place).stream().limit(1))
                    .map(first ->
                            voice.thread(first.message()).orElse(first.message().place()))
                    .flatMap(place -> voice.say(place, called, RestraintWriter.reminder(now)).stream())
                    .findFirst()
                    .ifPresent(reminder -> posted.add(id, reminder, Shown.of(now)));
        });
    }

    /** Brings every copy that shows an older state up to date, and says what has happened since, once. */
    void refresh(ApprovalId id) {
        atEachPlatform(id, placesOf(id), here -> bringUpToDate(id, here));
    }

    private void bringUpToDate(ApprovalId id, List<Place> here) {
        Approval now = find(id);
        List<Copy> all = posted.copies(id).stream()
                .filter(copy -> here.contains(copy.message().place()))
                .toList();
        List<Copy> edited = all.stream()
                .filter(copy -> copy.shown().version() < now.version())
                .filter(copy ->
                        voice.edit(copy.message(), ReplyWriter.request(now)).isPresent())
                .toList();
        // Only now: dying before repeats an edit or the news once, and loses neither.
        news.tell(now, all, edited).forEach(copy -> posted.shown(id, copy.message(), Shown.of(now)));
    }

    /** Does what was missed while a platform, or the bot, was away: of requests opened since then, and of all that live. */
    void catchUp(Instant since) {
        posted.behind(since).forEach(this::refresh);
        store.open().forEach(approval -> show(approval, List.of()));
    }

    private Optional<MessageRef> post(Approval approval, Place place, Set<PersonId> people) {
        Approval now = find(approval.id());
        Optional<MessageRef> message =
                voice.say(place, Reminders.of(place.platform(), people), ReplyWriter.request(now));
        message.ifPresent(shown -> posted.add(now.id(), shown, Shown.of(now)));
        return message;
    }

    private Approval find(ApprovalId id) {
        return store.find(id).orElseThrow(() -> new IllegalStateException("request " + id + " was erased meanwhile"));
    }

    private List<Copy> copiesAt(ApprovalId id, Place place) {
        return posted.copies(id).stream()
                .filter(copy -> copy.message().place().equals(place))
                .toList();
    }

    /** Where a request is shown, but for the threads under its own copies. */
    private Stream<Place> askedAt(ApprovalId id) {
        List<Place> threads = posted.copies(id).stream()
                .flatMap(copy -> voice.thread(copy.message()).stream())
                .toList();
        return placesOf(id).stream().filter(place -> !threads.contains(place));
    }

    private List<Place> placesOf(ApprovalId id) {
        return posted.copies(id).stream()
                .map(copy -> copy.message().place())
                .distinct()
                .toList();
    }

    private List<Place> requestPlacesAnd(Place asked) {
        List<Place> all = new ArrayList<>(requestPlaces);
        all.add(asked);
        return all.stream().distinct().toList();
    }

    @Override
    public void close() {
        turns.close();
    }

    private void atEachPlatform(ApprovalId id, List<Place> places, Consumer<List<Place>> task) {
        Map<String, List<Place>> platforms = places.stream().collect(Collectors.groupingBy(Place::platform));
        turns.take(id, platforms, task);
    }
}
