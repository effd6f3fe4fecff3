package io.mailban.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Text in one or more faces, harmless already, that can be measured and broken. Immutable. */
record Line(List<Piece> pieces) {
    static final Line EMPTY = new Line(List.of());

    /** Some text in one face. */
    record Piece(String text, Face face) {}

    Line {
        pieces = List.copyOf(pieces);
    }

    static Line of(String text, Face face) {
        return new Line(List.of(new Piece(text, face)));
    }

    Line then(Line other) {
        List<Piece> all = new ArrayList<>(pieces);
        all.addAll(other.pieces);
        return new Line(all);
    }

    Line then(String text, Face face) {
        return then(of(text, face));
    }

    /** Columns that it takes. */
    int cells() {
        return pieces.stream()
                .flatMapToInt(piece -> piece.text().codePoints())
                .map(Line::cells)
                .sum();
    }

    /** Columns that a character takes: JLine's table, and the emoji that it holds for narrow. */
    static int cells(int c) {
        // Asks for the emoji before it in colour, two columns wide; strangers' ones never get here.
        if (c == 0xfe0f) {
            return 1;
        }
        return Character.isEmojiPresentation(c) ? 2 : Math.max(0, WCWidth.wcwidth(c));
    }

    /** Whether terminals may disagree on how wide it is. */
    boolean isDoubtful() {
        return pieces.stream()
                .flatMapToInt(piece -> piece.text().codePoints())
                .anyMatch(c -> c > 0x7f && (cells(c) != 1 || Character.isEmoji(c)));
    }

    String paint(Look.Ink ink) {
        StringBuilder out = new StringBuilder();
        pieces.forEach(piece -> out.append(piece.face().paint(piece.text(), ink)));
        return out.toString();
    }

    /** Breaks it into lines of at most so many columns, at spaces where there are any. */
    List<Line> wrap(int width) {
        List<Line> lines = new ArrayList<>();
        List<Glyph> glyphs = glyphs();
        int start = 0;
        while (start < glyphs.size()) {
            int end = start;
            int used = 0;
            int space = -1;
            while (end < glyphs.size() && used + glyphs.get(end).cells() <= width) {
                if (glyphs.get(end).isSpace()) {
                    space = end;
                }
                used += glyphs.get(end++).cells();
            }
            if (end < glyphs.size() && !glyphs.get(end).isSpace() && space > start) {
                end = space;
            }
            // A character wider than the line still has to go somewhere.
            end = Math.max(end, start + 1);
            lines.add(ofGlyphs(glyphs.subList(start, trimmed(glyphs, start, end))));
            start = end;
            while (start < glyphs.size() && glyphs.get(start).isSpace()) {
                start++;
            }
        }
        return lines.isEmpty() ? List.of(EMPTY) : lines;
    }

    private record Glyph(int c, Face face) {
        int cells() {
            return Line.cells(c);
        }

        boolean isSpace() {
            return c == ' ';
        }
    }

    private List<Glyph> glyphs() {
        List<Glyph> glyphs = new ArrayList<>();
        pieces.forEach(piece -> piece.text().codePoints().forEach(c -> glyphs.add(new Glyph(c, piece.face()))));
        return glyphs;
    }

    private static int trimmed(List<Glyph> glyphs, int start, int end) {
        int last = end;
        while (last > start && glyphs.get(last - 1).isSpace()) {
            last--;
        }
        return last;
    }

    private static Line ofGlyphs(List<Glyph> glyphs) {
        List<Piece> pieces = new ArrayList<>();
        for (int i = 0; i < glyphs.size(); ) {
            Face face = glyphs.get(i).face();
            StringBuilder text = new StringBuilder();
            while (i < glyphs.size() && glyphs.get(i).face() == face) {
                text.appendCodePoint(glyphs.get(i++).c());
            }
            pieces.add(new Piece(text.toString(), face));
        }
        return new Line(pieces);
    }
}
