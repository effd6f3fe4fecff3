package io.mailban.slack;

import com.slack.api.model.block.composition.PlainTextObject;
import io.mailban.chat.Visible;

/**
 * Strangers' text where Slack reads no markup: buttons, titles, questions. Entities would be shown as they are there, so angle
 * brackets, which could act wherever the text is copied to, are shown by their twins.
 */
final class Plain {
    private Plain() {}

    /** At most that many characters, never cut inside of one; at least one, since Slack refuses an empty text. */
    static String text(String text, int longest) {
        String safe = Mrkdwn.uncalled(Visible.of(text))
                .replace('<', '‹')
                .replace('>', '›')
                .strip();
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
