package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.audit.AuditEntry;
import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.history.Happening;
import io.mailban.history.History;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Unreachable;
import io.mailban.reply.ReplyWriter;
import java.util.Locale;
import java.util.OptionalInt;

/** The answer to {@code history} as JSON, in the form of {@link DiagnosisJson}. */
final class HistoryJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private HistoryJson() {}

    static ObjectNode of(History history) {
        ObjectNode root = JSON.objectNode();
        root.put("query", history.question().toString());
        root.put("asked_at", history.askedAt().toString());
        ArrayNode happenings = root.putArray("happenings");
        history.happenings().forEach(happening -> happenings.add(of(happening)));
        ArrayNode servers = root.putArray("servers");
        history.logs().forEach((name, tracing) -> {
            ObjectNode server = servers.addObject().put("server", name.name());
            switch (tracing) {
                case Unreachable(var _, var obstacle) -> {
                    server.put("outcome", "unreachable");
                    server.setAll(ListsJson.obstacle(obstacle));
                }
                case Tracing.Traced traced -> {
                    server.put("outcome", "answered");
                    DiagnosisJson.put(
                            server, "mail_log_begins", traced.mailLog().begins());
                    server.put(
                            "mail_log_fault",
                            traced.mailLog().fault().map(ReplyWriter::fault).orElse(null));
                    DiagnosisJson.put(server, "ban_log_begins", traced.banLog().begins());
                    server.put(
                            "ban_log_fault",
                            traced.banLog().fault().map(ReplyWriter::fault).orElse(null));
                }
            }
        });
        return root;
    }

    private static ObjectNode of(Happening happening) {
        ObjectNode node = JSON.objectNode();
        return switch (happening) {
            case Happening.Banned ban -> {
                node.put("kind", "banned").put("at", ban.at().toString());
                node.put("server", ban.server().name())
                        .put("jail", ban.jail().name())
                        .put("id", ban.id().text());
                DiagnosisJson.put(node, "until", ban.until());
                yield put(node, "failures", ban.failures());
            }
            case Happening.Unbanned end ->
                node.put("kind", "unbanned")
                        .put("at", end.at().toString())
                        .put("server", end.server().name())
                        .put("jail", end.jail().name())
                        .put("id", end.id().text());
            case Happening.Decided(var entry) -> decision(node, entry);
            case Happening.Counted run ->
                run(node, "counted", run)
                        .put("server", run.server().name())
                        .put("jail", run.jail().name())
                        .put("id", run.id().text());
            case Happening.Failed run ->
                run(node, "failed", run)
                        .put("server", run.server().name())
                        .put("address", run.address().map(Address::text).orElse(null))
                        .put("mailbox", run.mailbox().map(Mailbox::name).orElse(null))
                        .put("protocol", run.protocol().map(DiagnosisJson::word).orElse(null))
                        .put("cause", DiagnosisJson.word(run.cause()));
            case Happening.LoggedIn run ->
                run(node, "logged_in", run)
                        .put("server", run.server().name())
                        .put("address", run.address().map(Address::text).orElse(null))
                        .put("mailbox", run.mailbox().name())
                        .put("protocol", DiagnosisJson.word(run.protocol()));
        };
    }

    private static ObjectNode decision(ObjectNode node, AuditEntry entry) {
        node.put("kind", "decision")
                .put("at", entry.at().toString())
                .put("act", entry.act().name().toLowerCase(Locale.ROOT))
                .put("who", entry.who().id().toString())
                .put("subject", entry.subject())
                .put("request", entry.request().orElse(null))
                .put("reason", entry.reason())
                .put("result", entry.result());
        return node;
    }

    private static ObjectNode run(ObjectNode node, String kind, Happening.Run run) {
        return node.put("kind", kind)
                .put("at", run.at().toString())
                .put("first", run.first().toString())
                .put("count", run.count());
    }

    private static ObjectNode put(ObjectNode node, String key, OptionalInt number) {
        return number.isPresent() ? node.put(key, number.getAsInt()) : node.putNull(key);
    }
}
