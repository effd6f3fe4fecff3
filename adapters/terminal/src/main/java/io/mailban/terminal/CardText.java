package io.mailban.terminal;

import io.mailban.chat.Card;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.Visible;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A card as lines of text, each ended by {@code \n}: a mark for its tone, the verdict, facts behind their labels, buttons
 * behind their numbers. Whatever is in the card, nothing but the text itself, and colour where the look has it, reaches
 * the terminal.
 */
public final class CardText {
    private static final int INDENT = 3;
    private static final String BETWEEN_BUTTONS = "  ";

    private final Card card;
    private final Look look;
    private final Wording wording;

    private CardText(Card card, Look look, Instant now) {
        this.card = card;
        this.look = look;
        this.wording = new Wording(look.zone(), now);
    }

    /** Without its buttons: for a reader who can't press any. */
    public static String of(Card card, Look look, Instant now) {
        return of(card, look, now, List.of());
    }

    /**
     * With its buttons.
     *
     * @param now what "12 s ago" is told from, and which day is today
     * @param numbers what to type for each button, in the card's order; buttons beyond them are left out
     */
    public static String of(Card card, Look look, Instant now, List<Integer> numbers) {
        return new CardText(card, look, now).text(numbers);
    }

    /**
     * What is new since the card was last shown, in few lines: the verdict, facts that were not there, buttons.
     *
     * @param numbers what to type for each button, as for {@link #of}
     */
    public static String change(Card before, Card after, Look look, Instant now, List<Integer> numbers) {
        List<Fact> fresh = after.facts().stream()
                .filter(fact -> !before.facts().contains(fact))
                .toList();
        Card change = new Card(after.tone(), after.verdict(), fresh, after.buttons());
        return of(change, new Look(look.width(), look.zone(), look.ink(), Look.Frame.NONE), now, numbers);
    }

    private String text(List<Integer> numbers) {
        boolean framed = look.frame() == Look.Frame.BOX && !(card.facts().isEmpty() && numbers.isEmpty());
        int width = framed ? look.width() - 4 : look.width();
        List<Line> lines = new ArrayList<>(verdict(width));
        lines.addAll(facts(width));
        lines.addAll(buttons(numbers, width));
        StringBuilder out = new StringBuilder();
        if (framed) {
            new Box(look, colour(card.tone())).draw(lines, out);
        } else {
            lines.forEach(line -> out.append(line.paint(look.ink())).append('\n'));
        }
        return out.toString();
    }

    private List<Line> verdict(int width) {
        String mark = mark(card.tone());
        int indent = mark.isEmpty() ? 0 : INDENT;
        Line first = mark.isEmpty() ? Line.EMPTY : Line.of(mark + " ", Face.WORDS);
        return hanging(first, wording.strongLine(card.verdict()), indent, width);
    }

    private List<Line> facts(int width) {
        int labels = card.facts().stream()
                .mapToInt(fact -> label(fact).cells())
                .max()
                .orElse(0);
        // With no label at all the facts are a list; with very long ones on a narrow window the text still needs room.
        int column = INDENT + (labels == 0 ? 0 : Math.min(labels + 2, Math.max(width / 3, 8)));
        List<Line> lines = new ArrayList<>();
        String above = "";
        for (Fact fact : card.facts()) {
            // The same label again says nothing new, and hides where the next one begins.
            boolean again = fact.label().equals(above);
            above = fact.label();
            Line label = Line.of(" ".repeat(INDENT), Face.WORDS).then(again ? Line.EMPTY : label(fact));
            if (label.cells() >= column && !again) {
                lines.addAll(hanging(Line.of(" ".repeat(INDENT), Face.WORDS), label(fact), INDENT, width));
                label = Line.EMPTY;
            }
            Line padded = label.then(" ".repeat(column - label.cells()), Face.WORDS);
            // In a list nothing but the indent tells where the next item begins.
            lines.addAll(hanging(padded, wording.line(fact.text()), labels == 0 ? column + 2 : column, width));
        }
        return lines;
    }

    private static Line label(Fact fact) {
        return Line.of(Visible.of(fact.label()), Face.LABEL);
    }

    private List<Line> buttons(List<Integer> numbers, int width) {
        List<Line> lines = new ArrayList<>();
        Line row = Line.EMPTY;
        for (int i = 0; i < Math.min(numbers.size(), card.buttons().size()); i++) {
            Line button = Line.of("[" + numbers.get(i) + "]", Face.KEY)
                    .then(" " + Visible.of(card.buttons().get(i).label()), Face.STRONG);
            if (row.cells() > 0 && row.cells() + BETWEEN_BUTTONS.length() + button.cells() > width) {
                lines.add(row);
                row = Line.EMPTY;
            }
            String gap = row.cells() == 0 ? " ".repeat(INDENT) : BETWEEN_BUTTONS;
            row = row.then(gap, Face.WORDS).then(button);
        }
        if (row.cells() > 0) {
            lines.add(row);
        }
        return lines.stream().flatMap(line -> line.wrap(width).stream()).toList();
    }

    /** The text behind what begins its first line, its other lines indented as far. */
    private static List<Line> hanging(Line first, Line text, int indent, int width) {
        List<Line> wrapped = text.wrap(width - indent);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < wrapped.size(); i++) {
            Line begin = i == 0 ? first : Line.of(" ".repeat(indent), Face.WORDS);
            lines.add(begin.then(wrapped.get(i)));
        }
        return lines;
    }

    private static String mark(Tone tone) {
        return switch (tone) {
            case GOOD -> "✅";
            case NEWS -> "🔵";
            case WAITING -> "🟡";
            case TROUBLE -> "🟠";
            case ALARM -> "🔴";
            case WARNING -> "⚠️";
            case REFUSAL -> "⛔";
            case PLAIN -> "";
        };
    }

    private static Face colour(Tone tone) {
        return switch (tone) {
            case GOOD -> Face.GREEN;
            case NEWS -> Face.BLUE;
            case WAITING, WARNING -> Face.YELLOW;
            case TROUBLE -> Face.ORANGE;
            case ALARM, REFUSAL -> Face.RED;
            case PLAIN -> Face.LABEL;
        };
    }
}
