package io.mailban.config;

import io.mailban.chat.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of the file, asked key by key. Every fault goes to the notes, and what has one is empty, so that reading
 * goes on to the next.
 */
final class Section {
    private final Notes notes;
    private final String path;
    private final int line;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final List<String> known = new ArrayList<>();

    private Section(Notes notes, String path, int line) {
        this.notes = notes;
        this.path = path;
        this.line = line;
    }

    /** Parses one value's text. */
    interface Parsing<T> {
        T of(String text) throws Unfit;
    }

    /** Reads what is below a key. */
    interface Body<T> {
        T of(Section section);
    }

    /** Reads a whole file's mapping; keys that {@code body} does not ask for are faults. */
    static <T> Optional<T> read(Notes notes, String path, Node node, Body<T> body) {
        if (!(node instanceof MappingNode mapping)) {
            notes.fault(line(node), path, "expected keys with values, such as name: mail1, not " + kind(node));
            return Optional.empty();
        }
        Section section = new Section(notes, path, line(node));
        section.enter(mapping);
        T result = body.of(section);
        section.refuseUnknown();
        return Optional.of(result);
    }

    /** A single value; empty where it is missing or unfit. */
    <T> Optional<T> value(String key, Parsing<T> parsing) {
        return node(key).flatMap(node -> value(path(key), node, parsing));
    }

    /** Whether anything stands there. */
    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** A single value that must be there. */
    <T> Optional<T> required(String key, String example, Parsing<T> parsing) {
        return isThere(key, example) ? value(key, parsing) : Optional.empty();
    }

    /** A secret that must be there. */
    <T> Optional<T> requiredSecret(String key, String example, Parsing<T> parsing) {
        return isThere(key, example) ? secret(key, parsing) : Optional.empty();
    }

    /** The values of a list that must be there, with one at least; empty where there was a fault. */
    <T> List<T> some(String key, String example, Parsing<T> parsing) {
        if (!isThere(key, "[" + example + "]")) {
            return List.of();
        }
        @Nullable NodeTuple entry = entries.get(key);
        if (entry != null
                && entry.getValueNode() instanceof SequenceNode list
                && list.getValue().isEmpty()) {
            fault(key, "holds none; add one, such as " + key + ": [" + example + "]");
        }
        return values(key, parsing).orElse(List.of());
    }

    private boolean isThere(String key, String example) {
        if (!has(key)) {
            notes.ask(path(key));
            known.add(key);
            notes.fault(line, path, key + " is missing; add one, such as " + key + ": " + example);
        }
        return has(key);
    }

    /** A secret: like a value, and never shown. */
    <T> Optional<T> secret(String key, Parsing<T> parsing) {
        return node(key).flatMap(node -> scalar(path(key), node)).flatMap(scalar -> {
            try {
                return Optional.of(parsing.of(scalar.getValue()));
            } catch (Unfit e) {
                notes.fault(line(scalar), path(key), e.expected());
                return Optional.empty();
            }
        });
    }

    /** Each value of a list that can be parsed. */
    <T> Optional<List<T>> values(String key, Parsing<T> parsing) {
        return each(key, (item, node) -> value(item, node, parsing));
    }

    /** A mapping below this one. */
    <T> Optional<T> section(String key, Body<T> body) {
        return node(key).flatMap(node -> read(notes, path(key), node, body));
    }

    /** The mappings of a list; {@code body} is told each one's place in it. */
    <T> Optional<List<T>> sections(String key, Body<Optional<T>> body) {
        return each(key, (item, node) -> read(notes, item, node, body).flatMap(found -> found));
    }

    /** Notes a fault of a value that was fine by itself. */
    void fault(String key, String what) {
        @Nullable NodeTuple entry = entries.get(key);
        notes.fault(entry == null ? line : line(entry.getValueNode()), path(key), what);
    }

    /** The line of a key's value. */
    int line(String key) {
        @Nullable NodeTuple entry = entries.get(key);
        return entry == null ? line : line(entry.getValueNode());
    }

    private interface Item<T> {
        Optional<T> of(String path, Node node);
    }

    private <T> Optional<List<T>> each(String key, Item<T> item) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return Optional.empty();
        }
        if (!(node.get() instanceof SequenceNode sequence)) {
            notes.fault(
                    line(node.get()),
                    path(key),
                    "expected a list, each on a line after \"- \", not " + kind(node.get()));
            return Optional.empty();
        }
        List<T> items = new ArrayList<>();
        int number = 0;
        for (Node element : sequence.getValue()) {
            String place = path(key) + "[" + number++ + "]";
            if (isOurs(place, element)) {
                item.of(place, element).ifPresent(items::add);
            }
        }
        return Optional.of(items);
    }

    private <T> Optional<T> value(String key, Node node, Parsing<T> parsing) {
        Optional<ScalarNode> scalar = scalar(key, node);
        if (scalar.isEmpty()) {
            return Optional.empty();
        }
        String text = scalar.get().getValue();
        try {
            return Optional.of(parsing.of(text));
        } catch (Unfit e) {
            notes.unfit(line(node), key, text, e.expected());
            return Optional.empty();
        }
    }

    private Optional<ScalarNode> scalar(String key, Node node) {
        if (node instanceof ScalarNode scalar) {
            return Optional.of(scalar);
        }
        notes.fault(line(node), key, "expected a single value, not " + kind(node));
        return Optional.empty();
    }

    private Optional<Node> node(String key) {
        notes.ask(path(key));
        known.add(key);
        @Nullable NodeTuple entry = entries.get(key);
        if (entry == null) {
            return Optional.empty();
        }
        Node node = entry.getValueNode();
        if (node.getTag().equals(Tag.NULL)) {
            notes.fault(line(entry.getKeyNode()), path(key), "has no value; give it one, or leave the key out");
            return Optional.empty();
        }
        return isOurs(path(key), node) ? Optional.of(node) : Optional.empty();
    }

    private boolean isOurs(String key, Node node) {
        if (!notes.isNew(node)) {
            notes.fault(line(node), key, "an alias (*) can't be used in this file; write the value out");
            return false;
        }
        return true;
    }

    private void enter(MappingNode mapping) {
        for (NodeTuple entry : mapping.getValue()) {
            if (!(entry.getKeyNode() instanceof ScalarNode key)) {
                notes.fault(line(entry.getKeyNode()), path, "a key is one word, not " + kind(entry.getKeyNode()));
                continue;
            }
            @Nullable NodeTuple first = entries.putIfAbsent(key.getValue(), entry);
            if (first != null) {
                notes.fault(
                        line(key),
                        path(key.getValue()),
                        "stands twice; it is on line " + line(first.getKeyNode()) + " too");
            }
        }
    }

    private void refuseUnknown() {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                List<String> free = known.stream()
                        .filter(name -> !entries.containsKey(name))
                        .toList();
                String mending = Nearest.of(key, free)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> "known are " + String.join(", ", known));
                notes.fault(line(entry.getKeyNode()), path(key), "unknown key; " + mending);
            }
        });
    }

    private String path(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private static int line(Node node) {
        return node.getStartMark().getLine() + 1;
    }

    private static String kind(Node node) {
        return switch (node) {
            case MappingNode _ -> "a mapping";
            case SequenceNode _ -> "a list";
            case ScalarNode scalar when scalar.getTag().equals(Tag.NULL) -> "nothing";
            case ScalarNode _ -> "a single value";
            case Node other -> other.getNodeId().toString();
        };
    }
}
