package io.mailban.ssh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what Python prints for strings, lists, tuples, sets and dictionaries ({@code repr}); {@code fail2ban-client}
 * prints some answers so, and JSON is read as well. Linear in the length of the text. Tuples and sets are read as lists, numbers and names as
 * strings.
 */
final class PythonText {
    private static final int DEEPEST = 8;

    private final String text;
    private int at;

    private PythonText(String text) {
        this.text = text;
    }

    /** The text is not such a value. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String words) {
            super(words);
        }
    }

    /** A value: a string, a list of values, or a dictionary. */
    sealed interface Value {
        /** A string, or anything else that stands for itself. */
        record Text(String text) implements Value {}

        /** A list, a tuple or a set. */
        record Many(List<Value> values) implements Value {}

        /** A dictionary, with its keys as text. */
        record Table(Map<String, Value> entries) implements Value {}
    }

    static Value read(String text) throws Unreadable {
        PythonText reader = new PythonText(text);
        Value value = reader.value(0);
        reader.skipSpace();
        if (reader.at < text.length()) {
            throw reader.unreadable();
        }
        return value;
    }

    private Value value(int depth) throws Unreadable {
        skipSpace();
        if (at >= text.length() || depth > DEEPEST) {
            throw unreadable();
        }
        char c = text.charAt(at);
        return switch (c) {
            case '[' -> many(']', depth);
            case '(' -> many(')', depth);
            case '{' -> tableOrSet(depth);
            case '\'', '"' -> new Value.Text(string(c));
            default -> word(depth);
        };
    }

    private Value many(char close, int depth) throws Unreadable {
        at++;
        List<Value> values = new ArrayList<>();
        while (!ends(close)) {
            values.add(value(depth + 1));
            separator(close);
        }
        return new Value.Many(values);
    }

    private Value tableOrSet(int depth) throws Unreadable {
        at++;
        Map<String, Value> entries = new LinkedHashMap<>();
        List<Value> values = new ArrayList<>();
        while (!ends('}')) {
            Value key = value(depth + 1);
            skipSpace();
            if (at < text.length() && text.charAt(at) == ':' && key instanceof Value.Text(var name)) {
                at++;
                entries.put(name, value(depth + 1));
            } else {
                values.add(key);
            }
            separator('}');
        }
        return values.isEmpty() ? new Value.Table(entries) : new Value.Many(values);
    }

    /** A number, {@code None}, a prefixed string ({@code b'…'}), or a call such as {@code set([…])}. */
    private Value word(int depth) throws Unreadable {
        int start = at;
        while (at < text.length() && ",:]})([{'\" \t\n".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        if (at == start) {
            throw unreadable();
        }
        if (at < text.length()) {
            char next = text.charAt(at);
            if (next == '\'' || next == '"') {
                return new Value.Text(string(next));
            }
            if (next == '(') {
                Value inside = many(')', depth);
                return inside instanceof Value.Many(var only) && only.size() == 1 ? only.getFirst() : inside;
            }
        }
        return new Value.Text(text.substring(start, at));
    }

    private String string(char quote) throws Unreadable {
        int start = ++at;
        while (at < text.length() && text.charAt(at) != quote && text.charAt(at) != '\\') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == quote) {
            return text.substring(start, at++);
        }
        StringBuilder read = new StringBuilder(text.substring(start, at));
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == quote) {
                return read.toString();
            }
            if (c == '\\' && at < text.length()) {
                escape(read);
            } else {
                read.append(c);
            }
        }
        throw unreadable();
    }

    private void escape(StringBuilder read) throws Unreadable {
        char c = text.charAt(at++);
        switch (c) {
            case 'n' -> read.append('\n');
            case 'r' -> read.append('\r');
            case 't' -> read.append('\t');
            case 'b' -> read.append('\b');
            case 'f' -> read.append('\f');
            case 'x' -> code(read, 2);
            case 'u' -> code(read, 4);
            case 'U' -> code(read, 8);
            default -> read.append(c);
        }
    }

    private void code(StringBuilder read, int digits) throws Unreadable {
        try {
            read.appendCodePoint(Integer.parseInt(text, at, at + digits, 16));
            at += digits;
        } catch (IndexOutOfBoundsException | IllegalArgumentException _) {
            throw unreadable();
        }
    }

    private boolean ends(char close) throws Unreadable {
        skipSpace();
        if (at >= text.length()) {
            throw unreadable();
        }
        if (text.charAt(at) == close) {
            at++;
            return true;
        }
        return false;
    }

    private void separator(char close) throws Unreadable {
        skipSpace();
        if (at < text.length() && text.charAt(at) == ',') {
            at++;
        } else if (at >= text.length() || text.charAt(at) != close) {
            throw unreadable();
        }
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) <= ' ') {
            at++;
        }
    }

    private Unreadable unreadable() {
        String around = text.substring(Math.clamp(at - 20, 0, text.length()), Math.min(text.length(), at + 20));
        return new Unreadable("not a Python value at character " + at + ": " + around);
    }
}
