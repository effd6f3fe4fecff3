package io.mailban.slack;

import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.Naming;
import io.mailban.chat.Span;
import java.util.ArrayList;
import java.util.List;

/**
 * A card's words as sections: the verdict in bold behind its mark, then the facts, each a line behind its label. Not in two
 * columns: a phone shows columns one below the other, and a fact's text is mostly too long for half a line.
 */
final class Sections {
    /** Slack's limit is 3000; the rest is for what stands around a part. */
    private static final int LONGEST = 2900;

    private static final int LABEL = 200;

    /** Slack drops plain spaces at a line's begin. */
    private static final String INDENT = "\u2003\u2003";

    private final Naming naming;
    private final List<Piece> sections = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private final List<String> words = new ArrayList<>();

    private Sections(Naming naming) {
        this.naming = naming;
    }

    static List<Piece> of(Card card, Naming naming) {
        Sections sections = new Sections(naming);
        sections.verdict(card);
        sections.facts(card.facts());
        return sections.sections;
    }

    private void verdict(Card card) {
        String mark = mark(card.tone());
        List<String> parts = Line.of(card.verdict(), naming).parts(LONGEST);
        for (String part : parts.isEmpty() ? List.of("…") : parts) {
            add(mark + bold(part), mark + part);
            end();
            mark = "";
        }
    }

    private void facts(List<Fact> facts) {
        boolean list = facts.stream().allMatch(fact -> fact.label().isBlank());
        String above = "";
        for (Fact fact : facts) {
            // The same label again says nothing new, and hides where the next one begins.
            String label = fact.label().equals(above) ? "" : label(fact.label());
            above = fact.label();
            List<String> parts = Line.of(fact.text(), naming).parts(LONGEST - LABEL);
            String lead = label.isEmpty() ? (list ? "• " : INDENT) : bold(label) + " ";
            String said = label.isEmpty() ? "" : label + " ";
            for (String part : parts.isEmpty() && !label.isEmpty() ? List.of("…") : parts) {
                add(lead + part, said + part);
                lead = INDENT;
                said = "";
            }
        }
        end();
    }

    private String label(String label) {
        if (label.isBlank()) {
            return "";
        }
        // With its colon, which could end an emoji.
        List<String> parts =
                Line.of(List.of(new Span.Words(label + ":")), naming).parts(LABEL / 2);
        return parts.isEmpty() ? "" : parts.getFirst();
    }

    private void add(String line, String said) {
        if (!text.isEmpty() && text.length() + line.length() + 2 > LONGEST) {
            end();
        }
        text.append(text.isEmpty() ? "" : "\n").append(Mrkdwn.lineStart(line));
        words.add(said);
    }

    private void end() {
        if (!text.isEmpty()) {
            sections.add(new Piece(
                    SectionBlock.builder().text(markup(text.toString())).build(), text.length(), words));
        }
        text.setLength(0);
        words.clear();
    }

    /** Nothing in it is made a link or a mention by Slack itself. */
    static MarkdownTextObject markup(String text) {
        return MarkdownTextObject.builder().text(text).verbatim(true).build();
    }

    /** Code may hold a star of its own; who reads stars first would end there. */
    private static String bold(String part) {
        return part.contains("*") ? part : "*" + Mrkdwn.lineStart(part) + "*";
    }

    private static String mark(Tone tone) {
        return switch (tone) {
            case GOOD -> "✅ ";
            case NEWS -> "🔵 ";
            case WAITING -> "🟡 ";
            case TROUBLE -> "🟠 ";
            case ALARM -> "🔴 ";
            case WARNING -> "⚠️ ";
            case REFUSAL -> "⛔ ";
            case PLAIN -> "";
        };
    }
}
