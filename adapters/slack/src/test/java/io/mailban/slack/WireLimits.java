package io.mailban.slack;

import static io.mailban.slack.Rule.any;
import static io.mailban.slack.Rule.matching;
import static io.mailban.slack.Rule.may;
import static io.mailban.slack.Rule.must;
import static io.mailban.slack.Rule.object;
import static io.mailban.slack.Rule.oneOf;
import static io.mailban.slack.Rule.partly;
import static io.mailban.slack.Rule.string;
import static io.mailban.slack.Rule.yesOrNo;
import static io.mailban.slack.WireText.plain;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Checks what was sent to Slack against its documented limits and rules, and those few that are known and not documented. */
public final class WireLimits {
    private static final String CHANNEL = "[CDGUW][A-Z0-9]+";
    private static final String TS = "\\d{10}\\.\\d{6}";

    /** Beyond that Slack cuts a text, or refuses an edit with {@code msg_too_long}. */
    private static final int TEXT = 4000;

    /** A message of a little more is refused with {@code msg_blocks_too_long}; measured by others, documented nowhere. */
    private static final int ALL_BLOCKS = 13_200;

    /** What a block itself seems to cost of it. */
    private static final int EACH_BLOCK = 40;

    private static final int VIEW_BYTES = 250_000;

    private static final Rule.Field[] MESSAGE = {
        must("text", string(TEXT).and(WireText.markup())),
        may("blocks", WireBlocks.blocks(1, 50).and(WireLimits::notTooMuch)),
        may("mrkdwn", yesNoWords()),
        may("unfurl_links", yesNoWords()),
        may("unfurl_media", yesNoWords()),
        may("thread_ts", matching(TS)),
        may("metadata", object(must("event_type", string(255)), must("event_payload", any()))),
    };
    private static final Rule ANSWER = with(
            may("response_type", oneOf("ephemeral", "in_channel")),
            may("replace_original", yesOrNo()),
            may("delete_original", yesOrNo()));

    private static final Rule MODAL = object(
                    must("type", oneOf("modal")),
                    must("title", plain(24)),
                    must("blocks", WireBlocks.blocks(1, 100)),
                    may("submit", plain(24)),
                    may("close", plain(24)),
                    may("private_metadata", string(0, 3000)),
                    may("callback_id", string(255)),
                    may("external_id", string(255)),
                    may("clear_on_close", yesOrNo()),
                    may("notify_on_close", yesOrNo()),
                    may("submit_disabled", yesOrNo()))
            .and(WireLimits::canBeSent)
            .and(WireLimits::notTooBig);
    private static final Rule HOME = object(
                    must("type", oneOf("home")),
                    must("blocks", WireBlocks.blocks(1, 100)),
                    may("private_metadata", string(0, 3000)),
                    may("callback_id", string(255)),
                    may("external_id", string(255)))
            .and(WireLimits::notTooBig);
    private static final Rule MODAL_OR_HOME = oneOf(Map.of("modal", MODAL, "home", HOME));

    private static final Rule NOTHING_MUCH = partly();
    private static final Map<String, Rule> METHODS = Map.ofEntries(
            Map.entry(
                    "chat.postMessage",
                    with(
                            must("channel", matching(CHANNEL)),
                            may("reply_broadcast", yesNoWords()),
                            may("link_names", yesNoWords()),
                            may("parse", oneOf("none", "full")))),
            Map.entry(
                    "chat.update",
                    with(
                            must("channel", matching("[CDG][A-Z0-9]+")),
                            must("ts", matching(TS)),
                            may("link_names", yesNoWords()),
                            may("parse", oneOf("none", "full")))),
            Map.entry(
                    "chat.postEphemeral",
                    with(
                            must("channel", matching("[CDG][A-Z0-9]+")),
                            must("user", matching("[UW][A-Z0-9]+")),
                            may("link_names", yesNoWords()),
                            may("parse", oneOf("none", "full")))),
            Map.entry("chat.delete", object(must("channel", matching(CHANNEL)), must("ts", matching(TS)))),
            Map.entry("response_url", ANSWER),
            Map.entry("views.open", object(must("trigger_id", string(255)), must("view", MODAL))),
            Map.entry("views.push", object(must("trigger_id", string(255)), must("view", MODAL))),
            Map.entry(
                    "views.update",
                    object(
                            may("view_id", string(255)),
                            may("external_id", string(255)),
                            may("hash", string(255)),
                            must("view", MODAL_OR_HOME))),
            Map.entry(
                    "views.publish",
                    object(must("user_id", matching("[UW][A-Z0-9]+")), may("hash", string(255)), must("view", HOME))),
            Map.entry("ack", partly(may("payload", WireLimits::ack))),
            Map.entry("auth.test", NOTHING_MUCH),
            Map.entry("apps.connections.open", NOTHING_MUCH),
            Map.entry("users.info", partly(must("user", matching("[UW][A-Z0-9]+")))),
            Map.entry("usergroups.list", NOTHING_MUCH),
            Map.entry("usergroups.users.list", partly(must("usergroup", matching("S[A-Z0-9]+")))),
            Map.entry("conversations.info", partly(must("channel", matching("[CDG][A-Z0-9]+")))),
            Map.entry("conversations.open", NOTHING_MUCH));

