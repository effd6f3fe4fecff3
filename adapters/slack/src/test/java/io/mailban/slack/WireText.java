package io.mailban.slack;

import static io.mailban.slack.Rule.may;
import static io.mailban.slack.Rule.must;
import static io.mailban.slack.Rule.object;
import static io.mailban.slack.Rule.oneOf;
import static io.mailban.slack.Rule.string;
import static io.mailban.slack.Rule.yesOrNo;

import com.google.gson.JsonElement;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Slack's text objects and its markup, {@code mrkdwn}. */
final class WireText {
    private static final Pattern ENTITY = Pattern.compile("&(?!(?:amp|lt|gt);)");
    private static final Pattern ANGLE = Pattern.compile("<([^<>]*)>");
    private static final Pattern DATE =
            Pattern.compile("!date\\^\\d{1,11}\\^([^|^]+)(?:\\^https?://[^|^]+)?\\|(.+)", Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("(?:https?://|mailto:)[^|\\s]+(?:\\|[^|]+)?");
    private static final Pattern MENTION = Pattern.compile(
            "@[UW][A-Z0-9]+|#[CG][A-Z0-9]+(?:\\|.*)?|!subteam\\^S[A-Z0-9]+(?:\\|.*)?|!(?:here|channel|everyone)");
    private static final Pattern TOKEN = Pattern.compile("\\{([^}]*)}?");
    private static final String TOKENS = "date_num|date_slash|date|date_short|date_long|date_pretty|date_short_pretty"
            + "|date_long_pretty|time|time_secs|ago|day_divider_pretty";

    private WireText() {}

    /** An object of type {@code plain_text}. */
    static Rule plain(int most) {
        return object(must("type", oneOf("plain_text")), must("text", words(most)), may("emoji", yesOrNo()));
    }

    /** An object of type {@code mrkdwn}. */
    static Rule mrkdwn(int most) {
        return object(
                must("type", oneOf("mrkdwn")), must("text", words(most).and(markup())), may("verbatim", yesOrNo()));
    }

    /** Either. */
    static Rule either(int most) {
        return oneOf(Map.of("plain_text", plain(most), "mrkdwn", mrkdwn(most)));
    }

    private static Rule words(int most) {
        return string(most).and((value, at, faults) -> {
            if (value.isJsonPrimitive() && value.getAsString().isBlank()) {
                faults.accept(at + " has nothing to read");
            }
        });
    }

    /** Entities whole, every angle bracket part of something that Slack reads. */
    static Rule markup() {
        return (value, at, faults) -> {
            if (value.isJsonPrimitive()) {
                markup(value, at, faults);
            }
        };
    }

    private static void markup(JsonElement value, String at, Consumer<String> faults) {
        String text = value.getAsString();
        Matcher bare = ENTITY.matcher(text);
        if (bare.find()) {
            faults.accept(at + " has an & that is no entity of Slack's: " + near(text, bare.start()));
        }
        Matcher angle = ANGLE.matcher(text);
        while (angle.find()) {
            inside(angle.group(1), at, faults);
        }
        String rest = angle.reset().replaceAll("");
        int open = Math.max(rest.indexOf('<'), rest.indexOf('>'));
        if (open >= 0) {
            faults.accept(at + " has an angle bracket without its other: " + near(rest, open));
        }
    }

    private static void inside(String inside, String at, Consumer<String> faults) {
        Matcher date = DATE.matcher(inside);
        if (date.matches()) {
            Matcher token = TOKEN.matcher(date.group(1));
            while (token.find()) {
                if (!token.group(1).matches(TOKENS)) {
                    faults.accept(at + " has a date with " + token.group() + ", which Slack does not know");
                }
            }
        } else if (!LINK.matcher(inside).matches() && !MENTION.matcher(inside).matches()) {
            faults.accept(at + " has <" + inside + ">, which Slack can't read");
        }
    }

    private static String near(String text, int at) {
        return text.substring(Math.max(0, at - 20), Math.min(text.length(), at + 20));
    }
}
