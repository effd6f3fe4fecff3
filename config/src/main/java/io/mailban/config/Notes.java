package io.mailban.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** What is noticed while one file is read: its faults, the keys that were asked for, the nodes that were seen. */
final class Notes {
    private static final Pattern INDEX = Pattern.compile("\\[[0-9]+]");
    private static final int LONGEST_VALUE = 60;

    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> asked = new TreeSet<>();
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    /** By line, in the order in which they were found. */
    List<Fault> faults() {
        return faults.stream().sorted(Comparator.comparingInt(Fault::line)).toList();
    }

    /** Every key that would have been read, a list's without its index: {@code servers[].host}. */
    Set<String> asked() {
        return asked;
    }

    void ask(String key) {
        asked.add(INDEX.matcher(key).replaceAll("[]"));
    }

    void fault(int line, String key, String what) {
        faults.add(new Fault(line, key, "", what));
    }

    /** A value that is not what was expected. */
    void unfit(int line, String key, String value, String expected) {
        String shown = shown(value);
        faults.add(new Fault(line, key, shown, "expected " + expected + ", not " + shown));
    }

    /** Whether this node is met for the first time; an alias brings the same one again, perhaps a million times. */
    boolean isNew(Node node) {
        return seen.add(node);
    }

    /** On one line, not too long, in quotes where it could be misread. */
    private static String shown(String value) {
        StringBuilder text = new StringBuilder();
        value.codePoints().limit(LONGEST_VALUE).forEach(c -> {
            if (Character.isISOControl(c)) {
                text.append(String.format("\\u%04x", c));
            } else {
                text.appendCodePoint(c);
            }
        });
        if (value.codePointCount(0, value.length()) > LONGEST_VALUE) {
            text.append('…');
        }
        return text.isEmpty() || text.indexOf(" ") >= 0 || text.indexOf(",") >= 0
                ? "\"" + text + "\""
                : text.toString();
    }
}