    private WireLimits() {}

    /** One sentence for each fault of a kept file; none when it is right. */
    public static List<String> faults(Path kept) {
        try {
            JsonObject file = JsonParser.parseString(Files.readString(kept)).getAsJsonObject();
            return faults(Json.text(file, "method"), file.get("body"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> faults(String method, JsonElement body) {
        List<String> faults = new ArrayList<>();
        Rule rule = METHODS.get(method);
        if (rule == null) {
            faults.add(method + " is no method that anybody has looked up the limits of");
        } else if (!Json.is(body.getAsJsonObject(), "delete_original")) {
            rule.check(body, method, faults::add);
        }
        return faults;
    }

    /** What Slack itself refuses in a body's blocks. */
    static List<String> blockFaults(JsonObject body, int most) {
        List<String> faults = new ArrayList<>();
        if (!Json.list(body, "blocks").isEmpty()) {
            WireBlocks.blocks(1, most).check(body.get("blocks"), "blocks", faults::add);
        }
        return faults;
    }

    /** Whether Slack would say {@code msg_blocks_too_long}. */
    static boolean isTooMuch(JsonObject body) {
        List<String> faults = new ArrayList<>();
        notTooMuch(Json.list(body, "blocks"), "blocks", faults::add);
        return !faults.isEmpty();
    }

    private static Rule with(Rule.Field... more) {
        var fields = new ArrayList<>(List.of(MESSAGE));
        fields.addAll(List.of(more));
        return object(fields.toArray(Rule.Field[]::new));
    }

    /** Forms say it in several ways. */
    private static Rule yesNoWords() {
        return (value, at, faults) -> {
            if (!value.isJsonPrimitive() || !value.getAsString().matches("true|false|1|0")) {
                faults.accept(at + " is " + value + ", neither yes nor no");
            }
        };
    }

    private static void ack(JsonElement payload, String at, Consumer<String> faults) {
        if (!payload.isJsonObject()) {
            return;
        }
        JsonObject answer = payload.getAsJsonObject();
        if (answer.has("response_action")) {
            object(
                            must("response_action", oneOf("errors", "update", "push", "clear")),
                            may("errors", WireLimits::errors),
                            may("view", MODAL))
                    .check(payload, at, faults);
        } else if (answer.has("text") || answer.has("blocks")) {
            ANSWER.check(payload, at, faults);
        }
    }

    private static void errors(JsonElement errors, String at, Consumer<String> faults) {
        if (!errors.isJsonObject() || errors.getAsJsonObject().isEmpty()) {
            faults.accept(at + " says nothing of what is wrong");
            return;
        }
        errors.getAsJsonObject()
                .entrySet()
                .forEach(error -> string(2000).check(error.getValue(), at + "." + error.getKey(), faults));
    }

    private static void canBeSent(JsonElement view, String at, Consumer<String> faults) {
        boolean asks = Json.list(view.getAsJsonObject(), "blocks").asList().stream()
                .anyMatch(block -> block.isJsonObject()
                        && Json.text(block.getAsJsonObject(), "type").equals("input"));
        if (asks && !view.getAsJsonObject().has("submit")) {
            faults.accept(at + " asks something and lacks submit");
        }
    }

    private static void notTooBig(JsonElement view, String at, Consumer<String> faults) {
        int bytes = Json.GSON.toJson(view).getBytes(StandardCharsets.UTF_8).length;
        if (bytes > VIEW_BYTES) {
            faults.accept(at + " has " + bytes + " bytes, at most " + VIEW_BYTES + " are allowed");
        }
    }

    private static void notTooMuch(JsonElement blocks, String at, Consumer<String> faults) {
        int characters =
                characters(blocks) + EACH_BLOCK * blocks.getAsJsonArray().size();
        if (characters > ALL_BLOCKS) {
            faults.accept(at + " hold " + characters + " characters (with " + EACH_BLOCK
                    + " for each block), and Slack refuses somewhat over " + ALL_BLOCKS);
        }
    }

    private static int characters(JsonElement element) {
        if (element.isJsonArray()) {
            return element.getAsJsonArray().asList().stream()
                    .mapToInt(WireLimits::characters)
                    .sum();
        }
        if (!element.isJsonObject()) {
            return 0;
        }
        return element.getAsJsonObject().entrySet().stream()
                .mapToInt(
                        each -> each.getKey().equals("text") && each.getValue().isJsonPrimitive()
                                ? each.getValue().getAsString().length()
                                : characters(each.getValue()))
                .sum();
    }
}
