package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.approval.Approval;
import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.BanRoll;
import io.mailban.known.Whose;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Remark;
import io.mailban.mailserver.Unreachable;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Lists as JSON, in the form of {@link DiagnosisJson}. */
final class ListsJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ListsJson() {}

    static ObjectNode bans(BanRoll roll) {
        ObjectNode root = JSON.objectNode();
        roll.unheardOf().ifPresent(jail -> root.put("no_such_jail", jail.name()));
        ArrayNode servers = root.putArray("servers");
        roll.servers().forEach((name, answer) -> {
            ObjectNode server = servers.addObject().put("server", name.name());
            switch (answer.listing()) {
                case BanListing.Standing(var bans) -> {
                    server.put("outcome", "answered");
                    ArrayNode array = server.putArray("bans");
                    bans.forEach(ban -> array.add(ban(ban, answer.whose())));
                }
                case Fail2banSilent silent -> silent(server, silent);
                case Unreachable unreachable -> unreachable(server, unreachable.obstacle());
            }
        });
        return root;
    }

    static ObjectNode servers(Map<ServerName, Description> descriptions) {
        ObjectNode root = JSON.objectNode();
        ArrayNode servers = root.putArray("servers");
        descriptions.forEach((name, description) -> {
            ObjectNode server = servers.addObject().put("server", name.name());
            switch (description) {
                case Description.Described described -> {
                    server.put("outcome", "answered");
                    server.put("fail2ban", described.fail2banVersion());
                    server.put("zone", described.zone().getId());
                    ArrayNode jails = server.putArray("jails");
                    described.jails().forEach(jail -> jails.add(jail(jail)));
                    server.put("ban_log", described.banLog());
                    ArrayNode logs = server.putArray("mail_logs");
                    described.mailLogs().forEach(logs::add);
                    DiagnosisJson.put(server, "newest_line", described.newestLine());
                    described.remarks().forEach(remark -> remark(server, remark));
                }
                case Fail2banSilent silent -> silent(server, silent);
                case Unreachable unreachable -> unreachable(server, unreachable.obstacle());
            }
        });
        return root;
    }

    private static void remark(ObjectNode server, Remark remark) {
        switch (remark) {
            case Remark.ClockOff(var ahead) -> server.put("clock_ahead", ahead.toSeconds());
            case Remark.MailLogAway(var _, var obstacle) -> server.set("mail_log_unreachable", obstacle(obstacle));
        }
    }

    static ObjectNode requests(List<Approval> waiting) {
        ObjectNode root = JSON.objectNode();
        ArrayNode requests = root.putArray("requests");
        waiting.forEach(approval -> requests.add(RequestJson.of(approval)));
        return root;
    }

    static ObjectNode ban(Ban ban) {
        ObjectNode node = JSON.objectNode()
                .put("jail", ban.jail().name())
                .put("id", ban.id().text());
        DiagnosisJson.put(node, "since", ban.since());
        DiagnosisJson.put(node, "until", ban.until());
        return node;
    }

    private static ObjectNode ban(Ban ban, Map<Address, Whose> whose) {
        ObjectNode node = ban(ban);
        Whose owner = ban.id() instanceof Address address ? whose.get(address) : null;
        node.set("whose", owner == null ? JSON.nullNode() : DiagnosisJson.whose(owner));
        return node;
    }

    private static ObjectNode jail(JailSettings jail) {
        ObjectNode node = JSON.objectNode();
        node.put("jail", jail.jail().name());
        node.put("max_retry", jail.maxRetry());
        node.put("find_time", jail.findTime().toSeconds());
        node.put("ban_time", jail.banTime().map(Duration::toSeconds).orElse(null));
        node.set("blocks", DiagnosisJson.closes(jail.closes()));
        ArrayNode exempt = node.putArray("exempt");
        jail.exempt().forEach(id -> exempt.add(id.text()));
        return node;
    }

    private static void silent(ObjectNode server, Fail2banSilent silent) {
        server.put("outcome", "fail2ban_silent");
        server.put("why", DiagnosisJson.word(silent.cause()));
        server.put("words", silent.words());
    }

    private static void unreachable(ObjectNode server, Obstacle obstacle) {
        server.put("outcome", "unreachable");
        server.setAll(obstacle(obstacle));
    }

    /** What stands between us and a server: {@code why}, and what there is to say about it. */
    static ObjectNode obstacle(Obstacle obstacle) {
        ObjectNode node = JSON.objectNode();
        return switch (obstacle) {
            case Obstacle.NameUnknown(var host) ->
                node.put("why", "name_unknown").put("host", host);
            case Obstacle.PortClosed(var host, var port) ->
                node.put("why", "port_closed").put("host", host).put("port", port);
            case Obstacle.NoAnswer(var host, var port, var waited) ->
                node.put("why", "no_answer").put("host", host).put("port", port).put("waited", waited.toSeconds());
            case Obstacle.TurnedAway(var host, var port, var words) ->
                node.put("why", "turned_away")
                        .put("host", host)
                        .put("port", port)
                        .put("words", words);
            case Obstacle.LoginRefused(var user, var host, var tried) ->
                node.put("why", "login_refused")
                        .put("user", user)
                        .put("host", host)
                        .put("tried", tried);
            case Obstacle.KeyUnusable(var path, var fault) ->
                node.put("why", "key_unusable").put("path", path).put("words", fault);
            case Obstacle.HostKeyUnknown(var host, var type, var fingerprint) ->
                node.put("why", "host_key_unknown")
                        .put("host", host)
                        .put("key_type", type)
                        .put("fingerprint", fingerprint);
            case Obstacle.HostKeyChanged(var host, var type, var fingerprint) ->
                node.put("why", "host_key_changed")
                        .put("host", host)
                        .put("key_type", type)
                        .put("fingerprint", fingerprint);
            case Obstacle.HostKeyRevoked(var host, var fingerprint) ->
                node.put("why", "host_key_revoked").put("host", host).put("fingerprint", fingerprint);
            case Obstacle.Broken(var host, var words) ->
                node.put("why", "broken").put("host", host).put("words", words);
            case Obstacle.AtJumpHost(var jumpHost, var there) -> obstacle(there).put("jump_host", jumpHost);
            case Obstacle.NotForwarded(var jumpHost, var host, var port, var reason) ->
                node.put("why", "not_forwarded")
                        .put("reason", DiagnosisJson.word(reason))
                        .put("jump_host", jumpHost)
                        .put("host", host)
                        .put("port", port);
        };
    }
}
