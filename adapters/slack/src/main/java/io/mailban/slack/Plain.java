package io.mailban.slack;

import com.slack.api.model.block.composition.PlainTextObject;
import io.mailban.chat.Visible;
import java.util.regex.Pattern;

/** Strangers' text where Slack reads no markup: buttons, titles, questions. */
final class Plain {
    /** Nothing there reads a mention, but what is copied from there might. */
    private static final Pattern OPENED = Pattern.compile("<(?=[!@#])");

    private Plain() {}

    /** At most that many characters, never cut inside of one; at least one, since Slack refuses an empty text. */
    static String text(String text, int longest) {
        String safe = OPENED.matcher(Visible.of(text)).replaceAll("‹").strip();
        if (safe.isEmpty()) {
            return "…";
        }
        if (safe.length() <= longest) {
            return safe;
        }
        int end = Character.isHighSurrogate(safe.charAt(longest - 2)) ? longest - 2 : longest - 1;
        return safe.substring(0, end) + "…";
    }

    /** The same, {@code :smile:} left as it is. */
    static PlainTextObject object(String text, int longest) {
        return PlainTextObject.builder().text(text(text, longest)).emoji(false).build();
    }
}
