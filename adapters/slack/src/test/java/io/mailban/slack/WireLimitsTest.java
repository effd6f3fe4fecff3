package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The checker is checked: a right message and modal pass, and each way of breaking them is found. */
final class WireLimitsTest {
    private static final String MESSAGE = """
            {"channel": "C0MAIL", "text": "🟠 203.0.113.7 can't get in &amp; more", "thread_ts": "1763812800.000100",
             "unfurl_links": "false", "blocks": [
              {"type": "header", "text": {"type": "plain_text", "text": "Banned", "emoji": true}},
              {"type": "section", "block_id": "s1", "text": {"type": "mrkdwn", "verbatim": true,
                "text": "*203.0.113.7* since <!date^1763812800^{time} {date_short_pretty}|12:00 UTC> &lt;hm&gt;"},
               "accessory": {"type": "overflow", "action_id": "more", "options": [
                 {"text": {"type": "plain_text", "text": "Mute"}, "value": "mute"}]}},
              {"type": "section", "fields": [{"type": "mrkdwn", "text": "jail"}, {"type": "plain_text", "text": "sshd"}]},
              {"type": "divider"},
              {"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}]},
              {"type": "actions", "block_id": "a1", "elements": [
                {"type": "button", "action_id": "approve-1", "value": "approve 7", "style": "primary",
                 "text": {"type": "plain_text", "text": "Approve"},
                 "confirm": {"title": {"type": "plain_text", "text": "Sure?"}, "text": {"type": "mrkdwn", "text": "It lifts."},
                   "confirm": {"type": "plain_text", "text": "Lift"}, "deny": {"type": "plain_text", "text": "Back"}}},
                {"type": "button", "action_id": "deny-2", "text": {"type": "plain_text", "text": "Deny"}}]}]}""";
    private static final String MODAL = """
            {"trigger_id": "1.2.3", "view": {"type": "modal", "callback_id": "form", "private_metadata": "C0MAIL\\nunban x",
              "title": {"type": "plain_text", "text": "Request unban"}, "submit": {"type": "plain_text", "text": "Send"},
              "blocks": [
                {"type": "input", "block_id": "reason", "label": {"type": "plain_text", "text": "Why?"},
                 "element": {"type": "plain_text_input", "action_id": "answer", "min_length": 1, "max_length": 300}},
                {"type": "input", "block_id": "device", "label": {"type": "plain_text", "text": "Device?"},
                 "element": {"type": "radio_buttons", "action_id": "answer", "options": [
                   {"text": {"type": "plain_text", "text": "Changed"}, "value": "changed"},
                   {"text": {"type": "plain_text", "text": "Not yet"}, "value": "not-yet"}]}}]}}""";

    @Test
    void whatIsRightPasses() {
        assertThat(WireLimits.faults("chat.postMessage", read(MESSAGE))).isEmpty();
        assertThat(WireLimits.faults("views.open", read(MODAL))).isEmpty();
        assertThat(
                        WireLimits.faults(
                                "ack",
                                read(
                                        "{\"payload\": {\"response_action\": \"errors\", \"errors\": {\"reason\": \"say more\"}}}")))
                .isEmpty();
        assertThat(WireLimits.faults("response_url", read("{\"text\": \"x\", \"replace_original\": true}")))
                .isEmpty();
        assertThat(WireLimits.faults("response_url", read("{\"delete_original\": true}")))
                .isEmpty();
    }

