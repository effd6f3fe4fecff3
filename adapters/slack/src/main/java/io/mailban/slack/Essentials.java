package io.mailban.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * What is read of a payload, without the rest. Bolt reads whole messages into types, those of other bots too, and trips over
 * whatever is not as it was when it was written, as over a null where it expects words; no click may be lost by that.
 */
final class Essentials {
    /** Where {@link #of} keeps the message that somebody pointed at, as it came. */
    static final String POINTED_AT = "pointed_at";

    private static final Set<String> OF_MESSAGE = Set.of("type", "ts", "thread_ts");

    private Essentials() {}

    /** A copy. */
    static JsonObject of(JsonObject payload) {
        JsonObject copy = withoutNulls(payload).getAsJsonObject();
        if (copy.get("message") instanceof JsonObject message) {
            copy.add("message", words(message, OF_MESSAGE));
            if ("message_action".equals(Envelopes.text(copy, "type"))) {
                copy.add(POINTED_AT, message);
            }
        }
        if (copy.get("event") instanceof JsonObject event) {
            JsonObject words = words(event, event.keySet());
            if (event.get("edited") instanceof JsonObject edited) {
                words.add("edited", edited);
            }
            copy.add("event", words);
        }
        return copy;
    }

    private static JsonObject words(JsonObject object, Set<String> keys) {
        JsonObject words = new JsonObject();
        keys.stream()
                .filter(key -> object.has(key) && object.get(key).isJsonPrimitive())
                .forEach(key -> words.add(key, object.get(key)));
        return words;
    }

    private static JsonElement withoutNulls(JsonElement element) {
        if (element instanceof JsonObject object) {
            JsonObject copy = new JsonObject();
            for (Map.Entry<String, JsonElement> each : object.entrySet()) {
                if (!each.getValue().isJsonNull()) {
                    copy.add(each.getKey(), withoutNulls(each.getValue()));
                }
            }
            return copy;
        }
        if (element instanceof JsonArray array) {
            JsonArray copy = new JsonArray();
            array.forEach(each -> {
                if (!each.isJsonNull()) {
                    copy.add(withoutNulls(each));
                }
            });
            return copy;
        }
        return element;
    }
}
