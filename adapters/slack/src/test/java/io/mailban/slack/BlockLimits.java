package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.view.View;
import com.slack.api.util.json.GsonFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Slack's documented limits, over blocks as they are sent. */
final class BlockLimits {
    private final Set<String> actionIds = new HashSet<>();
    private int characters;

    private BlockLimits() {}

    static void check(Page page) {
        assertThat(page.text().length()).isBetween(1, 3000);
        BlockLimits limits = new BlockLimits();
        limits.blocks(page.blocks(), 50);
        assertThat(limits.characters).isLessThanOrEqualTo(12_500);
    }

    static void check(View view) {
        new BlockLimits().blocks(view.getBlocks(), 100);
        assertThat(json(view).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .isLessThan(250_000);
        if (view.getType().equals("modal")) {
            JsonObject modal = json(view).getAsJsonObject();
            for (String part : List.of("title", "submit", "close")) {
                assertThat(modal.getAsJsonObject(part).get("text").getAsString().length())
                        .isBetween(1, 24);
            }
            assertThat(view.getPrivateMetadata().length()).isLessThanOrEqualTo(3000);
        }
    }

    static JsonElement json(Object built) {
        return GsonFactory.createSnakeCase().toJsonTree(built);
    }

    private void blocks(List<LayoutBlock> blocks, int most) {
        assertThat(blocks.size()).isBetween(1, most);
        for (LayoutBlock built : blocks) {
            JsonObject block = json(built).getAsJsonObject();
            switch (block.get("type").getAsString()) {
                case "section" -> text(block.getAsJsonObject("text"), 3000);
                case "context" -> {
                    JsonArray elements = block.getAsJsonArray("elements");
                    assertThat(elements.size()).isBetween(1, 10);
                    elements.forEach(element -> text(element.getAsJsonObject(), 3000));
                }
                case "actions" -> {
                    JsonArray elements = block.getAsJsonArray("elements");
                    assertThat(elements.size()).isBetween(1, 25);
                    elements.forEach(element -> button(element.getAsJsonObject()));
                }
                case "input" -> input(block);
                case "divider" -> {}
                default -> throw new AssertionError("a block of no known kind: " + block);
            }
        }
    }

    private void button(JsonObject button) {
        text(button.getAsJsonObject("text"), 75);
        assertThat(button.get("action_id").getAsString().length()).isBetween(1, 255);
        assertThat(actionIds.add(button.get("action_id").getAsString()))
                .as("unique")
                .isTrue();
        assertThat(button.get("value").getAsString().length()).isBetween(1, 2000);
        characters += button.get("value").getAsString().length();
        if (button.has("accessibility_label")) {
            assertThat(button.get("accessibility_label").getAsString().length()).isBetween(1, 75);
        }
        if (button.has("style")) {
            assertThat(button.get("style").getAsString()).isIn("primary", "danger");
        }
        if (button.has("confirm")) {
            JsonObject confirm = button.getAsJsonObject("confirm");
            text(confirm.getAsJsonObject("title"), 100);
            text(confirm.getAsJsonObject("text"), 300);
            text(confirm.getAsJsonObject("confirm"), 30);
            text(confirm.getAsJsonObject("deny"), 30);
        }
    }

    private void input(JsonObject input) {
        text(input.getAsJsonObject("label"), 2000);
        assertThat(input.get("block_id").getAsString().length()).isBetween(1, 255);
        assertThat(input.get("optional").getAsBoolean()).isFalse();
        JsonObject element = input.getAsJsonObject("element");
        switch (element.get("type").getAsString()) {
            case "plain_text_input" ->
                assertThat(element.get("max_length").getAsInt()).isBetween(1, 3000);
            case "radio_buttons" -> options(element, 10);
            case "static_select" -> options(element, 100);
            default -> throw new AssertionError("an element of no known kind: " + element);
        }
    }

    private void options(JsonObject element, int most) {
        assertThat(element.getAsJsonArray("options").size()).isBetween(1, most);
        assertThat(element.has("initial_option")).isFalse();
        for (JsonElement option : element.getAsJsonArray("options")) {
            text(option.getAsJsonObject().getAsJsonObject("text"), 75);
            assertThat(option.getAsJsonObject().get("value").getAsString().length())
                    .isBetween(1, 75);
        }
    }

    private void text(JsonObject text, int longest) {
        String shown = text.get("text").getAsString();
        assertThat(shown.length()).isBetween(1, longest);
        assertThat(shown).isNotBlank();
        characters += shown.length();
        switch (text.get("type").getAsString()) {
            case "mrkdwn" -> {
                assertThat(text.get("verbatim").getAsBoolean()).isTrue();
                assertThat(MrkdwnReader.of(shown).acts()).as(shown).isEmpty();
            }
            case "plain_text" -> {
                assertThat(text.get("emoji").getAsBoolean()).isFalse();
                assertThat(shown).doesNotContain("<!").doesNotContain("<@").doesNotContain("<#");
                assertThat(shown.codePoints()
                                .filter(c -> Character.isISOControl(c)
                                        || Character.getType(c) == Character.FORMAT
                                        || Character.getType(c) == Character.SURROGATE)
                                .count())
                        .isZero();
            }
            default -> throw new AssertionError("a text of no known kind: " + text);
        }
    }
}
