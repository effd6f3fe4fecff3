package io.mailban.terminal;

/** How a piece of text stands out; in ECMA-48's SGR parameters where there is colour, not at all where there is none. */
enum Face {
    WORDS(""),
    CODE("36"),
    LABEL("2"),
    STRONG("1"),
    STRONG_CODE("1;36"),
    KEY("1;7"),
    GREEN("32"),
    BLUE("34"),
    YELLOW("33"),
    /** Orange, of the 256 colours; terminals with fewer take their nearest. */
    ORANGE("38;5;208"),
    RED("31");

    private final String parameters;

    Face(String parameters) {
        this.parameters = parameters;
    }

    /** The text in this face, and nothing of the face left behind it. */
    String paint(String text, Look.Ink ink) {
        return ink == Look.Ink.NONE || parameters.isEmpty() || text.isEmpty()
                ? text
                : "\033[" + parameters + "m" + text + "\033[0m";
    }

    /** The same in bold. */
    Face strong() {
        return switch (this) {
            case WORDS -> STRONG;
            case CODE -> STRONG_CODE;
            case LABEL, STRONG, STRONG_CODE, KEY, GREEN, BLUE, YELLOW, ORANGE, RED -> this;
        };
    }
}
