package io.mailban.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whatever can be read in a message that somebody pointed at: its text first, then its blocks, then its attachments, however
 * deep. Mail alerts of other bots often have their words in an attachment alone.
 */
final class MessageText {
    private static final Set<String> READABLE =
            Set.of("text", "fallback", "pretext", "title", "value", "footer", "author_name", "alt_text", "url");

    private static final List<String> PARTS = List.of("text", "blocks", "attachments", "files");

    /** More than anybody reads, and than Slack lets anybody write. */
    private static final int LONGEST = 100_000;

    private static final int DEEPEST = 30;

    private MessageText() {}

    static String of(JsonObject message) {
        List<String> found = new ArrayList<>();
        for (String part : PARTS) {
            JsonElement value = message.get(part);
            if (value != null) {
                gather(part, value, 0, found);
            }
        }
        String text = String.join("\n", found);
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }

    private static void gather(String key, JsonElement element, int depth, List<String> found) {
        if (depth > DEEPEST) {
            return;
        }
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> gather(key, each, depth + 1, found));
        } else if (element.isJsonObject()) {
            for (Map.Entry<String, JsonElement> each : element.getAsJsonObject().entrySet()) {
                gather(each.getKey(), each.getValue(), depth + 1, found);
            }
        } else if (element.isJsonPrimitive() && READABLE.contains(key)) {
            String words = SlackText.plain(element.getAsString());
            if (!words.isEmpty()) {
                found.add(words);
            }
        }
    }
}
