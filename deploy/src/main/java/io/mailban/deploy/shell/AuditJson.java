package io.mailban.deploy.shell;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.audit.AuditChain.Links;
import io.mailban.audit.AuditField;
import io.mailban.audit.ChainCheck;
import io.mailban.audit.ChainLink;
import io.mailban.audit.ChainVerdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The audit log as JSON lines, with all that it takes to check them again: an erased value is null, {@code hash} is as
 * {@link ChainLink} says.
 */
public final class AuditJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private AuditJson() {}

    static List<ObjectNode> lines(Links links) {
        List<ObjectNode> lines = new ArrayList<>();
        String previous = links.previous();
        for (ChainLink link : links.links()) {
            lines.add(line(link, previous));
            previous = link.hash();
        }
        return lines;
    }

    private static ObjectNode line(ChainLink link, String previous) {
        ObjectNode node = JSON.objectNode();
        node.put("number", link.number());
        node.put("at", link.plain().at());
        node.put("act", link.plain().act());
        for (AuditField field : AuditField.values()) {
            ChainLink.Opening opening = link.values().get(field);
            node.put(
                    field.word(),
                    opening != null ? opening.value() : link.commitment(field).isEmpty() ? "" : null);
        }
        node.put("request", link.plain().request());
        ArrayNode where = node.putArray("where");
        link.plain()
                .where()
                .lines()
                .map(line -> line.split("\t", 2))
                .forEach(parts ->
                        where.addObject().put("server", parts[0]).put("jail", parts.length > 1 ? parts[1] : ""));
        node.put("erased", link.plain().erased());
        ObjectNode keys = node.putObject("keys");
        ObjectNode commitments = node.putObject("commitments");
        for (AuditField field : AuditField.values()) {
            ChainLink.Opening opening = link.values().get(field);
            if (opening != null) {
                keys.put(field.word(), opening.key());
            }
            commitments.put(field.word(), link.commitment(field));
        }
        return node.put("previous", previous).put("hash", link.hash());
    }

    /** Checks lines that were exported; the first says what it followed. */
    public static ChainVerdict check(List<String> lines, Optional<String> noted) {
        List<ChainLink> links = new ArrayList<>();
        String previous = ChainLink.BEGINNING;
        for (String line : lines) {
            Optional<JsonNode> node = parsed(line);
            if (node.isEmpty()) {
                return new ChainVerdict.Broken(
                        links.isEmpty() ? 1 : links.getLast().number() + 1,
                        "line " + (links.size() + 1) + " is not an entry as audit --json writes it");
            }
            String said = node.get().path("previous").asText();
            if (links.isEmpty()) {
                previous = said;
            } else if (!said.equals(links.getLast().hash())) {
                return new ChainVerdict.Broken(
                        links.getLast().number() + 1, "it does not follow the entry before it in the file");
            }
            links.add(link(node.get()));
        }
        if (!links.isEmpty() && links.getFirst().number() == 1 && !previous.equals(ChainLink.BEGINNING)) {
            return new ChainVerdict.Broken(1, "nothing can stand before it, and it says that something does");
        }
        return ChainCheck.against(noted, ChainCheck.piece(links, previous), links);
    }

    private static Optional<JsonNode> parsed(String line) {
        try {
            JsonNode node = MAPPER.readTree(line);
            // Written again it has to be the same line: nothing in it that the hash would not cover.
            return node instanceof ObjectNode object
                            && line(link(object), object.path("previous").asText())
                                    .toString()
                                    .equals(line)
                    ? Optional.of(node)
                    : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }

    private static ChainLink link(JsonNode node) {
        List<String> where = new ArrayList<>();
        node.path("where")
                .forEach(one -> where.add(
                        one.path("server").asText() + "\t" + one.path("jail").asText()));
        Map<AuditField, String> commitments = new EnumMap<>(AuditField.class);
        Map<AuditField, ChainLink.Opening> values = new EnumMap<>(AuditField.class);
        for (AuditField field : AuditField.values()) {
            commitments.put(field, node.path("commitments").path(field.word()).asText());
            if (node.path("keys").has(field.word())) {
                values.put(
                        field,
                        new ChainLink.Opening(
                                node.path("keys").path(field.word()).asText(),
                                node.path(field.word()).asText()));
            }
        }
        return new ChainLink(
                node.path("number").asLong(),
                new ChainLink.Plain(
                        node.path("at").asText(),
                        node.path("act").asText(),
                        node.path("request").asText(),
                        String.join("\n", where),
                        node.path("erased").asLong()),
                commitments,
                values,
                node.path("hash").asText());
    }

    /** {@code audit verify --json}. */
    public static ObjectNode verdict(ChainVerdict verdict) {
        return switch (verdict) {
            case ChainVerdict.Whole whole -> whole(JSON.objectNode().put("outcome", "whole"), whole);
            case ChainVerdict.Broken(var number, var why) ->
                JSON.objectNode().put("outcome", "broken").put("entry", number).put("why", why);
            case ChainVerdict.OtherHead(var noted, var now) ->
                whole(JSON.objectNode().put("outcome", "other_head").put("noted", noted), now);
        };
    }

    private static ObjectNode whole(ObjectNode node, ChainVerdict.Whole whole) {
        return node.put("first", whole.first())
                .put("last", whole.last())
                .put("erased_values", whole.erased())
                .put("head", whole.head());
    }

    /** A log that was changed is nothing that waits: 1. */
    public static Exit exit(ChainVerdict verdict) {
        return switch (verdict) {
            case ChainVerdict.Whole _ -> Exit.FINE;
            case ChainVerdict.Broken _, ChainVerdict.OtherHead _ -> Exit.KEPT_OUT;
        };
    }
}
