package io.mailban.slack;

import static io.mailban.slack.Rule.any;
import static io.mailban.slack.Rule.distinct;
import static io.mailban.slack.Rule.integer;
import static io.mailban.slack.Rule.list;
import static io.mailban.slack.Rule.may;
import static io.mailban.slack.Rule.must;
import static io.mailban.slack.Rule.object;
import static io.mailban.slack.Rule.oneOf;
import static io.mailban.slack.Rule.string;
import static io.mailban.slack.Rule.url;
import static io.mailban.slack.Rule.yesOrNo;
import static io.mailban.slack.WireText.either;
import static io.mailban.slack.WireText.plain;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.mailban.slack.Rule.Field;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What can be pressed and filled in (docs.slack.dev, "Block elements", "Composition objects"). */
final class WireElements {
    private static final Field ID = may("action_id", string(255));
    private static final Field FOCUS = may("focus_on_load", yesOrNo());
    private static final Field PLACEHOLDER = may("placeholder", plain(150));

    private static final Rule CONFIRM = object(
            must("title", plain(100)),
            must("text", either(300)),
            must("confirm", plain(30)),
            must("deny", plain(30)),
            may("style", oneOf("primary", "danger")));
    private static final Field CONFIRMED = may("confirm", CONFIRM);

    private static final Rule CHOICE =
            object(must("text", plain(75)), must("value", string(150)), may("description", plain(75)));
    private static final Rule RADIO =
            object(must("text", either(75)), must("value", string(150)), may("description", either(75)));
    private static final Rule MENU = object(
            must("text", plain(75)), must("value", string(150)), may("description", plain(75)), may("url", url()));
    private static final Rule DISPATCH =
            object(must("trigger_actions_on", list(1, 2, oneOf("on_enter_pressed", "on_character_entered"))));

    private static final Rule BUTTON = of(
            "button",
            must("text", plain(75)),
            ID,
            may("url", url()),
            may("value", string(2000)),
            may("style", oneOf("primary", "danger")),
            CONFIRMED,
            may("accessibility_label", string(75)));
    private static final Rule OVERFLOW = of("overflow", ID, must("options", options(5, MENU)), CONFIRMED);
    private static final Rule SELECT = of(
                    "static_select",
                    ID,
                    may("options", options(100, CHOICE)),
                    may(
                            "option_groups",
                            list(1, 100, object(must("label", plain(75)), must("options", options(100, CHOICE))))),
                    may("initial_option", CHOICE),
                    CONFIRMED,
                    FOCUS,
                    PLACEHOLDER)
            .and(exactlyOne("options", "option_groups"))
            .and(WireElements::initialIsOffered);
    private static final Rule RADIO_BUTTONS = of(
                    "radio_buttons",
                    ID,
                    must("options", options(10, RADIO)),
                    may("initial_option", RADIO),
                    CONFIRMED,
                    FOCUS)
            .and(WireElements::initialIsOffered);
    private static final Rule CHECKBOXES = of(
            "checkboxes",
            ID,
            must("options", options(10, RADIO)),
            may("initial_options", list(1, 10, RADIO)),
            CONFIRMED,
            FOCUS);
    private static final Rule USERS =
            of("users_select", ID, may("initial_user", string(255)), CONFIRMED, FOCUS, PLACEHOLDER);
    private static final Rule DATE = of(
            "datepicker",
            ID,
            may("initial_date", Rule.matching("\\d{4}-\\d\\d-\\d\\d")),
            CONFIRMED,
            FOCUS,
            PLACEHOLDER);
    private static final Rule INPUT = of(
                    "plain_text_input",
                    ID,
                    may("initial_value", string(0, 3000)),
                    may("multiline", yesOrNo()),
                    may("min_length", integer(0, 3000)),
                    may("max_length", integer(1, 3000)),
                    may("dispatch_action_config", DISPATCH),
                    FOCUS,
                    PLACEHOLDER)
            .and(WireElements::lengthsFit);

    /** An image in a section or a context. */
    static final Rule IMAGE = of(
                    "image", must("alt_text", string(2000)), may("image_url", url()), may("slack_file", any()))
            .and(exactlyOne("image_url", "slack_file"));

    static final Rule IN_ACTIONS = oneOf(Map.of(
            "button",
            BUTTON,
            "overflow",
            OVERFLOW,
            "static_select",
            SELECT,
            "radio_buttons",
            RADIO_BUTTONS,
            "checkboxes",
            CHECKBOXES,
            "users_select",
            USERS,
            "datepicker",
            DATE));
    static final Rule IN_SECTION = oneOf(Map.of(
            "button",
            BUTTON,
            "overflow",
            OVERFLOW,
            "static_select",
            SELECT,
            "radio_buttons",
            RADIO_BUTTONS,
            "checkboxes",
            CHECKBOXES,
            "users_select",
            USERS,
            "datepicker",
            DATE,
            "image",
            IMAGE));
    static final Rule IN_INPUT = oneOf(Map.of(
            "plain_text_input",
            INPUT,
            "static_select",
            SELECT,
            "radio_buttons",
            RADIO_BUTTONS,
            "checkboxes",
            CHECKBOXES,
            "users_select",
            USERS,
            "datepicker",
            DATE));

    private WireElements() {}

    private static Rule of(String type, Field... fields) {
        return object(Stream.concat(Stream.of(must("type", oneOf(type))), Stream.of(fields))
                .toArray(Field[]::new));
    }

    private static Rule options(int most, Rule option) {
        return list(1, most, option).and(distinct("value", each -> Json.text(each, "value")));
    }

    static Rule exactlyOne(String one, String other) {
        return (value, at, faults) -> {
            if (value.isJsonObject()
                    && value.getAsJsonObject().has(one)
                            == value.getAsJsonObject().has(other)) {
                faults.accept(at + " needs either " + one + " or " + other);
            }
        };
    }

    private static void initialIsOffered(JsonElement value, String at, Consumer<String> faults) {
        if (value.isJsonObject() && value.getAsJsonObject().has("initial_option")) {
            JsonObject element = value.getAsJsonObject();
            boolean offered = Json.list(element, "options").contains(element.get("initial_option"))
                    || Json.list(element, "option_groups").asList().stream()
                            .anyMatch(group -> Json.list(group.getAsJsonObject(), "options")
                                    .contains(element.get("initial_option")));
            if (!offered) {
                faults.accept(at + ".initial_option is none of the options");
            }
        }
    }

    private static void lengthsFit(JsonElement value, String at, Consumer<String> faults) {
        if (value.isJsonObject()
                && value.getAsJsonObject().has("min_length")
                && value.getAsJsonObject().has("max_length")
                && value.getAsJsonObject().get("min_length").getAsInt()
                        > value.getAsJsonObject().get("max_length").getAsInt()) {
            faults.accept(at + " has a min_length over its max_length");
        }
    }
}
