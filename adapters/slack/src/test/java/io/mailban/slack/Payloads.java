package io.mailban.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** What Slack sends, with every field that it sends. */
final class Payloads {
    private final Workspace workspace;
    private final Wall wall;
    private final Tickets tickets;
    private final Function<String, URI> host;
    private final AtomicInteger events = new AtomicInteger();

    Payloads(Workspace workspace, Wall wall, Tickets tickets, Function<String, URI> host) {
        this.workspace = workspace;
        this.wall = wall;
        this.tickets = tickets;
        this.host = host;
    }

    Delivery slash(String user, String channel, String text) {
        return new Delivery(
                "slash_commands",
                Json.object(
                        "token",
                        "gone",
                        "team_id",
                        team(user),
                        "team_domain",
                        Workspace.DOMAIN,
                        "channel_id",
                        channel,
                        "channel_name",
                        channelName(channel),
                        "user_id",
                        user,
                        "user_name",
                        name(user),
                        "command",
                        "/mailban",
                        "text",
                        text,
                        "api_app_id",
                        Workspace.APP,
                        "is_enterprise_install",
                        "false",
                        "response_url",
                        answer(user, channel, Optional.empty()),
                        "trigger_id",
                        tickets.trigger(user)));
    }

    Delivery mention(String user, String channel, Optional<String> thread, String text) {
        JsonObject event = said("app_mention", user, channel, thread, "<@" + Workspace.BOT_USER + "> " + text);
        return event(user, event);
    }

    Delivery directMessage(String user, Optional<String> thread, String text) {
        JsonObject event = said("message", user, Workspace.directMessage(user), thread, text);
        event.addProperty("channel_type", "im");
        return event(user, event);
    }

    Delivery openHome(String user) {
        JsonObject event = Json.object(
                "type",
                "app_home_opened",
                "user",
                user,
                "channel",
                Workspace.directMessage(user),
                "tab",
                "home",
                "event_ts",
                wall.ts());
        wall.findHome(user).ifPresent(home -> event.add("view", home.body()));
        return event(user, event);
    }

    /** A press of a button in a message, an ephemeral or a Home tab. */
    Delivery press(String user, Shown on, JsonObject element, Surface surface) {
        JsonObject action = element.deepCopy();
        action.remove("confirm");
        action.addProperty("action_ts", wall.ts());
        JsonObject payload = interactive("block_actions", user);
        payload.add("actions", Json.array(action));
        if (surface == Surface.HOME || surface == Surface.MODAL) {
            payload.add("container", Json.object("type", "view", "view_id", on.ts()));
            payload.add("view", on.body());
        } else {
            JsonObject container = Json.object(
                    "type",
                    "message",
                    "message_ts",
                    on.ts(),
                    "channel_id",
                    on.channel(),
                    "is_ephemeral",
                    surface == Surface.EPHEMERAL);
            on.thread().ifPresent(ts -> container.addProperty("thread_ts", ts));
            payload.add("container", container);
            payload.add("channel", channel(on.channel()));
            if (surface == Surface.MESSAGE) {
                payload.add("message", on.body());
            }
            payload.add("state", Json.object("values", new JsonObject()));
            payload.addProperty("response_url", answer(user, on.channel(), Optional.of(on)));
        }
        return new Delivery("interactive", payload);
    }

    /** What a button can be on. */
    enum Surface {
        MESSAGE,
        EPHEMERAL,
        HOME,
        MODAL
    }

    Delivery submit(String user, Shown modal, Map<String, String> answers) {
        JsonObject view = modal.body().deepCopy();
        JsonObject values = new JsonObject();
        for (JsonObject element : modal.elements()) {
            String block = Json.text(element, "block_id");
            values.add(
                    block,
                    Json.object(
                            Json.text(element, "action_id"), value(element, Optional.ofNullable(answers.get(block)))));
        }
        for (String key : answers.keySet()) {
            if (!values.has(key)) {
                throw new AssertionError("the modal asks for " + values.keySet() + ", not for " + key);
            }
        }
        view.add("state", Json.object("values", values));
        JsonObject payload = interactive("view_submission", user);
        payload.add("view", view);
        payload.add("response_urls", Json.array());
        return new Delivery("interactive", payload);
    }

