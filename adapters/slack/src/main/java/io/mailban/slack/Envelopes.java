package io.mailban.slack;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.slack.api.bolt.App;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.socket_mode.request.SocketModeRequest;
import com.slack.api.bolt.socket_mode.request.SocketModeRequestParser;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/** Hands Socket Mode's envelopes to Bolt, and makes the acknowledgement of each. Thread-safe. */
final class Envelopes {
    private static final System.Logger LOG = System.getLogger(Envelopes.class.getName());

    /** The kinds of payload for Bolt: what it does not know it writes to the log, with all that it opens. */
    static final Set<String> KNOWN =
            Set.of("event_callback", "block_actions", "view_submission", "view_closed", "message_action", "shortcut");

    private final App app;
    private final SocketModeRequestParser parser;
    private final Gson gson = new Gson();

    Envelopes(App app) {
        this.app = app;
        this.parser = new SocketModeRequestParser(app.config());
    }

    /** What {@code type} says; empty for what is no JSON object. */
    static Optional<JsonObject> read(String message) {
        try {
            JsonElement json = JsonParser.parseString(message);
            return json.isJsonObject() ? Optional.of(json.getAsJsonObject()) : Optional.empty();
        } catch (JsonParseException _) {
            return Optional.empty();
        }
    }

    static String text(JsonObject json, String key) {
        JsonElement value = json.get(key);
        return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
    }

    /** The acknowledgement to send; empty for what wants none. Whatever cannot be read is acknowledged: again is no better. */
    Optional<String> acknowledge(JsonObject envelope) {
        String id = text(envelope, "envelope_id");
        if (id.isEmpty()) {
            return Optional.empty();
        }
        JsonObject answer = new JsonObject();
        answer.addProperty("envelope_id", id);
        try {
            run(envelope).ifPresent(payload -> answer.add("payload", payload));
        } catch (RejectedExecutionException _) {
            // The bot is ending, and the next one shall hear it.
            return Optional.empty();
        }
        return Optional.of(gson.toJson(answer));
    }

    private Optional<JsonElement> run(JsonObject envelope) {
        JsonObject payload = envelope.get("payload") instanceof JsonObject object ? object : new JsonObject();
        if (!payload.has("command") && !KNOWN.contains(text(payload, "type"))) {
            return Optional.empty();
        }
        try {
            JsonObject copy = envelope.deepCopy();
            copy.add("payload", Essentials.of(payload));
            SocketModeRequest request = parser.parse(gson.toJson(copy));
            if (request == null || request.getBoltRequest() == null) {
                return Optional.empty();
            }
            Response response = app.run(request.getBoltRequest());
            String body = response.getBody();
            return body == null || body.isBlank() ? Optional.empty() : Optional.of(JsonParser.parseString(body));
        } catch (RejectedExecutionException e) {
            throw e;
        } catch (Exception e) {
            passOver(e);
            return Optional.empty();
        }
    }

    /** Says so without the fault's message, which can hold a part of what came. */
    static void passOver(Exception fault) {
        LOG.log(
                System.Logger.Level.WARNING,
                "Slack sent something that could not be read ("
                        + fault.getClass().getSimpleName() + "); it was passed over");
    }
}
