package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;

/** What is laid out, checked as it would be sent, and by what the layout promises besides. */
final class BlockLimits {
    private BlockLimits() {}

    static void check(Page page) {
        assertThat(page.text().length()).isBetween(1, 3000);
        JsonObject body = Json.object("channel", "C0MAIL", "text", page.text());
        body.add("blocks", json(page.blocks()));
        check("chat.postMessage", body);
        assertThat(MrkdwnReader.of(page.text()).acts()).as(page.text()).isEmpty();
    }

    static void check(View view) {
        JsonObject body =
                view.getType().equals("home") ? Json.object("user_id", "U0BOB") : Json.object("trigger_id", "1.2.3");
        body.add("view", json(view));
        check(view.getType().equals("home") ? "views.publish" : "views.open", body);
    }

    static JsonElement json(Object built) {
        return GsonFactory.createSnakeCase().toJsonTree(built);
    }

    private static void check(String method, JsonObject body) {
        assertThat(WireLimits.faults(method, body)).isEmpty();
        assertThat(WireHarm.faults(method, body, _ -> false)).isEmpty();
        texts(body);
    }

    private static void texts(JsonElement element) {
        if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(BlockLimits::texts);
        } else if (element.isJsonObject()) {
            JsonObject object = element.getAsJsonObject();
            switch (Json.text(object, "type")) {
                case "mrkdwn" -> {
                    assertThat(Json.is(object, "verbatim")).as("verbatim").isTrue();
                    assertThat(MrkdwnReader.of(Json.text(object, "text")).acts())
                            .as(Json.text(object, "text"))
                            .isEmpty();
                }
                case "plain_text" -> {
                    assertThat(object.get("emoji").getAsBoolean()).isFalse();
                    assertThat(Json.text(object, "text")).doesNotContainPattern("[<>]");
                }
                default -> object.entrySet().forEach(entry -> texts(entry.getValue()));
            }
        }
    }
}
