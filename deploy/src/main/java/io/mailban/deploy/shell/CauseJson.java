package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.diagnosis.BanCause;
import io.mailban.diagnosis.Mark;
import java.time.Duration;
import java.util.List;

/** Why a ban was made, and what is out of the ordinary about it, in the form of {@link DiagnosisJson}. */
final class CauseJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private CauseJson() {}

    static ObjectNode of(BanCause cause) {
        ObjectNode node = JSON.objectNode();
        switch (cause) {
            case BanCause.FailedLogins failed -> {
                node.put("kind", "failed_logins");
                node.put("attempts", failed.attempts());
                node.set("mailboxes", DiagnosisJson.mailboxes(failed.names()));
                node.put("protocol", failed.protocol().map(DiagnosisJson::word).orElse(null));
                node.put("reason", DiagnosisJson.word(failed.reason()));
                node.put("first", failed.first().toString());
                node.put("last", failed.last().toString());
                node.put(
                        "every",
                        failed.rhythm().every().map(Duration::toSeconds).orElse(null));
                node.put("passwords", DiagnosisJson.word(failed.rhythm().passwords()));
            }
            case BanCause.Forged(var by, var lines, var last) ->
                node.put("kind", "forged")
                        .put("by", by.text())
                        .put("lines", lines)
                        .put("last", last.toString());
            case BanCause.NoLoginTried(var connections, var last) ->
                node.put("kind", "no_login_tried")
                        .put("connections", connections)
                        .put("last", last.toString());
            case BanCause.RejectedRecipients(var recipients, var last) ->
                node.put("kind", "rejected_recipients")
                        .put("recipients", recipients)
                        .put("last", last.toString());
            case BanCause.OtherLines(var found, var last) ->
                node.put("kind", "other_lines").put("found", found).put("last", last.toString());
            case BanCause.BannedBefore(var bans, var last) ->
                node.put("kind", "banned_before").put("bans", bans).put("last", last.toString());
            case BanCause.ByHand _ -> node.put("kind", "by_hand");
            case BanCause.NotInLogs _ -> node.put("kind", "not_in_logs");
        }
        return node;
    }

    static ArrayNode marks(List<Mark> marks) {
        ArrayNode array = JSON.arrayNode();
        marks.forEach(mark -> array.add(of(mark)));
        return array;
    }

    private static ObjectNode of(Mark mark) {
        ObjectNode node = JSON.objectNode();
        switch (mark) {
            case Mark.StillGetsThrough(var times, var protocol, var last) ->
                node.put("kind", "no_effect")
                        .put("times", times)
                        .put("protocol", DiagnosisJson.word(protocol))
                        .put("last", last.toString());
            case Mark.NotInFirewall _ -> node.put("kind", "not_in_firewall");
            case Mark.EndsSoon(var until) -> node.put("kind", "ends_soon").put("until", until.toString());
            case Mark.NearRecidive(var bans, var maxRetry, var findTime) ->
                node.put("kind", "near_recidive")
                        .put("bans", bans)
                        .put("max_retry", maxRetry)
                        .put("find_time", findTime.toSeconds());
            case Mark.ByHand(var jails) -> node.put("kind", "by_hand").set("jails", DiagnosisJson.jails(jails));
            case Mark.ComesBack(var every, var bans) ->
                node.put("kind", "comes_back")
                        .put("every", every.map(Duration::toSeconds).orElse(null))
                        .put("bans", bans);
            case Mark.SharedByMany(var scope, var mailboxes) ->
                node.put("kind", "shared")
                        .put("scope", DiagnosisJson.word(scope))
                        .set("mailboxes", DiagnosisJson.mailboxes(mailboxes));
        }
        return node;
    }
}
