package io.mailban.slack;

import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.Chat;
import io.mailban.chat.Form;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Naming;
import io.mailban.chat.NotSaid;
import io.mailban.chat.Place;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Slack as a chat. Every method returns when Slack has done it, and waits as long as Slack is away or at its limit; what waits
 * goes out in order for each channel. A post whose answer was lost is posted again: it may stand there twice, but is never
 * missing. Where waiting would not help, {@link NotSaid} says what would. A card that is longer than a message goes on in its
 * thread, also one that grew so long by an edit; later edits change what followed there too, until the next restart.
 */
final class SlackChat implements Chat {
    private final Channels channels;
    private final Naming configured;
    private final Outbox outbox = new Outbox();
    private final Directs directs = new Directs();
    private final Voice voice;
    private final Edits edits;
    private final Whispers whispers;
    private final Forms forms;

    SlackChat(Api api, Openings openings, Channels channels, Naming configured, InstantSource clock) {
        this.channels = channels;
        this.configured = configured;
        this.voice = new Voice(api, outbox);
        this.edits = new Edits(voice, outbox);
        this.whispers = new Whispers(voice, outbox, openings);
        this.forms = new Forms(voice, whispers, openings, clock);
    }

    @Override
    public MessageRef post(Place place, Card card) {
        List<Page> pages = pages(place, card);
        return post(place, List.of(pages.getFirst()), pages.subList(1, pages.size()));
    }

    @Override
    public MessageRef ping(Place place, Set<PersonId> people, Card card) {
        List<Page> pages = pages(place, card);
        return post(place, Mentions.on(pages.getFirst(), people), pages.subList(1, pages.size()));
    }

    private List<Page> pages(Place place, Card card) {
        return Layout.pages(card, naming(place), rest(place));
    }

    private static Layout.Rest rest(Place place) {
        return Spot.of(place).thread().isPresent() ? Layout.Rest.BELOW : Layout.Rest.THREAD;
    }

    /**
     * Posts.
     *
     * @param head the first page, and a call of people for which it has no room
     */
    private MessageRef post(Place place, List<Page> head, List<Page> tail) {
        Spot asked = Spot.of(place);
        try {
            return outbox.inTurn(Voice.lane(asked), place, () -> {
                ChatPostMessageResponse first = voice.post(asked, head.getFirst());
                // A person's id is the way to a direct message, but later edits need the conversation's own.
                Spot spot = new Spot(
                        asked.scope() == Spot.Scope.DIRECT ? first.getChannel() : asked.channel(), asked.thread());
                if (asked.scope() == Spot.Scope.DIRECT) {
                    directs.note(asked.channel(), spot.channel());
                }
                Spot rest = spot.thread().isPresent() ? spot : spot.inThread(first.getTs());
                for (Page call : head.subList(1, head.size())) {
                    voice.post(rest, call);
                }
                List<String> followers = new ArrayList<>();
                for (Page page : tail) {
                    followers.add(voice.post(rest, page).getTs());
                }
                MessageRef message = new MessageRef(spot.place(), first.getTs());
                edits.posted(message, followers);
                return message;
            });
        } catch (Refused refused) {
            throw refused.at(place);
        }
    }

    @Override
    public void update(MessageRef message, Card card) {
        Layout.Rest rest = edits.isKnown(message) ? rest(message.place()) : Layout.Rest.NOWHERE;
        edits.edit(message, Layout.pages(card, naming(message.place()), rest));
    }

    @Override
    public Optional<Place> thread(MessageRef message) {
        Spot spot = Spot.of(message.place());
        return spot.thread().isPresent()
                ? Optional.empty()
                : Optional.of(spot.inThread(message.id()).place());
    }

    @Override
    public Place canonical(Place place) {
        return directs.of(Spot.of(place)).place();
    }

    /** This is the direct message with a person. */
    void noteDirectMessage(String user, String channel) {
        directs.note(user, channel);
    }

    @Override
    public Naming naming(Place place) {
        Spot spot = Spot.of(place);
        return switch (spot.scope()) {
            case DIRECT -> Naming.FULL;
            case CHANNEL -> configured == Naming.MASKED ? Naming.MASKED : channels.naming(spot.channel());
        };
    }

    @Override
    public void whisper(Place place, Person person, Card card) {
        whispers.whisper(place, person, Layout.pages(card, Naming.FULL, Layout.Rest.BELOW));
    }

    @Override
    public void ask(Place place, Person person, Form form) {
        forms.ask(place, person, form);
    }

    /**
     * Opens a form that could not be opened at once, now that this person has pressed the button for it ({@code action_id}
     * {@link Forms#BUTTON}) and their fresh trigger is {@linkplain Openings#note noted} at the place.
     *
     * @param value the button's
     * @return what the press counts as instead where the form is forgotten: the action that the form was for; empty where
     *     there is nothing left to do
     */
    Optional<CardAction> reopen(Place place, Person person, String value) {
        return forms.reopen(place, person, value);
    }

    /** Shows these cards on this person's Home; what was there before goes. */
    void home(Person person, List<Card> cards) {
        String user = person.id().account();
        Place theirs = new Place(SlackSetup.PLATFORM, user);
        try {
            outbox.inTurn("home " + user, theirs, () -> {
                voice.publish(user, Layout.home(cards));
                return theirs;
            });
        } catch (Refused refused) {
            throw refused.at(theirs);
        }
    }
}
