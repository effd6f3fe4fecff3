package io.mailban.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what was sent to Slack for strangers' text that acts there: calls people, links, reorders what is read. */
public final class WireHarm {
    private static final Pattern EVERYBODY = Pattern.compile("<!(?:here|channel|everyone)[^>]*>");
    /** Slack makes calls of these by itself where a text is not verbatim. */
    private static final Pattern BARE_CALL =
            Pattern.compile("(?<![\\p{L}\\p{N}._+-])@(?:here|channel|everyone)(?![\\p{L}\\p{N}_])");

    private static final Pattern SOMEBODY = Pattern.compile("<(?:@([UW][A-Z0-9]+)|!subteam\\^(S[A-Z0-9]+))[^>]*>");
    private static final Pattern LINK = Pattern.compile("<(?:https?:|mailto:|#)[^>]*>");
    /** Controls except for a line's end, line separators, marks that turn the direction of writing, a byte order mark. */
    private static final Pattern RAW =
            Pattern.compile("[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029\\u061c\\u200e\\u200f"
                    + "\\u202a-\\u202e\\u2066-\\u2069\\ufeff]");

    private static final Pattern CODE = Pattern.compile("`[^`\\n]+`");
    private static final Set<String> UNREAD =
            Set.of("value", "action_id", "block_id", "private_metadata", "accessibility_label");

    private WireHarm() {}

    /**
     * One sentence for each harm in a kept file.
     *
     * @param expected whether this person or group, by id, is meant to be called
     */
    public static List<String> faults(Path kept, Predicate<String> expected) {
        try {
            JsonObject file = JsonParser.parseString(Files.readString(kept)).getAsJsonObject();
            return faults(Json.text(file, "method"), file.get("body"), expected);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> faults(String method, JsonElement body, Predicate<String> expected) {
        List<String> faults = new ArrayList<>();
        if (body.isJsonObject()) {
            if (Json.text(body.getAsJsonObject(), "link_names").matches("true|1")) {
                faults.add(method + ".link_names makes mentions of names that strangers chose");
            }
            if (Json.text(body.getAsJsonObject(), "parse").equals("full")) {
                faults.add(method + ".parse makes mentions and links of what strangers wrote");
            }
        }
        look(body, method, Face.MARKUP, expected, faults::add);
        return faults;
    }

    /** How Slack reads a text. */
    private enum Face {
        MARKUP,
        /** Shown as it is, or not at all. */
        PLAIN
    }

    private static void look(
            JsonElement element, String at, Face face, Predicate<String> expected, Consumer<String> faults) {
        if (element.isJsonObject()) {
            JsonObject object = element.getAsJsonObject();
            Face inside = Json.text(object, "type").equals("plain_text") ? Face.PLAIN : face;
            object.entrySet()
                    .forEach(each -> look(
                            each.getValue(),
                            at + "." + each.getKey(),
                            UNREAD.contains(each.getKey()) ? Face.PLAIN : inside,
                            expected,
                            faults));
        } else if (element.isJsonArray()) {
            for (int i = 0; i < element.getAsJsonArray().size(); i++) {
                look(element.getAsJsonArray().get(i), at + "[" + i + "]", face, expected, faults);
            }
        } else if (element.isJsonPrimitive()) {
            read(element.getAsString(), at, face, expected, faults);
        }
    }

    private static void read(String text, String at, Face face, Predicate<String> expected, Consumer<String> faults) {
        found(EVERYBODY, text, at + " calls everybody", faults);
        if (face == Face.MARKUP) {
            found(BARE_CALL, CODE.matcher(text).replaceAll(""), at + " could call everybody", faults);
            found(LINK, text, at + " has a link", faults);
        }
        Matcher somebody = SOMEBODY.matcher(text);
        while (somebody.find()) {
            String id = somebody.group(1) != null ? somebody.group(1) : somebody.group(2);
            if (!expected.test(id)) {
                faults.accept(at + " calls " + id + ", whom the test did not expect to be called: " + somebody.group());
            }
        }
        Matcher raw = RAW.matcher(text);
        if (raw.find()) {
            faults.accept(String.format(Locale.ROOT, "%s has the character U+%04X raw", at, (int)
                    raw.group().charAt(0)));
        }
    }

    private static void found(Pattern pattern, String text, String what, Consumer<String> faults) {
        Matcher matcher = pattern.matcher(text);
        if (matcher.find()) {
            faults.accept(what + ": " + matcher.group());
        }
    }
}
