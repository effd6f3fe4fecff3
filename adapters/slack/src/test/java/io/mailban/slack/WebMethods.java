package io.mailban.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The methods of Slack's Web API that a bot like ours calls, with Slack's own words for what is wrong. */
final class WebMethods {
    private final Workspace workspace;
    private final Wall wall;
    private final Tickets tickets;
    private final AtomicInteger views = new AtomicInteger();

    WebMethods(Workspace workspace, Wall wall, Tickets tickets) {
        this.workspace = workspace;
        this.wall = wall;
        this.tickets = tickets;
    }

    JsonObject call(String method, JsonObject body) {
        return switch (method) {
            case "auth.test" ->
                ok(
                        "url",
                        "https://example.slack.com/",
                        "team",
                        "Example",
                        "user",
                        "mailban",
                        "team_id",
                        Workspace.TEAM,
                        "user_id",
                        Workspace.BOT_USER,
                        "bot_id",
                        Workspace.BOT,
                        "is_enterprise_install",
                        false);
            case "chat.postMessage" -> post(body);
            case "chat.update" -> update(body);
            case "chat.delete" -> delete(body);
            case "chat.postEphemeral" -> ephemeral(body);
            case "views.open", "views.push" -> open(body);
            case "views.update" -> updateView(body);
            case "views.publish" -> publish(body);
            case "users.info" ->
                workspace
                        .findUser(Json.text(body, "user"))
                        .map(user -> ok("user", user))
                        .orElseGet(() -> error("user_not_found"));
            case "usergroups.list" -> ok("usergroups", workspace.groups());
            case "usergroups.users.list" ->
                workspace
                        .findMembers(Json.text(body, "usergroup"))
                        .map(users -> ok("users", users))
                        .orElseGet(() -> error("no_such_subteam"));
            case "conversations.info" ->
                workspace
                        .findChannel(Json.text(body, "channel"))
                        .map(channel -> ok("channel", channel))
                        .orElseGet(() -> error("channel_not_found"));
            case "conversations.open" ->
                workspace
                        .findUser(Json.text(body, "users"))
                        .map(user -> ok("channel", Json.object("id", Workspace.directMessage(Json.text(user, "id")))))
                        .orElseGet(() -> error("user_not_found"));
            default -> error("unknown_method");
        };
    }

    /** The scope that a method needs; empty when it needs none. */
    String scope(String method, JsonObject body) {
        return switch (method) {
            case "chat.postMessage", "chat.update", "chat.delete", "chat.postEphemeral" -> "chat:write";
            case "users.info" -> "users:read";
            case "usergroups.list", "usergroups.users.list" -> "usergroups:read";
            case "conversations.info" ->
                workspace
                        .findChannel(Json.text(body, "channel"))
                        .map(WebMethods::readingScope)
                        .orElse("channels:read");
            case "conversations.open" -> "im:write";
            default -> "";
        };
    }

    private static String readingScope(JsonObject channel) {
        if (Json.is(channel, "is_im")) {
            return "im:read";
        }
        return Json.is(channel, "is_private") ? "groups:read" : "channels:read";
    }

    private JsonObject post(JsonObject body) {
        String asked = Json.text(body, "channel");
        String channel = asked.startsWith("U") ? Workspace.directMessage(asked) : asked;
        Optional<JsonObject> wrong = cannotWrite(channel).or(() -> unsayable(body));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Optional<String> thread = Json.find(body, "thread_ts").map(ts -> ts.getAsString());
        Shown said = wall.post(channel, thread, message(body));
        thread.ifPresent(ts -> said.body().addProperty("thread_ts", ts));
        return ok("channel", channel, "ts", said.ts(), "message", said.body());
    }

    private JsonObject update(JsonObject body) {
        Optional<JsonObject> wrong =
                workspace.findChannel(Json.text(body, "channel")).isEmpty()
                        ? Optional.of(error("channel_not_found"))
                        : unsayable(body);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Optional<Shown> said = wall.find(Json.text(body, "channel"), Json.text(body, "ts"));
        if (said.isEmpty()) {
            return error("message_not_found");
        }
        if (!Json.text(said.get().body(), "bot_id").equals(Workspace.BOT)) {
            return error("cant_update_message");
        }
        wall.edit(said.get(), old -> {
            JsonObject edited = message(body);
            edited.add("ts", old.get("ts"));
            Json.find(old, "thread_ts").ifPresent(ts -> edited.add("thread_ts", ts));
            edited.add("edited", Json.object("user", Workspace.BOT_USER, "ts", wall.ts()));
            // without blocks in the edit, Slack takes those away that were there
            return edited;
        });
        return ok(
                "channel",
                said.get().channel(),
                "ts",
                said.get().ts(),
                "text",
                Json.text(body, "text"),
                "message",
                message(body));
    }

    private JsonObject delete(JsonObject body) {
        Optional<Shown> said = wall.find(Json.text(body, "channel"), Json.text(body, "ts"));
        said.ifPresent(wall::delete);
        return said.map(gone -> ok("channel", gone.channel(), "ts", gone.ts()))
                .orElseGet(() -> error("message_not_found"));
    }