    private static JsonObject value(JsonObject element, Optional<String> given) {
        String type = Json.text(element, "type");
        return switch (type) {
            case "static_select", "radio_buttons" ->
                Json.object(
                        "type",
                        type,
                        "selected_option",
                        given.map(answer -> option(element, answer))
                                .or(() -> Json.find(element, "initial_option"))
                                .orElse(JsonNull.INSTANCE));
            case "plain_text_input" ->
                Json.object(
                        "type",
                        type,
                        "value",
                        given.filter(text -> !text.isEmpty())
                                .<JsonElement>map(JsonPrimitive::new)
                                .or(() -> Json.find(element, "initial_value"))
                                .orElse(JsonNull.INSTANCE));
            default -> throw new AssertionError("nobody has taught the fake to fill in a " + type);
        };
    }

    private static JsonElement option(JsonObject element, String answer) {
        for (JsonElement option : Json.list(element, "options")) {
            JsonObject each = option.getAsJsonObject();
            if (Json.text(each, "value").equals(answer)
                    || Json.text(Json.in(each, "text"), "text").equals(answer)) {
                return each;
            }
        }
        throw new AssertionError(answer + " is none of the options " + Json.list(element, "options"));
    }

    Delivery shortcut(String user, String callback, Shown on) {
        JsonObject payload = interactive("message_action", user);
        payload.addProperty("callback_id", callback);
        payload.addProperty("action_ts", wall.ts());
        payload.addProperty("message_ts", on.ts());
        payload.add("channel", channel(on.channel()));
        payload.add("message", on.body());
        payload.addProperty("response_url", answer(user, on.channel(), Optional.empty()));
        return new Delivery("interactive", payload);
    }

    private JsonObject interactive(String type, String user) {
        return Json.object(
                "type",
                type,
                "user",
                Json.object("id", user, "username", name(user), "name", name(user), "team_id", team(user)),
                "api_app_id",
                Workspace.APP,
                "token",
                "gone",
                "trigger_id",
                tickets.trigger(user),
                "team",
                Json.object("id", team(user), "domain", Workspace.DOMAIN),
                "enterprise",
                JsonNull.INSTANCE,
                "is_enterprise_install",
                false);
    }

    Delivery event(String user, JsonObject event) {
        return new Delivery(
                "events_api",
                Json.object(
                        "token",
                        "gone",
                        "team_id",
                        team(user),
                        "context_team_id",
                        Workspace.TEAM,
                        "context_enterprise_id",
                        JsonNull.INSTANCE,
                        "api_app_id",
                        Workspace.APP,
                        "event",
                        event,
                        "type",
                        "event_callback",
                        "event_id",
                        "Ev%010d".formatted(events.incrementAndGet()),
                        "event_time",
                        Instant.now().getEpochSecond(),
                        "authorizations",
                        Json.array(Json.object(
                                "enterprise_id",
                                JsonNull.INSTANCE,
                                "team_id",
                                Workspace.TEAM,
                                "user_id",
                                Workspace.BOT_USER,
                                "is_bot",
                                true,
                                "is_enterprise_install",
                                false)),
                        "is_ext_shared_channel",
                        false,
                        "event_context",
                        "4-fake"));
    }

    private JsonObject said(String type, String user, String channel, Optional<String> thread, String text) {
        var body = Json.object("type", "message", "user", user, "text", text, "team", team(user));
        Shown said = wall.post(channel, thread, body);
        thread.ifPresent(ts -> body.addProperty("thread_ts", ts));
        JsonObject event = body.deepCopy();
        event.addProperty("type", type);
        event.addProperty("client_msg_id", UUID.randomUUID().toString());
        event.addProperty("channel", channel);
        event.addProperty("event_ts", said.ts());
        event.add(
                "blocks",
                Json.array(Json.object(
                        "type",
                        "rich_text",
                        "block_id",
                        "x1",
                        "elements",
                        Json.array(Json.object(
                                "type",
                                "rich_text_section",
                                "elements",
                                Json.array(Json.object("type", "text", "text", text)))))));
        return event;
    }

    private String answer(String user, String channel, Optional<Shown> pressed) {
        return host.apply(tickets.answer(user, channel, pressed)).toString();
    }

    private JsonObject channel(String id) {
        return Json.object("id", id, "name", channelName(id));
    }

    private String channelName(String id) {
        return id.startsWith("D")
                ? "directmessage"
                : workspace
                        .findChannel(id)
                        .map(channel -> Json.text(channel, "name"))
                        .orElse("unknown");
    }

    private String name(String user) {
        return workspace.findUser(user).map(found -> Json.text(found, "name")).orElse("nobody");
    }

    private String team(String user) {
        return workspace
                .findUser(user)
                .map(found -> Json.text(found, "team_id"))
                .orElse(Workspace.TEAM);
    }
}
