package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.ban.ServerName;
import io.mailban.bot.ExemptionKeeper.Ending;
import io.mailban.bot.ExemptionPlanner.Planning;
import io.mailban.bot.Restraint.Holding;
import io.mailban.exemption.Exemption;
import io.mailban.restraint.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Exemptions, the switch and the limit as JSON. */
final class RestraintJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private RestraintJson() {}

    static ObjectNode list(List<Exemption> all, Map<ServerName, String> troubles, Instant now) {
        ObjectNode root = beside(JSON.objectNode(), all, now);
        ObjectNode trouble = root.putObject("trouble");
        troubles.forEach((server, words) -> trouble.put(server.name(), words));
        return root;
    }

    /** An answer, with these exemptions under {@code exemptions}. */
    static ObjectNode beside(ObjectNode answer, List<Exemption> exemptions, Instant now) {
        ArrayNode array = answer.putArray("exemptions");
        exemptions.forEach(one -> {
            ObjectNode node = array.addObject()
                    .put("server", one.server().name())
                    .put("address", one.address().text())
                    .put("state", one.phase(now).name().toLowerCase(Locale.ROOT))
                    .put("from", one.from().toString())
                    .put("until", one.until().toString())
                    .put("by", one.by().id().toString())
                    .put("request", one.request().value())
                    .put("reason", one.reason());
            ObjectNode jails = node.putObject("jails");
            one.entries()
                    .forEach(
                            (jail, owner) -> jails.put(jail.name(), owner.name().toLowerCase(Locale.ROOT)));
        });
        return answer;
    }

    /** An answer, with the switch under {@code read_only}. */
    static ObjectNode beside(ObjectNode answer, Mode mode) {
        switch (mode) {
            case Mode.ReadsAndWrites _ -> answer.put("read_only", false);
            case Mode.ConfiguredReadOnly _ -> answer.put("read_only", true).put("read_only_by", "configuration");
            case Mode.SwitchedReadOnly(var by, var since) ->
                answer.put("read_only", true)
                        .put("read_only_by", by.id().toString())
                        .put("read_only_since", since.toString());
        }
        return answer;
    }

    static ObjectNode mode(Mode mode) {
        return beside(JSON.objectNode(), mode);
    }

    static ObjectNode of(Holding.Held held) {
        return switch (held) {
            case Holding.ReadOnly(var mode) -> beside(JSON.objectNode().put("outcome", "held"), mode);
            case Holding.TooMuch(var who, var kind, var most, var next) ->
                JSON.objectNode()
                        .put("outcome", "held")
                        .put("person", who.id().toString())
                        .put("kind", kind.name().toLowerCase(Locale.ROOT))
                        .put("limit_per_hour", most)
                        .put("next", next.toString());
        };
    }

    static ObjectNode notPlanned(Planning planning) {
        return switch (planning) {
            case Planning.TooLong(var asked, var longest) ->
                JSON.objectNode()
                        .put("outcome", "too_long")
                        .put("asked", asked.toString())
                        .put("longest", longest.toString());
            case Planning.ExemptAlready(var address, var _) ->
                JSON.objectNode().put("outcome", "exempt_already").put("address", address.text());
            case Planning.Planned _ -> throw new IllegalArgumentException("it is planned");
        };
    }

    static ObjectNode of(Ending ending, Instant now) {
        return switch (ending) {
            case Ending.NoneStands _ -> JSON.objectNode().put("outcome", "none_stands");
            case Ending.Ended(var ended, var waiting) -> {
                ObjectNode node = beside(JSON.objectNode().put("outcome", "ended"), ended, now);
                ArrayNode left = node.putArray("waiting");
                waiting.forEach(one -> left.add(one.server().name()));
                yield node;
            }
        };
    }
}
