package io.mailban.slack;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;

/** Short words for Gson's trees. */
final class Json {
    static final Gson GSON =
            new GsonBuilder().disableHtmlEscaping().serializeNulls().create();

    private Json() {}

    /** Keys and values in turn. */
    static JsonObject object(Object... keysAndValues) {
        var object = new JsonObject();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            Object value = keysAndValues[i + 1];
            object.add((String) keysAndValues[i], value instanceof JsonElement tree ? tree : GSON.toJsonTree(value));
        }
        return object;
    }

    static JsonArray array(Object... values) {
        var array = new JsonArray();
        for (Object value : values) {
            array.add(value instanceof JsonElement tree ? tree : GSON.toJsonTree(value));
        }
        return array;
    }

    /** A text, or empty where there is none; numbers and booleans as they are written. */
    static String text(JsonObject object, String key) {
        return find(object, key)
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .orElse("");
    }

    static boolean is(JsonObject object, String key) {
        return text(object, key).equals("true");
    }

    static Optional<JsonElement> find(JsonObject object, String key) {
        return Optional.ofNullable(object.get(key)).filter(value -> !value.isJsonNull());
    }

    static JsonObject in(JsonObject object, String key) {
        return find(object, key)
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject)
                .orElseGet(JsonObject::new);
    }

    static JsonArray list(JsonObject object, String key) {
        return find(object, key)
                .filter(JsonElement::isJsonArray)
                .map(JsonElement::getAsJsonArray)
                .orElseGet(JsonArray::new);
    }
}
