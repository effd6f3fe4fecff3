package io.mailban.terminal;

import java.util.List;

/** A box around lines that are at most four columns narrower than the look. */
record Box(Look look, Face colour) {

    void draw(List<Line> lines, StringBuilder out) {
        String rule = "─".repeat(look.width() - 2);
        out.append(colour.paint("╭" + rule + "╮", look.ink())).append('\n');
        for (Line line : lines) {
            out.append(colour.paint("│", look.ink()))
                    .append(' ')
                    .append(line.paint(look.ink()))
                    .append(" ".repeat(Math.max(0, look.width() - 4 - line.cells())))
                    .append(' ')
                    .append(toLastColumn(line))
                    .append(colour.paint("│", look.ink()))
                    .append('\n');
        }
        out.append(colour.paint("╰" + rule + "╯", look.ink())).append('\n');
    }

    /**
     * Terminals disagree on the width of some emoji; the box's edge is put where it belongs whatever they think (CHA,
     * ECMA-48 8.3.9).
     */
    private String toLastColumn(Line line) {
        return look.ink() == Look.Ink.COLOUR && line.isDoubtful() ? "\033[" + look.width() + "G" : "";
    }
}
