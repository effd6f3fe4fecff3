package io.mailban.slack;

import io.mailban.chat.Naming;
import io.mailban.chat.Span;
import io.mailban.slack.Run.Face;
import java.util.ArrayList;
import java.util.List;

/** Spans of a card in Slack's markup, to be parted between words only. */
final class Line {
    private static final String OPENING = " ([{\"'“„‘«";
    private static final String CLOSING = " )]}\"'”’».,;:!?…";

    /** No mailbox has more: 64 before the sign, 255 after it. */
    private static final int LONGEST_NAME = 320;

    private final List<Run> runs = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();

    private Line() {}

    static Line of(List<Span> spans, Naming naming) {
        Line line = new Line();
        for (Span span : spans) {
            switch (span) {
                case Span.Words(var text) -> line.words.append(text);
                case Span.Someone(var person) -> line.words.append('@').append(person.name());
                case Span.Name(var mailbox) ->
                    line.words.append(shortened(
                            switch (naming) {
                                case FULL -> mailbox.name();
                                case MASKED -> mailbox.masked();
                            }));
                case Span.Code(var text) -> {
                    line.endWords();
                    line.add(Mrkdwn.code(text));
                }
                case Span.Moment moment -> {
                    line.endWords();
                    line.add(Moments.runs(moment));
                }
            }
        }
        line.endWords();
        return line;
    }

    /** What a guesser typed must not push everything else out of sight. */
    static String shortened(String name) {
        int length = name.codePointCount(0, name.length());
        return length <= LONGEST_NAME
                ? name
                : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME)) + "… (" + length + " characters)";
    }

    /** What stands side by side is read as one: {@code :smi} and {@code le:} together would act. */
    private void endWords() {
        add(Mrkdwn.words(words.toString()));
        words.setLength(0);
    }

    private void add(List<Run> more) {
        boolean first = true;
        for (Run run : more) {
            if (!run.text().isEmpty()) {
                if (!runs.isEmpty() && (first || runs.getLast().face() != run.face())) {
                    border(runs.getLast(), run);
                }
                runs.add(run);
                first = false;
            }
        }
    }

    /** Back-ticks inside a word would not be taken for code, and what they hold would act. */
    private void border(Run before, Run after) {
        if ((after.face() == Face.CODE
                        && OPENING.indexOf(before.text().charAt(before.text().length() - 1)) < 0)
                || (before.face() == Face.CODE && CLOSING.indexOf(after.text().charAt(0)) < 0)
                || (before.face() == Face.CODE && after.face() == Face.CODE)) {
            runs.add(Run.SPACE);
        }
    }

    /** Parts of at most that many characters, each whole in itself; none where there is nothing to see. */
    List<String> parts(int longest) {
        List<String> parts = new ArrayList<>();
        Part part = new Part();
        for (Run run : runs) {
            if (!part.fits(run, longest)) {
                parts.add(part.end());
                part = new Part();
            }
            part.add(run);
        }
        if (!part.isEmpty()) {
            parts.add(part.end());
        }
        return parts;
    }

    /** Runs put together, without spaces at its ends, every back-tick closed. */
    private static final class Part {
        /** At most three back-ticks more: the last code's end, the next one's begin and end. */
        private static final int TICKS = 3;

        private final StringBuilder text = new StringBuilder();
        private final StringBuilder gap = new StringBuilder();
        private Face gapFace = Face.CODE;
        private Face face = Face.WORDS;

        boolean isEmpty() {
            return text.isEmpty();
        }

        boolean fits(Run run, int longest) {
            return isEmpty()
                    || text.length() + gap.length() + run.text().length() + TICKS + Mrkdwn.NOTHING.length() <= longest;
        }

        void add(Run run) {
            if (run.isBlank()) {
                gap.append(run.text());
                gapFace = run.face() == Face.WORDS ? Face.WORDS : gapFace;
                return;
            }
            boolean goesOn = face == run.face() && (gap.isEmpty() || gapFace == face);
            if (!goesOn) {
                close();
            }
            text.append(isEmpty() ? "" : gap);
            gap.setLength(0);
            gapFace = Face.CODE;
            if (!goesOn && run.face() == Face.CODE) {
                text.append('`');
            }
            text.append(run.text());
            face = run.face();
        }

        private void close() {
            text.append(face == Face.CODE ? "`" : "");
            face = Face.WORDS;
        }

        String end() {
            close();
            return text.toString();
        }
    }
}
