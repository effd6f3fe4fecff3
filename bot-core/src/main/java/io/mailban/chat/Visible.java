package io.mailban.chat;

/**
 * Makes text from strangers harmless to look at, on every platform. Whatever could move the cursor, switch a mode, hide, reorder or pile
 * up characters comes out as an escape that can be read: {@code \x1b}, {@code \x{202e}}.
 */
public final class Visible {
    /** A stranger's text is shown up to this many characters. */
    public static final int LONGEST = 4000;

    /** More marks than any language stacks on one letter. */
    private static final int MARKS_ON_A_LETTER = 3;

    private Visible() {}

    /** One line of it, without anything that acts. */
    public static String of(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int shown = 0;
        int marks = MARKS_ON_A_LETTER;
        for (int i = 0; i < text.length(); ) {
            if (shown++ == LONGEST) {
                return out.append(" … and ")
                        .append(text.length() - i)
                        .append(" characters more")
                        .toString();
            }
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            Sort sort = sort(c);
            marks = sort == Sort.MARK ? marks + 1 : 0;
            switch (sort) {
                case PLAIN -> out.appendCodePoint(c);
                case SPACE -> out.append(' ');
                case SELECTOR -> {}
                case MARK -> {
                    // A mark with nothing to stand on would change what is printed before it.
                    if (marks <= MARKS_ON_A_LETTER && !out.isEmpty()) {
                        out.appendCodePoint(c);
                    } else {
                        escape(c, out);
                    }
                }
                case DANGEROUS -> escape(c, out);
            }
        }
        return out.toString();
    }

    private enum Sort {
        PLAIN,
        SPACE,
        MARK,
        /** Asks for an emoji's coloured or plain form; its width is then anybody's guess. */
        SELECTOR,
        DANGEROUS
    }

    private static Sort sort(int c) {
        if (c == 0xfe0e || c == 0xfe0f) {
            return Sort.SELECTOR;
        }
        if (isInvisible(c) || Character.isEmojiModifier(c)) {
            return Sort.DANGEROUS;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> Sort.DANGEROUS;
            case Character.SPACE_SEPARATOR -> Sort.SPACE;
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> Sort.MARK;
            default -> Sort.PLAIN;
        };
    }

    /** Letters, marks and symbols that print as nothing: fillers, joiners, selectors, the blank Braille cell. */
    private static boolean isInvisible(int c) {
        return c == 0x034f
                || (c >= 0x115f && c <= 0x11ff)
                || c == 0x17b4
                || c == 0x17b5
                || (c >= 0x180b && c <= 0x180f)
                || c == 0x2800
                || c == 0x3164
                || (c >= 0xfe00 && c <= 0xfe0d)
                || c == 0xffa0
                || (c >= 0xe0000 && c <= 0xe0fff);
    }

    private static void escape(int c, StringBuilder out) {
        switch (c) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> out.append(String.format(c < 0x100 ? "\\x%02x" : "\\x{%04x}", c));
        }
    }
}
