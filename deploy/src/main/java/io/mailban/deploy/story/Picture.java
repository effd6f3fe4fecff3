package io.mailban.deploy.story;

import io.mailban.chat.Card;
import io.mailban.terminal.CardText;
import io.mailban.terminal.Look;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Cards as an SVG image: the very text that the terminal showed, each in a frame of its own. Not thread-safe. */
final class Picture {
    private static final int LINE = 20;
    private static final int MARGIN = 14;
    private static final double COLUMN = 8.43;

    private final int width;
    private final StringBuilder frames = new StringBuilder();
    private int height = MARGIN;

    private Picture(int columns) {
        this.width = (int) Math.ceil(columns * COLUMN) + 4 * MARGIN;
    }

    /** Draws the cards below each other. */
    static void draw(List<Card> cards, Look look, Instant now, Path file) throws IOException {
        Look plain = new Look(look.width(), look.zone(), Look.Ink.NONE, Look.Frame.NONE);
        Picture picture = new Picture(look.width());
        int number = 1;
        for (Card card : cards) {
            List<Integer> numbers = IntStream.range(
                            number, number + card.buttons().size())
                    .boxed()
                    .toList();
            number += card.buttons().size();
            picture.add(CardText.of(card, plain, now, numbers).lines().toList());
        }
        Files.writeString(file, picture.svg());
    }

    private void add(List<String> lines) {
        frames.append(
                "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" rx=\"6\" fill=\"#24292f\" stroke=\"#57606a\"/>%n"
                        .formatted(MARGIN, height, width - 2 * MARGIN, lines.size() * LINE + MARGIN));
        height += MARGIN / 2;
        for (String line : lines) {
            height += LINE;
            frames.append("<text x=\"%d\" y=\"%d\">%s</text>%n".formatted(2 * MARGIN, height - 5, escaped(line)));
        }
        height += MARGIN / 2 + MARGIN;
    }

    private String svg() {
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" width="%1$d" height="%2$d">
                <rect width="100%%" height="100%%" rx="8" fill="#1b1f24"/>
                <g font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3" xml:space="preserve">
                %3$s</g>
                </svg>
                """.formatted(width, height, frames);
    }

    /** No-break spaces: others are folded by some viewers. */
    private static String escaped(String line) {
        return line.replace("&", "&amp;").replace("<", "&lt;").replace(' ', '\u00a0');
    }
}
