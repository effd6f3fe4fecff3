package io.mailban.slack;

import io.mailban.chat.Visible;
import io.mailban.slack.Run.Face;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strangers' text in Slack's markup, "mrkdwn", with nothing in it that acts. Slack knows entities for {@code &}, {@code <}
 * and {@code >} and no other escape, so a mark that could format, full-width ones too, is shown by a twin of the same look
 * ({@code ∗} for {@code *}), and a word in which two colons could be taken for an emoji is put in code: Slack shows {@code
 * 2001:db8:abcd::1} with a picture in its middle, and an address must be there to copy.
 */
final class Mrkdwn {
    /** A soft hyphen: shows as nothing, and keeps apart what would act together. */
    static final String NOTHING = "\u00ad";

    /** A longer word is parted where it must be. */
    private static final int WORD = 60;

    /** Shorter than {@link Visible#LONGEST}, which would cut it. */
    private static final int SLICE = 2000;

    private static final Pattern WORD_ENDS = Pattern.compile("(?<= )|(?= )");
    private static final Pattern EMOJI = Pattern.compile(":[^\\s:]+:");
    private static final Pattern CORE = Pattern.compile("([(\\[{\"“„‘'«]*)(.*?)([)\\]}\"”’'»,.;!?…]*)", Pattern.DOTALL);

    /** Also where the word goes on: it may be cut there. */
    private static final Pattern CALL =
            Pattern.compile("(?<![\\p{L}\\p{N}._+-])@(?=here|channel|everyone|group)", Pattern.CASE_INSENSITIVE);

    private static final Pattern LINE_SIGN = Pattern.compile("&gt;|＞|(?:[-+]|\\d{1,5}[.)]|[A-Za-z][.)])(?=\\s|$)");

    private Mrkdwn() {}

    /** All of it in one line without anything that moves, hides or reorders. */
    static String visible(String text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int from = 0; from < text.length(); ) {
            int to = end(text, from, SLICE);
            out.append(Visible.of(text.substring(from, to)));
            from = to;
        }
        return out.toString();
    }

    /** Plain words. */
    static List<Run> words(String text) {
        List<Run> runs = new ArrayList<>();
        for (String word : WORD_ENDS.split(visible(text), -1)) {
            Matcher parts = CORE.matcher(word);
            if (EMOJI.matcher(word).find() && parts.matches()) {
                runs.addAll(pieces(parts.group(1), Face.WORDS));
                runs.addAll(pieces(parts.group(2), Face.CODE));
                runs.addAll(pieces(parts.group(3), Face.WORDS));
            } else {
                runs.addAll(pieces(word, Face.WORDS));
            }
        }
        return runs;
    }

    /** What is to be read, and copied, letter by letter; only a back-tick is shown by its twin. */
    static List<Run> code(String text) {
        List<Run> runs = new ArrayList<>();
        for (String word : WORD_ENDS.split(visible(text).strip(), -1)) {
            runs.addAll(pieces(word, Face.CODE));
        }
        return runs;
    }

    /** Keeps what begins a line from making a quotation or a list of it. */
    static String lineStart(String escaped) {
        return LINE_SIGN.matcher(escaped.stripLeading()).lookingAt() ? NOTHING + escaped : escaped;
    }

    /** Each piece is escaped as if it stood alone: it may come to begin or end a section. */
    private static List<Run> pieces(String word, Face face) {
        List<Run> runs = new ArrayList<>();
        String safe = uncalled(word);
        for (int from = 0; from < safe.length(); ) {
            int to = end(safe, from, WORD);
            String piece = uncalled(safe.substring(from, to));
            runs.add(new Run(
                    switch (face) {
                        case WORDS -> escape(piece);
                        case CODE -> entities(piece);
                    },
                    face));
            from = to;
        }
        return runs;
    }

    /** Keeps {@code @channel} from calling a channel, should it be sent where Slack looks for names. */
    static String uncalled(String word) {
        return CALL.matcher(word).replaceAll("@" + NOTHING);
    }

    private static String escape(String piece) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < piece.length(); i++) {
            char c = piece.charAt(i);
            switch (c) {
                case '*' -> out.append('∗');
                case '＊' -> out.append('﹡');
                case '＿' -> out.append('⸏');
                case '~', '～' -> out.append('∼');
                // Inside a word it is a letter like any other: john_doe stays one that can be copied.
                case '_' -> out.append(isLetter(piece, i - 1) && isLetter(piece, i + 1) ? '_' : 'ˍ');
                default -> out.append(c);
            }
        }
        return entities(out.toString());
    }

    private static String entities(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace('`', 'ˋ')
                .replace('｀', 'ˋ');
    }

    private static boolean isLetter(String word, int i) {
        return i >= 0 && i < word.length() && word.charAt(i) < 0x80 && Character.isLetterOrDigit(word.charAt(i));
    }

    /** At most so many characters on, never between the two halves of one. */
    private static int end(String text, int from, int most) {
        int to = Math.min(from + most, text.length());
        return to < text.length() && Character.isHighSurrogate(text.charAt(to - 1)) && to - 1 > from ? to - 1 : to;
    }
}
