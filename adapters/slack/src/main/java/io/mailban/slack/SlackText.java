package io.mailban.slack;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What Slack makes of typed text, made plain again: links and mentions are {@code <…|label>}, {@code & < >} are entities, and
 * keyboards add curved quotes, unusual spaces and characters that nobody sees.
 */
final class SlackText {
    /** Never from a keyboard: a typed angle bracket arrives as an entity. */
    private static final Pattern MARKUP = Pattern.compile("<([^<>|]+)(?:\\|([^<>]*))?>");

    private static final Pattern MENTION = Pattern.compile("<@([UW][A-Z0-9]+)(?:\\|[^<>]*)?>");
    private static final Pattern SPACES = Pattern.compile("\\s+");

    /** Bold, struck, quoted; an underscore can be a part of a name. */
    private static final Pattern DECORATED =
            Pattern.compile("(?<=^|\\s)([*~\"'])([^\\s*~\"']+)\\1(?=$|\\s|[,;.?!])", Pattern.UNICODE_CHARACTER_CLASS);

    private static final Pattern OWN_NAME = Pattern.compile("^[:,]?\\s*(/mailban\\b)?\\s*", Pattern.CASE_INSENSITIVE);

    private SlackText() {}

    /** As it was typed, on one line. */
    static String plain(String text) {
        StringBuilder out = new StringBuilder(text.length());
        var markup = MARKUP.matcher(text);
        int end = 0;
        while (markup.find()) {
            out.append(text, end, markup.start()).append(meant(markup.toMatchResult()));
            end = markup.end();
        }
        String words = keyboard(entities(out.append(text, end, text.length()).toString()));
        return SPACES.matcher(words).replaceAll(" ").strip();
    }

    /** A command, with or without {@code /mailban} before it. */
    static String command(String text) {
        String words = OWN_NAME.matcher(plain(text)).replaceFirst("");
        return DECORATED.matcher(words).replaceAll("$2").strip();
    }

    /** A command out of a message that may mention the bot. */
    static String command(String text, Optional<String> botUser) {
        return command(withoutMention(text, botUser));
    }

    /** What follows the mention of the bot; what precedes it where nothing follows. */
    private static String withoutMention(String text, Optional<String> botUser) {
        List<MatchResult> mentions = MENTION.matcher(text).results().toList();
        // At the start it is the bot by whatever name, since nobody speaks to somebody else through it.
        Optional<MatchResult> mention = mentions.stream()
                .filter(found -> botUser.isEmpty() || botUser.get().equals(found.group(1)))
                .findFirst()
                .or(() -> mentions.stream()
                        .filter(first -> text.substring(0, first.start()).isBlank())
                        .findFirst());
        if (mention.isEmpty()) {
            return text;
        }
        String after = text.substring(mention.get().end());
        return plain(after).isBlank() ? text.substring(0, mention.get().start()) : after;
    }

    private static String meant(MatchResult markup) {
        String target = markup.group(1);
        String label = markup.group(2);
        boolean labelled = label != null && !label.isBlank();
        return switch (target.charAt(0)) {
            case '@' -> "@" + (labelled ? label : target.substring(1));
            case '#' -> "#" + (labelled ? label : target.substring(1));
            case '!' -> labelled ? label : "@" + target.substring(1);
            default ->
                labelled
                        ? label
                        : target.toLowerCase(Locale.ROOT).startsWith("mailto:")
                                ? target.substring("mailto:".length())
                                : target;
        };
    }

    /** Slack encodes these three, and once; the ampersand is last, so that a typed entity stays one. */
    private static String entities(String text) {
        return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    }

    private static String keyboard(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            switch (c) {
                case '“', '”', '„', '‟', '«', '»' -> out.append('"');
                case '‘', '’', '‚', '‛' -> out.append('\'');
                case '‐', '‑' -> out.append('-');
                case '`', 0xad -> {}
                default -> {
                    switch (Character.getType(c)) {
                        case Character.SPACE_SEPARATOR,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR,
                                Character.CONTROL -> out.append(' ');
                        case Character.FORMAT -> {}
                        default -> out.appendCodePoint(c);
                    }
                }
            }
        });
        return out.toString();
    }
}