    static Stream<Arguments> brokenMessages() {
        return Stream.of(
                broken("lacks text", body -> body.remove("text")),
                broken("text is empty", body -> body.addProperty("text", "")),
                broken("at most 4000", body -> body.addProperty("text", "x".repeat(4001))),
                broken("no entity", body -> body.addProperty("text", "a & b")),
                broken("no entity", body -> body.addProperty("text", "cut inside &am")),
                broken("without its other", body -> body.addProperty("text", "a < b")),
                broken("without its other", body -> body.addProperty("text", "a > b")),
                broken("Slack can't read", body -> body.addProperty("text", "<script>")),
                broken("Slack can't read", body -> body.addProperty("text", "<!date^12^{time}>")),
                broken("does not know", body -> body.addProperty("text", "<!date^12^{hour}|x>")),
                broken("channel is", body -> body.addProperty("channel", "#mail")),
                broken("thread_ts is", body -> body.addProperty("thread_ts", "1")),
                broken("neither yes nor no", body -> body.addProperty("unfurl_links", "never")),
                broken("does not know", body -> body.addProperty("txt", "x")),
                broken("at least 1", body -> body.add("blocks", Json.array())),
                broken("at most 50", body -> body.add("blocks", dividers(51))),
                broken("only these", block(0, block -> block.addProperty("type", "heading"))),
                broken("plain_text", block(0, block -> text(block).addProperty("type", "mrkdwn"))),
                broken("at most 150", block(0, block -> text(block).addProperty("text", "x".repeat(151)))),
                broken("nothing to read", block(0, block -> text(block).addProperty("text", " "))),
                broken("true or false", block(0, block -> text(block).addProperty("emoji", "yes"))),
                broken("emoji, which", block(1, block -> text(block).addProperty("emoji", true))),
                broken("at most 3000", block(1, block -> text(block).addProperty("text", "x".repeat(3001)))),
                broken("text is empty", block(1, block -> text(block).addProperty("text", ""))),
                broken("at most 255", block(1, block -> block.addProperty("block_id", "x".repeat(256)))),
                broken("block_id a1 twice", block(1, block -> block.addProperty("block_id", "a1"))),
                broken("neither text nor fields", block(1, block -> block.remove("text"))),
                broken(
                        "at most 5",
                        block(1, block -> Json.in(block, "accessory").add("options", options(6)))),
                broken(
                        "value v0 twice",
                        block(
                                1,
                                block -> Json.list(Json.in(block, "accessory"), "options")
                                        .addAll(Json.array(
                                                options(1).get(0), options(1).get(0))))),
                broken(
                        "only these",
                        block(1, block -> Json.in(block, "accessory").addProperty("type", "plain_text_input"))),
                broken("at most 10", block(2, block -> block.add("fields", texts(11)))),
                broken(
                        "at most 2000",
                        block(
                                2,
                                block -> Json.list(block, "fields")
                                        .get(0)
                                        .getAsJsonObject()
                                        .addProperty("text", "x".repeat(2001)))),
                broken("at most 10", block(4, block -> block.add("elements", texts(11)))),
                broken("lacks elements", block(4, block -> block.remove("elements"))),
                broken("at most 25", block(5, block -> block.add("elements", buttons(26)))),
                broken("action_id approve-1 twice", element(1, button -> button.addProperty("action_id", "approve-1"))),
                broken("at most 255", element(0, button -> button.addProperty("action_id", "x".repeat(256)))),
                broken("at most 75", element(0, button -> text(button).addProperty("text", "x".repeat(76)))),
                broken("at most 2000", element(0, button -> button.addProperty("value", "x".repeat(2001)))),
                broken("value is empty", element(0, button -> button.addProperty("value", ""))),
                broken("primary, danger", element(0, button -> button.addProperty("style", "default"))),
                broken("lacks text", element(0, button -> button.remove("text"))),
                broken("does not know", element(0, button -> button.addProperty("label", "x"))),
                broken("does not match", element(0, button -> button.addProperty("url", "javascript:x"))),
                broken(
                        "lacks deny",
                        element(0, button -> Json.in(button, "confirm").remove("deny"))),
                broken("at most 100", element(0, button -> confirm(button, "title", 101))),
                broken("at most 300", element(0, button -> confirm(button, "text", 301))),
                broken("at most 30", element(0, button -> confirm(button, "confirm", 31))),
                broken("somewhat over", body -> body.add("blocks", longSections(5))));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("brokenMessages")
    void aBrokenMessageIsFound(String sentence, Consumer<JsonObject> breaking) {
        found("chat.postMessage", MESSAGE, sentence, breaking);
    }

    static Stream<Arguments> brokenModals() {
        return Stream.of(
                broken("lacks trigger_id", body -> body.remove("trigger_id")),
                broken("lacks title", view(view -> view.remove("title"))),
                broken("at most 24", view(view -> Json.in(view, "title").addProperty("text", "x".repeat(25)))),
                broken("lacks submit", view(view -> view.remove("submit"))),
                broken("at most 3000", view(view -> view.addProperty("private_metadata", "x".repeat(3001)))),
                broken("at most 100", view(view -> view.add("blocks", dividers(101)))),
                broken("modal", view(view -> view.addProperty("type", "home"))),
                broken("at most 255", view(view -> view.addProperty("callback_id", "x".repeat(256)))),
                broken("lacks label", view(view -> first(view).remove("label"))),
                broken("lacks element", view(view -> first(view).remove("element"))),
                broken(
                        "from 1 to 3000",
                        view(view -> Json.in(first(view), "element").addProperty("max_length", 3001))),
                broken(
                        "over its max_length",
                        view(view -> Json.in(first(view), "element").addProperty("min_length", 301))),
                broken(
                        "only these",
                        view(view -> Json.in(first(view), "element").addProperty("type", "button"))),
                broken(
                        "at most 10",
                        view(view -> Json.in(second(view), "element").add("options", options(11)))),
                broken(
                        "none of the options",
                        view(view -> Json.in(second(view), "element")
                                .add("initial_option", options(1).get(0)))));
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource("brokenModals")
    void aBrokenModalIsFound(String sentence, Consumer<JsonObject> breaking) {
        found("views.open", MODAL, sentence, breaking);
    }

    @Test
    void otherBrokenBodiesAreFound() {
        assertThat(WireLimits.faults("chat.update", read("{\"channel\": \"C0MAIL\", \"text\": \"x\"}")))
                .containsExactly("chat.update lacks ts");
        assertThat(WireLimits.faults("chat.postEphemeral", read("{\"channel\": \"C0MAIL\", \"text\": \"x\"}")))
                .containsExactly("chat.postEphemeral lacks user");
        assertThat(WireLimits.faults("response_url", read("{\"text\": \"x\", \"response_type\": \"all\"}")))
                .hasSize(1);
        assertThat(WireLimits.faults(
                        "views.publish",
                        read("{\"user_id\": \"U0BOB\", \"view\": {\"type\": \"home\", \"blocks\": []}}")))
                .hasSize(1);
        assertThat(WireLimits.faults("ack", read("{\"payload\": {\"response_action\": \"errors\", \"errors\": {}}}")))
                .hasSize(1);
        assertThat(WireLimits.faults("chat.shout", read("{}"))).hasSize(1);
    }

    private static void found(String method, String right, String sentence, Consumer<JsonObject> breaking) {
        JsonObject body = read(right);
        breaking.accept(body);
        assertThat(WireLimits.faults(method, body))
                .anySatisfy(fault -> assertThat(fault).startsWith(method).contains(sentence));
    }

    private static Arguments broken(String sentence, Consumer<JsonObject> breaking) {
        return arguments(sentence, breaking);
    }

    private static Consumer<JsonObject> block(int number, Consumer<JsonObject> breaking) {
        return body -> breaking.accept(Json.list(body, "blocks").get(number).getAsJsonObject());
    }

    private static Consumer<JsonObject> element(int number, Consumer<JsonObject> breaking) {
        return block(
                5,
                block ->
                        breaking.accept(Json.list(block, "elements").get(number).getAsJsonObject()));
    }

    private static Consumer<JsonObject> view(Consumer<JsonObject> breaking) {
        return body -> breaking.accept(Json.in(body, "view"));
    }

    private static JsonObject first(JsonObject view) {
        return Json.list(view, "blocks").get(0).getAsJsonObject();
    }

    private static JsonObject second(JsonObject view) {
        return Json.list(view, "blocks").get(1).getAsJsonObject();
    }

    private static JsonObject text(JsonObject block) {
        return Json.in(block, "text");
    }

    private static void confirm(JsonObject button, String field, int length) {
        Json.in(Json.in(button, "confirm"), field).addProperty("text", "x".repeat(length));
    }

    private static JsonArray dividers(int count) {
        return many(count, _ -> Json.object("type", "divider"));
    }

    private static JsonArray texts(int count) {
        return many(count, _ -> Json.object("type", "mrkdwn", "text", "x"));
    }

    private static JsonArray options(int count) {
        return many(count, i -> Json.object("text", Json.object("type", "plain_text", "text", "x"), "value", "v" + i));
    }

    private static JsonArray buttons(int count) {
        return many(
                count,
                i -> Json.object(
                        "type",
                        "button",
                        "action_id",
                        "b" + i,
                        "text",
                        Json.object("type", "plain_text", "text", "x")));
    }

    private static JsonArray longSections(int count) {
        return many(
                count,
                _ -> Json.object("type", "section", "text", Json.object("type", "mrkdwn", "text", "x".repeat(2700))));
    }

    private static JsonArray many(int count, IntFunction<JsonElement> each) {
        return Json.array(IntStream.range(0, count)
                .mapToObj(each)
                .collect(Collectors.toList())
                .toArray());
    }

    private static JsonObject read(String json) {
        return JsonParser.parseString(json).getAsJsonObject();
    }
}
