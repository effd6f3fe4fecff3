package io.mailban.bot;

import io.mailban.access.PersonId;
import io.mailban.approval.Approval;
import io.mailban.approval.Signature;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.Decision;
import io.mailban.chat.Card;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import io.mailban.chat.PostedCards.Copy;
import io.mailban.reply.ReplyWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What has become of a request, said in the thread under each copy of its card; where there are no threads the card alone
 * says it. Those who asked are pinged when it is decided and when it is over, in one place. Thread-safe.
 */
record News(Voice voice, List<Place> requestPlaces) {
    /**
     * Tells what these copies have not told.
     *
     * @param all the request's copies on one platform
     * @param edited those of them that have just been edited
     * @return those of the edited under which nothing is left to be told
     */
    List<Copy> tell(Approval now, List<Copy> all, List<Copy> edited) {
        if (edited.isEmpty()) {
            return List.of();
        }
        String platform = edited.getFirst().message().place().platform();
        Set<PersonId> uncalled =
                all.stream().anyMatch(copy -> isTold(now, copy)) ? Set.of() : Reminders.of(platform, called(now));
        Card card = ReplyWriter.news(now);
        List<Copy> told = new ArrayList<>();
        // Where it was asked first: not everybody who asks is where requests are decided.
        for (Copy copy :
                edited.stream().sorted(Comparator.comparingInt(this::rank)).toList()) {
            Optional<Place> place = isUpToDate(now, copy) ? Optional.empty() : place(copy, all);
            if (place.isEmpty()) {
                told.add(copy);
                continue;
            }
            Optional<MessageRef> said = voice.say(place.get(), uncalled, card);
            if (said.isPresent()) {
                uncalled = Set.of();
                told.add(copy);
            }
        }
        return told;
    }

    private static boolean isUpToDate(Approval now, Copy copy) {
        return copy.shown().chapter() >= now.chapter();
    }

    private boolean isTold(Approval now, Copy copy) {
        return isUpToDate(now, copy) && voice.thread(copy.message()).isPresent();
    }

    private int rank(Copy copy) {
        return requestPlaces.contains(copy.message().place()) ? 1 : 0;
    }

    /**
     * Under the copy; a copy that is itself in a thread is told beside it, unless that thread is under another copy, as a
     * reminder is. That its platform has threads shows in the other copies.
     */
    private Optional<Place> place(Copy copy, List<Copy> all) {
        Optional<Place> under = voice.thread(copy.message());
        if (under.isPresent()) {
            return under;
        }
        List<Place> threads = all.stream()
                .flatMap(other -> voice.thread(other.message()).stream())
                .toList();
        Place here = copy.message().place();
        return threads.isEmpty() || threads.contains(here) ? Optional.empty() : Optional.of(here);
    }

    /** Those who asked, when it is decided and when it is over; not of what they did themselves. */
    private static Set<PersonId> called(Approval now) {
        return switch (now.stage()) {
            case Stage.Approved(var decision) -> everybodyWhoAsked(now, Optional.of(decision));
            case Stage.Denied(var decision, var _) -> everybodyWhoAsked(now, Optional.of(decision));
            case Stage.Done done when done.life() == Stage.Life.OVER -> everybodyWhoAsked(now, Optional.empty());
            case Stage.Expired _, Stage.Overtaken _, Stage.Replaced _, Stage.Revoked _ ->
                everybodyWhoAsked(now, Optional.empty());
            case Stage.Withdrawn(var by, var _) ->
                now.joiners().stream()
                        .map(joiner -> joiner.by().id())
                        .filter(id -> !id.equals(by.id()))
                        .collect(Collectors.toSet());
            case Stage.Requested _, Stage.Running _, Stage.Retrying _, Stage.Done _ -> Set.of();
        };
    }

    private static Set<PersonId> everybodyWhoAsked(Approval now, Optional<Decision> decision) {
        return Stream.concat(Stream.of(now.requester()), now.joiners().stream().map(Signature::by))
                .filter(person -> decision.isEmpty() || !decision.get().by().is(person))
                .map(person -> person.id())
                .collect(Collectors.toSet());
    }
}
