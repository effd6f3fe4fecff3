package io.mailban.slack;

import io.mailban.access.Person;
import io.mailban.chat.Card;
import io.mailban.chat.Naming;
import io.mailban.chat.Place;
import io.mailban.reply.PlatformWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says things to one person alone. In a channel nobody else sees it, and it is gone when the client is restarted; where that
 * cannot be, since the bot is not there and the person's last command or press is too long ago, it is a direct message.
 * Thread-safe.
 */
final class Whispers {
    /** As many as one answer may take of the person's screen; a {@code response_url} takes five messages. */
    private static final int MOST_PAGES = 5;

    private final Voice voice;
    private final Outbox outbox;
    private final Openings openings;

    Whispers(Voice voice, Outbox outbox, Openings openings) {
        this.voice = voice;
        this.outbox = outbox;
        this.openings = openings;
    }

    /** Ways to one person. */
    private enum Way {
        RESPONSE_URL,
        EPHEMERAL,
        POST,
        DIRECT
    }

    void whisper(Place place, Person person, List<Page> pages) {
        try {
            outbox.inTurn("whisper " + place.id() + " " + person.id(), place, () -> {
                for (Page page : bounded(pages)) {
                    say(place, person, page);
                }
                return place;
            });
        } catch (Refused refused) {
            throw refused.at(place);
        }
    }

    private void say(Place place, Person person, Page page) throws Refused, InterruptedException {
        Optional<Refused> why = Optional.empty();
        for (Way way : ways(Spot.of(place))) {
            try {
                say(way, place, person, page);
                return;
            } catch (Refused refused) {
                // That an answer is too late is no more than the reason for another way.
                why = why.isPresent() || way == Way.RESPONSE_URL ? why : Optional.of(refused);
            }
        }
        throw why.orElseThrow();
    }

    private void say(Way way, Place place, Person person, Page page) throws Refused, InterruptedException {
        Spot spot = Spot.of(place);
        String user = person.id().account();
        switch (way) {
            case RESPONSE_URL -> voice.answer(responseUrl(place, person), spot, user, page);
            case EPHEMERAL -> voice.whisper(spot, user, page);
            case POST -> post(spot, place, page);
            case DIRECT -> post(new Spot(user, Optional.empty()), place, page);
        }
    }

    private String responseUrl(Place place, Person person) throws Refused {
        return openings.takeResponseUrl(person.id(), place)
                .orElseThrow(() -> new Refused("expired_url", Optional.empty()));
    }

    private void post(Spot spot, Place place, Page page) throws Refused {
        outbox.inTurn(Voice.lane(spot), place, () -> voice.post(spot, page));
    }

    /** A thread's answers belong in it, which only the bot itself can do; a direct message stays for later. */
    private static List<Way> ways(Spot spot) {
        return switch (spot.scope()) {
            case DIRECT -> List.of(Way.POST, Way.RESPONSE_URL, Way.DIRECT);
            case CHANNEL ->
                spot.thread().isPresent()
                        ? List.of(Way.EPHEMERAL, Way.RESPONSE_URL, Way.DIRECT)
                        : List.of(Way.RESPONSE_URL, Way.EPHEMERAL, Way.DIRECT);
        };
    }

    private static List<Page> bounded(List<Page> pages) {
        if (pages.size() <= MOST_PAGES) {
            return pages;
        }
        List<Page> some = new ArrayList<>(pages.subList(0, MOST_PAGES - 1));
        Card rest = PlatformWriter.morePages(pages.size() - some.size(), pages.size());
        some.addAll(Layout.pages(rest, Naming.FULL));
        return some;
    }
}