    private JsonObject ephemeral(JsonObject body) {
        String channel = Json.text(body, "channel");
        Optional<JsonObject> wrong = cannotWrite(channel)
                .or(() -> workspace.findUser(Json.text(body, "user")).isEmpty()
                        ? Optional.of(error("user_not_in_channel"))
                        : Optional.empty())
                .or(() -> unsayable(body));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        Shown said = wall.show(
                Json.text(body, "user"),
                channel,
                Json.find(body, "thread_ts").map(ts -> ts.getAsString()),
                message(body));
        return ok("message_ts", said.ts());
    }

    private JsonObject open(JsonObject body) {
        String trigger = Json.text(body, "trigger_id");
        Optional<JsonObject> wrong =
                wrongView(body, "modal").or(() -> tickets.useTrigger(trigger).map(WebMethods::error));
        if (wrong.isPresent()) {
            return wrong.get();
        }
        JsonObject view = view(Json.in(body, "view"));
        wall.open(tickets.holder(trigger), view);
        return ok("view", view);
    }

    private JsonObject updateView(JsonObject body) {
        String id = Json.text(body, "view_id");
        Optional<JsonObject> wrong = wrongView(body, "modal")
                .or(() -> wall.findModal(id).isEmpty() ? Optional.of(error("not_found")) : Optional.empty());
        if (wrong.isPresent()) {
            return wrong.get();
        }
        JsonObject view = view(Json.in(body, "view"));
        view.addProperty("id", id);
        wall.replaceModal(id, view);
        return ok("view", view);
    }

    private JsonObject publish(JsonObject body) {
        Optional<JsonObject> wrong = wrongView(body, "home")
                .or(() -> workspace.findUser(Json.text(body, "user_id")).isEmpty()
                        ? Optional.of(error("invalid_arguments"))
                        : Optional.empty());
        if (wrong.isPresent()) {
            return wrong.get();
        }
        JsonObject view = view(Json.in(body, "view"));
        wall.publish(Json.text(body, "user_id"), view);
        return ok("view", view);
    }

    private Optional<JsonObject> cannotWrite(String channel) {
        Optional<JsonObject> found = workspace.findChannel(channel);
        if (found.isEmpty()) {
            return Optional.of(error("channel_not_found"));
        }
        if (Json.is(found.get(), "is_archived")) {
            return Optional.of(error("is_archived"));
        }
        return Json.is(found.get(), "is_member") ? Optional.empty() : Optional.of(error("not_in_channel"));
    }

    private static Optional<JsonObject> unsayable(JsonObject body) {
        if (Json.list(body, "blocks").isEmpty() && Json.text(body, "text").isEmpty()) {
            return Optional.of(error("no_text"));
        }
        if (Json.text(body, "text").length() > 40_000) {
            return Optional.of(error("msg_too_long"));
        }
        List<String> faults = WireLimits.blockFaults(body, 50);
        if (!faults.isEmpty()) {
            return Optional.of(error("invalid_blocks", faults));
        }
        return WireLimits.isTooMuch(body) ? Optional.of(error("msg_blocks_too_long")) : Optional.empty();
    }

    private static Optional<JsonObject> wrongView(JsonObject body, String type) {
        JsonObject view = Json.in(body, "view");
        List<String> faults = WireLimits.blockFaults(view, 100);
        return Json.text(view, "type").equals(type) && faults.isEmpty()
                ? Optional.empty()
                : Optional.of(error("invalid_arguments", faults));
    }

    /** A message of the bot's, as Slack keeps it: blocks without an id get one. */
    JsonObject message(JsonObject body) {
        JsonObject message = Json.object(
                "type",
                "message",
                "subtype",
                "bot_message",
                "text",
                Json.text(body, "text"),
                "user",
                Workspace.BOT_USER,
                "bot_id",
                Workspace.BOT,
                "app_id",
                Workspace.APP,
                "team",
                Workspace.TEAM);
        message.add("blocks", named(Json.list(body, "blocks")));
        return message;
    }

    private JsonObject view(JsonObject given) {
        JsonObject view = given.deepCopy();
        String id = "V%010d".formatted(views.incrementAndGet());
        view.addProperty("id", id);
        view.addProperty("root_view_id", id);
        view.addProperty("team_id", Workspace.TEAM);
        view.addProperty("app_id", Workspace.APP);
        view.addProperty("app_installed_team_id", Workspace.TEAM);
        view.addProperty("bot_id", Workspace.BOT);
        view.addProperty("hash", System.currentTimeMillis() + ".fake");
        for (String field : new String[] {"private_metadata", "callback_id", "external_id"}) {
            view.addProperty(field, Json.text(given, field));
        }
        view.add("state", Json.object("values", new JsonObject()));
        view.add("blocks", named(Json.list(given, "blocks")));
        return view;
    }

    private JsonArray named(JsonArray blocks) {
        JsonArray named = blocks.deepCopy();
        named.forEach(block -> {
            if (Json.text(block.getAsJsonObject(), "block_id").isEmpty()) {
                block.getAsJsonObject().addProperty("block_id", "b" + views.incrementAndGet());
            }
        });
        return named;
    }

    static JsonObject ok(Object... keysAndValues) {
        JsonObject answer = Json.object(keysAndValues);
        answer.addProperty("ok", true);
        return answer;
    }

    static JsonObject error(String word) {
        return Json.object("ok", false, "error", word);
    }

    static JsonObject error(String word, List<String> faults) {
        JsonObject answer = error(word);
        answer.add(
                "response_metadata",
                Json.object(
                        "messages",
                        faults.stream().map(fault -> "[ERROR] " + fault).toList()));
        return answer;
    }
}
