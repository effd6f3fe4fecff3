package io.mailban.terminal;

import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.CardAction;
import io.mailban.chat.MessageRef;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The cards that one screen has shown, and the number of each of their buttons. Numbers go on from card to card, so that
 * one means the same thing whatever comes in while it is typed. Not thread-safe.
 */
final class Transcript {
    /** A screen forgets what has long scrolled away. */
    private static final int LONGEST = 500;

    private final SequencedMap<MessageRef, Shown> messages = new LinkedHashMap<>();
    private final TreeMap<Integer, Numbered> buttons = new TreeMap<>();
    private @Nullable Shown latest;
    private int next = 1;

    /** A card as it was last shown. Posted twice, to the room and to one of its screens, it is still one. */
    private static final class Shown {
        private Card card;
        private List<Integer> numbers;

        Shown(Card card, List<Integer> numbers) {
            this.card = card;
            this.numbers = numbers;
        }
    }

    /** A button by its number. */
    record Numbered(Button button, Shown owner) {
        /** The card that it is on. */
        Card card() {
            return owner.card;
        }
    }

    /** What to print for a new message; nothing where the same card has just come by another way. */
    String post(MessageRef message, Card card, Look look, Instant now) {
        if (latest != null && latest.card.equals(card) && !messages.containsKey(message) && cameElsewhere(message)) {
            remember(message, latest);
            return "";
        }
        Shown shown = new Shown(card, numbers(card, Map.of()));
        remember(message, shown);
        return show(shown, look, now);
    }

    /** What to print for a card that will never change. */
    String whisper(Card card, Look look, Instant now) {
        return show(new Shown(card, numbers(card, Map.of())), look, now);
    }

    /** What to print for a message that changed; nothing where it shows no difference. */
    String update(MessageRef message, Card card, Look look, Instant now) {
        Shown shown = messages.get(message);
        if (shown == null) {
            return post(message, card, look, now);
        }
        Card before = shown.card;
        if (before.equals(card)) {
            return "";
        }
        Map<CardAction, Integer> kept = new LinkedHashMap<>();
        for (int i = 0; i < before.buttons().size(); i++) {
            kept.put(before.buttons().get(i).action(), shown.numbers.get(i));
        }
        shown.card = card;
        shown.numbers = numbers(card, kept);
        number(shown);
        return CardText.change(before, card, look, now, shown.numbers);
    }

    /** The button of that number, on whichever card it was. */
    Optional<Numbered> button(int number) {
        return Optional.ofNullable(buttons.get(number));
    }

    /** The highest number there is; 0 before the first button. */
    int highest() {
        return next - 1;
    }

    /** Whether a card with newer buttons is on the screen. */
    Standing standing(Numbered numbered) {
        Map.Entry<Integer, Numbered> last = buttons.lastEntry();
        return last != null && last.getValue().owner == numbered.owner ? Standing.LATEST : Standing.OLDER;
    }

    /** Where a card stands among those with buttons. */
    enum Standing {
        LATEST,
        OLDER
    }

    private String show(Shown shown, Look look, Instant now) {
        latest = shown;
        number(shown);
        return CardText.of(shown.card, look, now, shown.numbers);
    }

    private boolean cameElsewhere(MessageRef message) {
        return messages.entrySet().stream()
                .anyMatch(entry ->
                        entry.getValue() == latest && !entry.getKey().place().equals(message.place()));
    }

    private void remember(MessageRef message, Shown shown) {
        messages.put(message, shown);
        if (messages.size() > LONGEST) {
            messages.pollFirstEntry();
        }
    }

    private List<Integer> numbers(Card card, Map<CardAction, Integer> kept) {
        List<Integer> numbers = new ArrayList<>();
        for (Button button : card.buttons()) {
            Integer known = kept.get(button.action());
            numbers.add(known == null ? next++ : known);
        }
        return numbers;
    }

    private void number(Shown shown) {
        for (int i = 0; i < shown.numbers.size(); i++) {
            buttons.put(shown.numbers.get(i), new Numbered(shown.card.buttons().get(i), shown));
        }
        while (buttons.size() > LONGEST) {
            buttons.pollFirstEntry();
        }
    }
}
