package io.mailban.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that stands in the fake Slack: a message, an ephemeral, a modal or a Home tab, as it is at the moment of asking.
 *
 * @param channel where; the person for a Home tab or a modal
 * @param ts its time, which is its id in its channel; the view's id for a Home tab or a modal
 * @param thread the message that it is in the thread of
 * @param body as Slack would give it, with {@code text} and {@code blocks}
 */
public record Shown(String channel, String ts, Optional<String> thread, JsonObject body) {
    /** The text for notifications. */
    public String text() {
        return Json.text(body, "text");
    }

    /** The blocks, as JSON. */
    public List<JsonObject> blocks() {
        return Json.list(body, "blocks").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .toList();
    }

    /** All that a person can read in the blocks, a line for each text; without blocks, the text. */
    public String words() {
        List<String> words = new ArrayList<>();
        Json.find(body, "title").ifPresent(title -> read(title, words));
        if (blocks().isEmpty()) {
            words.add(text());
        }
        blocks().forEach(block -> read(block, words));
        return String.join("\n", words);
    }

    /** The labels of its buttons, in order. */
    public List<String> buttons() {
        return elements().stream()
                .filter(element -> Json.text(element, "type").equals("button"))
                .map(element -> Json.text(Json.in(element, "text"), "text"))
                .toList();
    }

    /** What can be pressed or filled in, in order; each with the {@code block_id} of its block. */
    List<JsonObject> elements() {
        List<JsonObject> elements = new ArrayList<>();
        for (JsonObject block : blocks()) {
            List<JsonElement> inside =
                    new ArrayList<>(Json.list(block, "elements").asList());
            Json.find(block, "accessory").ifPresent(inside::add);
            Json.find(block, "element").ifPresent(inside::add);
            for (JsonElement element : inside) {
                JsonObject copy = element.getAsJsonObject().deepCopy();
                copy.addProperty("block_id", Json.text(block, "block_id"));
                elements.add(copy);
            }
        }
        return elements;
    }

    private static void read(JsonElement element, List<String> words) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> read(each, words));
        } else if (element.isJsonObject()) {
            for (var entry : element.getAsJsonObject().entrySet()) {
                if (entry.getKey().equals("text") && entry.getValue().isJsonPrimitive()) {
                    words.add(entry.getValue().getAsString());
                } else {
                    read(entry.getValue(), words);
                }
            }
        }
    }
}
