package io.mailban.terminal;

import java.time.ZoneId;

/**
 * How text is to look for one reader. Immutable.
 *
 * @param width columns, at least {@link #NARROWEST}
 * @param zone the reader's own, in which times are told
 */
public record Look(int width, ZoneId zone, Ink ink, Frame frame) {
    /** What a card needs; a narrower window wraps by itself. */
    public static final int NARROWEST = 40;

    /** Wider lines than this are hard to read, whatever the window has. */
    public static final int WIDEST = 100;

    /** Brings the width into its bounds. */
    public Look {
        width = Math.clamp(width, NARROWEST, WIDEST);
    }

    /** The same on a window of another width. */
    public Look ofWidth(int columns) {
        return new Look(columns, zone, ink, frame);
    }

    /** Whether colours and weights are used. */
    public enum Ink {
        /** ECMA-48 sequences. */
        COLOUR,
        /** Text alone: {@code NO_COLOR}, a file, a pipe, a dumb terminal. */
        NONE
    }

    /** What is drawn around a card that has more than one sentence. */
    public enum Frame {
        /** A box. */
        BOX,
        /** Nothing, so that what is printed can be searched and copied. */
        NONE
    }
}
