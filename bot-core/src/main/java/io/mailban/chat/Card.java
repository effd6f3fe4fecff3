package io.mailban.chat;

import io.mailban.ban.Mailbox;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One answer or notice, as every platform shows it: a verdict, facts with their labels, log lines where they were asked
 * for, buttons. Immutable, and as long as its content needs: an adapter cuts or pages it to its platform's limits.
 *
 * @param tone how it looks at first glance; the verdict says the same in words
 * @param verdict one sentence that a mail user understands
 * @param facts what carries the verdict
 * @param buttons what can be done next, the most likely first
 */
public record Card(Tone tone, List<Span> verdict, List<Fact> facts, List<Button> buttons) {
    /** Copies the lists. */
    public Card {
        verdict = List.copyOf(verdict);
        facts = List.copyOf(facts);
        buttons = List.copyOf(buttons);
    }

    /** A card of one sentence. */
    public static Card of(Tone tone, List<Span> verdict) {
        return new Card(tone, verdict, List.of(), List.of());
    }

    /** A card of one short sentence. */
    public static Card of(Tone tone, Span... verdict) {
        return of(tone, List.of(verdict));
    }

    /** Every mailbox that it names, once, in the order of reading. */
    public Set<Mailbox> names() {
        Set<Mailbox> names = new LinkedHashSet<>();
        Stream.concat(verdict.stream(), facts.stream().flatMap(fact -> fact.text().stream()))
                .forEach(span -> {
                    if (span instanceof Span.Name(var mailbox)) {
                        names.add(mailbox);
                    }
                });
        return names;
    }

    /** The same, with every mailbox masked wherever it is shown. */
    public Card masked() {
        return new Card(
                tone,
                masked(verdict),
                facts.stream()
                        .map(fact -> new Fact(fact.label(), masked(fact.text())))
                        .toList(),
                buttons);
    }

    private static List<Span> masked(List<Span> spans) {
        return spans.stream()
                .map(span -> span instanceof Span.Name(var mailbox) ? new Span.Words(mailbox.masked()) : span)
                .toList();
    }

    /** A labelled line; an empty label continues the fact above. */
    public record Fact(String label, List<Span> text) {
        /** Copies the list. */
        public Fact {
            text = List.copyOf(text);
        }
    }

    /**
     * Something to press.
     *
     * @param confirm what a platform that can asks before it takes the press for meant
     */
    public record Button(String label, CardAction action, Optional<Confirm> confirm) {
        /** One that needs no second thought. */
        public Button(String label, CardAction action) {
            this(label, action, Optional.empty());
        }
    }

    /**
     * A second thought.
     *
     * @param title at most 100 characters
     * @param text what will happen; at most 300 characters
     * @param yes at most 30 characters
     */
    public record Confirm(String title, String text, String yes) {}

    /** How a card looks at first glance. */
    public enum Tone {
        /** ✅ nothing is wrong, or something was done. */
        GOOD,
        /** 🔵 worth knowing. */
        NEWS,
        /** 🟡 waits for somebody. */
        WAITING,
        /** 🟠 somebody is kept out. */
        TROUBLE,
        /** 🔴 act now. */
        ALARM,
        /** ⚠️ it could not be told, or did not come true. */
        WARNING,
        /** ⛔ refused or denied. */
        REFUSAL,
        /** No colour: help, lists. */
        PLAIN
    }
}
