package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.deploy.shell.Errand.Consent;
import io.mailban.deploy.shell.Errand.Format;
import io.mailban.deploy.shell.Errand.Patience;
import io.mailban.terminal.Completions;
import io.mailban.terminal.Conversation.Pace;
import io.mailban.terminal.Look;
import io.mailban.terminal.Look.Frame;
import io.mailban.terminal.Look.Ink;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes over the socket. First the client says what it wants: {@code errand}, or {@code chat} with its pace, and its
 * look. Then lines from it ({@code line}, {@code interrupt}, {@code width}), and from the bot {@code out}, {@code err},
 * {@code ask}, {@code prompt}, {@code words}, and {@code exit} as the last.
 */
final class Language {
    /** Raised when either side would misread the other. */
    static final int VERSION = 1;

    static final String LINE = "line";
    static final String INTERRUPT = "interrupt";
    static final String END = "end";
    static final String OUT = "out";
    static final String ERR = "err";
    static final String ASK = "ask";
    static final String PROMPT = "prompt";
    static final String EXIT = "exit";
    static final String WIDTH = "width";
    private static final String WORDS = "words";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Language() {}

    /** What a client wants. */
    sealed interface Wish {
        /** How its text is to look. */
        Look look();

        /** One command. */
        record Command(Errand errand, Look look) implements Wish {}

        /** A conversation. */
        record Chat(Pace pace, Look look) implements Wish {}
    }

    static ObjectNode write(Wish wish) {
        ObjectNode node = JSON.objectNode().put("version", VERSION);
        switch (wish) {
            case Wish.Command(var errand, var look) ->
                look(node, look)
                        .put("errand", errand.line())
                        .put("format", errand.format().name())
                        .put("consent", errand.consent().name())
                        .put("patience", errand.patience().name());
            case Wish.Chat(var pace, var look) -> look(node, look).put("chat", pace.name());
        }
        return node;
    }

    /** Reads a wish; empty where it is of another version, or none. */
    static Optional<Wish> wish(JsonNode node) {
        if (node.path("version").asInt() != VERSION) {
            return Optional.empty();
        }
        try {
            Look look = new Look(
                    node.path(WIDTH).asInt(80),
                    ZoneId.of(node.path("zone").asText()),
                    Ink.valueOf(node.path("ink").asText()),
                    Frame.valueOf(node.path("frame").asText()));
            return Optional.of(
                    node.has("chat")
                            ? new Wish.Chat(Pace.valueOf(node.path("chat").asText()), look)
                            : new Wish.Command(
                                    new Errand(
                                            node.path("errand").asText(),
                                            Format.valueOf(node.path("format").asText()),
                                            Consent.valueOf(node.path("consent").asText()),
                                            Patience.valueOf(
                                                    node.path("patience").asText())),
                                    look));
        } catch (IllegalArgumentException | DateTimeException _) {
            return Optional.empty();
        }
    }

    static ObjectNode text(String key, String text) {
        return JSON.objectNode().put(key, text);
    }

    static ObjectNode number(String key, int number) {
        return JSON.objectNode().put(key, number);
    }

    static ObjectNode words(Completions completions) {
        ObjectNode node = JSON.objectNode();
        ObjectNode words = node.putObject(WORDS);
        put(words, "commands", completions.commands());
        put(words, "servers", completions.servers());
        put(words, "jails", completions.jails());
        put(words, "seen", completions.seen());
        return node;
    }

    static Optional<Completions> words(JsonNode node) {
        JsonNode words = node.path(WORDS);
        return words.isObject()
                ? Optional.of(new SentWords(
                        list(words, "commands"), list(words, "servers"), list(words, "jails"), list(words, "seen")))
                : Optional.empty();
    }

    /** Words as they were sent. */
    record SentWords(List<String> commands, List<String> servers, List<String> jails, List<String> seen)
            implements Completions {
        static final SentWords NONE = new SentWords(List.of(), List.of(), List.of(), List.of());
    }

    private static ObjectNode look(ObjectNode node, Look look) {
        return node.put(WIDTH, look.width())
                .put("zone", look.zone().getId())
                .put("ink", look.ink().name())
                .put("frame", look.frame().name());
    }

    private static void put(ObjectNode node, String key, List<String> words) {
        ArrayNode array = node.putArray(key);
        words.forEach(array::add);
    }

    private static List<String> list(JsonNode node, String key) {
        List<String> words = new ArrayList<>();
        node.path(key).forEach(word -> words.add(word.asText()));
        return List.copyOf(words);
    }
}
