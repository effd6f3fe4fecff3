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

/** Cards as an SVG image: the very text that the terminal showed, in a terminal's colours. */
final class Picture {
    private static final int LINE = 20;
    private static final int MARGIN = 16;
    private static final double COLUMN = 8.4;

    private Picture() {}

    /** Draws the cards below each other. */
    static void draw(List<Card> cards, Look look, Instant now, Path file) throws IOException {
        StringBuilder text = new StringBuilder();
        int number = 1;
        for (Card card : cards) {
            List<Integer> numbers = IntStream.range(
                            number, number + card.buttons().size())
                    .boxed()
                    .toList();
            number += card.buttons().size();
            text.append(CardText.of(card, look, now, numbers)).append('\n');
        }
        Files.writeString(file, svg(text.toString().stripTrailing().lines().toList(), look.width()));
    }

    private static String svg(List<String> lines, int columns) {
        int width = (int) Math.ceil(columns * COLUMN) + 2 * MARGIN;
        int height = lines.size() * LINE + 2 * MARGIN;
        StringBuilder svg = new StringBuilder()
                .append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\">%n"
                        .formatted(width, height, width, height))
                .append("<rect width=\"100%\" height=\"100%\" rx=\"8\" fill=\"#1b1f24\"/>\n")
                .append("<g font-family=\"DejaVu Sans Mono, Menlo, Consolas, monospace\" font-size=\"14\""
                        + " fill=\"#e6e6e6\" xml:space=\"preserve\">\n");
        for (int i = 0; i < lines.size(); i++) {
            svg.append("<text x=\"%d\" y=\"%d\">%s</text>%n"
                    .formatted(MARGIN, MARGIN + (i + 1) * LINE - 5, escaped(lines.get(i))));
        }
        return svg.append("</g>\n</svg>\n").toString();
    }

    /** Spaces are kept by being no-break ones, whatever the viewer thinks of xml:space. */
    private static String escaped(String line) {
        return line.replace("&", "&amp;").replace("<", "&lt;").replace(' ', '\u00a0');
    }
}
