package io.mailban.slack;

import static io.mailban.slack.Rule.any;
import static io.mailban.slack.Rule.distinct;
import static io.mailban.slack.Rule.list;
import static io.mailban.slack.Rule.may;
import static io.mailban.slack.Rule.must;
import static io.mailban.slack.Rule.object;
import static io.mailban.slack.Rule.oneOf;
import static io.mailban.slack.Rule.string;
import static io.mailban.slack.Rule.url;
import static io.mailban.slack.Rule.yesOrNo;
import static io.mailban.slack.WireText.either;
import static io.mailban.slack.WireText.mrkdwn;
import static io.mailban.slack.WireText.plain;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.mailban.slack.Rule.Field;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Blocks, one by one and together (docs.slack.dev, "Blocks"). A kind that Mailban has no use for is a fault. */
final class WireBlocks {
    private static final Map<String, Rule> COMMON = Map.of(
            "section",
                    of(
                                    "section",
                                    may("text", either(3000)),
                                    may("fields", list(1, 10, either(2000))),
                                    may("accessory", WireElements.IN_SECTION),
                                    may("expand", yesOrNo()))
                            .and(WireBlocks::saysSomething),
            "divider", of("divider"),
            "header", of("header", must("text", plain(150))),
            "context",
                    of(
                            "context",
                            must(
                                    "elements",
                                    list(
                                            1,
                                            10,
                                            oneOf(Map.of(
                                                    "plain_text",
                                                    plain(3000),
                                                    "mrkdwn",
                                                    mrkdwn(3000),
                                                    "image",
                                                    WireElements.IMAGE))))),
            "actions", of("actions", must("elements", list(1, 25, WireElements.IN_ACTIONS))),
            "image",
                    of(
                                    "image",
                                    must("alt_text", string(2000)),
                                    may("title", plain(2000)),
                                    may("image_url", url()),
                                    may("slack_file", any()))
                            .and(WireElements.exactlyOne("image_url", "slack_file")),
            "rich_text", of("rich_text", must("elements", list(1, 1000, any()))),
            "input",
                    of(
                            "input",
                            must("label", plain(2000)),
                            must("element", WireElements.IN_INPUT),
                            may("hint", plain(2000)),
                            may("optional", yesOrNo()),
                            may("dispatch_action", yesOrNo())));

    private WireBlocks() {}

    private static Rule of(String type, Field... fields) {
        return object(Stream.concat(
                        Stream.of(must("type", oneOf(type)), may("block_id", string(255))), Stream.of(fields))
                .toArray(Field[]::new));
    }

    /** Blocks of a message, a modal or a Home tab. */
    static Rule blocks(int least, int most) {
        return list(least, most, oneOf(new HashMap<>(COMMON)))
                .and(distinct("block_id", block -> Json.text(block, "block_id")))
                .and(WireBlocks::idsDiffer);
    }

    private static void saysSomething(JsonElement value, String at, Consumer<String> faults) {
        if (value.isJsonObject()
                && !value.getAsJsonObject().has("text")
                && !value.getAsJsonObject().has("fields")) {
            faults.accept(at + " has neither text nor fields");
        }
    }

    /** Slack asks for different action_ids in one block; what is pressed is told apart by nothing else, so in all of them. */
    private static void idsDiffer(JsonElement blocks, String at, Consumer<String> faults) {
        Set<String> seen = new HashSet<>();
        if (!blocks.isJsonArray()) {
            return;
        }
        for (JsonElement block : blocks.getAsJsonArray()) {
            for (JsonObject element : pressable(block)) {
                String id = Json.text(element, "action_id");
                if (!id.isEmpty() && !seen.add(id)) {
                    faults.accept(at + " have the action_id " + id + " twice");
                }
            }
        }
    }

    private static List<JsonObject> pressable(JsonElement block) {
        if (!block.isJsonObject()) {
            return List.of();
        }
        return Stream.concat(
                        Json.list(block.getAsJsonObject(), "elements").asList().stream(),
                        Stream.of(Json.in(block.getAsJsonObject(), "accessory")))
                .filter(JsonElement::isJsonObject)
                .map(JsonElement::getAsJsonObject)
                .toList();
    }
}
