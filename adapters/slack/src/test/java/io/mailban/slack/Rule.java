package io.mailban.slack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What Slack demands of a piece of JSON; says each fault in one sentence that begins with where it is. */
@FunctionalInterface
interface Rule {
    void check(JsonElement value, String at, Consumer<String> faults);

    /** Both. */
    default Rule and(Rule other) {
        return (value, at, faults) -> {
            check(value, at, faults);
            other.check(value, at, faults);
        };
    }

    static Rule any() {
        return (_, _, _) -> {};
    }

    static Rule yesOrNo() {
        return (value, at, faults) -> {
            if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
                faults.accept(at + " is " + value + ", not true or false");
            }
        };
    }

    static Rule integer(int least, int most) {
        return (value, at, faults) -> {
            if (!value.isJsonPrimitive()
                    || !value.getAsString().matches("-?\\d{1,9}")
                    || value.getAsInt() < least
                    || value.getAsInt() > most) {
                faults.accept(at + " is " + value + ", not a number from " + least + " to " + most);
            }
        };
    }

    /** Characters are counted as Slack does, in UTF-16 units. */
    static Rule string(int least, int most) {
        return (value, at, faults) -> {
            if (!isString(value)) {
                faults.accept(at + " is " + value + ", not a text");
            } else if (value.getAsString().length() < least) {
                faults.accept(at + " is empty");
            } else if (value.getAsString().length() > most) {
                faults.accept(at + " has " + value.getAsString().length() + " characters, at most " + most
                        + " are allowed: "
                        + value.getAsString().substring(0, Math.min(20, most)) + "…");
            }
        };
    }

    static Rule string(int most) {
        return string(1, most);
    }

    static Rule matching(String pattern) {
        return (value, at, faults) -> {
            if (!isString(value) || !value.getAsString().matches(pattern)) {
                faults.accept(at + " is " + value + ", which does not match " + pattern);
            }
        };
    }

    static Rule url() {
        return string(3000).and(matching("https?://[^\\s<>|]+"));
    }

    static Rule oneOf(String... words) {
        return (value, at, faults) -> {
            if (!isString(value) || !Arrays.asList(words).contains(value.getAsString())) {
                faults.accept(at + " is " + value + ", not one of " + String.join(", ", words));
            }
        };
    }

    static Rule list(int least, int most, Rule each) {
        return (value, at, faults) -> {
            if (!value.isJsonArray()) {
                faults.accept(at + " is no list");
                return;
            }
            JsonArray list = value.getAsJsonArray();
            if (list.size() < least) {
                faults.accept(at + " has " + list.size() + " entries, at least " + least + " are needed");
            }
            if (list.size() > most) {
                faults.accept(at + " has " + list.size() + " entries, at most " + most + " are allowed");
            }
            for (int i = 0; i < list.size(); i++) {
                each.check(list.get(i), at + "[" + i + "]", faults);
            }
        };
    }

    /** No two entries that give the same. */
    static Rule distinct(String what, Function<JsonObject, String> of) {
        return (value, at, faults) -> {
            Set<String> seen = new HashSet<>();
            for (JsonElement each : value.isJsonArray() ? value.getAsJsonArray() : new JsonArray()) {
                String one = each.isJsonObject() ? of.apply(each.getAsJsonObject()) : "";
                if (!one.isEmpty() && !seen.add(one)) {
                    faults.accept(at + " has the " + what + " " + one + " twice");
                }
            }
        };
    }

    /** One of several kinds, told apart by {@code type}. */
    static Rule oneOf(Map<String, Rule> byType) {
        return (value, at, faults) -> {
            String type = value.isJsonObject() ? Json.text(value.getAsJsonObject(), "type") : "";
            Rule rule = byType.get(type);
            if (rule == null) {
                faults.accept(at + " is of type '" + type + "', here only these are allowed: "
                        + byType.keySet().stream().sorted().collect(Collectors.joining(", ")));
            } else {
                rule.check(value, at, faults);
            }
        };
    }

    /** A field of an object. */
    record Field(String name, Need need, Rule rule) {}

    /** Whether an object can be without it. */
    enum Need {
        MUST,
        MAY
    }

    static Field must(String name, Rule rule) {
        return new Field(name, Need.MUST, rule);
    }

    static Field may(String name, Rule rule) {
        return new Field(name, Need.MAY, rule);
    }

    /** An object with these fields and no others, as Slack's schemas are. */
    static Rule object(Field... fields) {
        Set<String> known = Stream.of(fields).map(Field::name).collect(Collectors.toSet());
        Rule whole = partly(fields);
        return (value, at, faults) -> {
            whole.check(value, at, faults);
            if (value.isJsonObject()) {
                value.getAsJsonObject().keySet().stream()
                        .filter(key -> !known.contains(key))
                        .forEach(key -> faults.accept(at + " has the field " + key + ", which Slack does not know"));
            }
        };
    }

    /** An object with these fields and perhaps others. */
    static Rule partly(Field... fields) {
        return (value, at, faults) -> {
            if (!value.isJsonObject()) {
                faults.accept(at + " is " + value + ", not an object");
                return;
            }
            for (Field field : List.of(fields)) {
                JsonElement inside = value.getAsJsonObject().get(field.name());
                if (inside != null) {
                    field.rule().check(inside, at + "." + field.name(), faults);
                } else if (field.need() == Need.MUST) {
                    faults.accept(at + " lacks " + field.name());
                }
            }
        };
    }

    private static boolean isString(JsonElement value) {
        return value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
    }
}
