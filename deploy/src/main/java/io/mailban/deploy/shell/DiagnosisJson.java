package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Finding.AddressUse;
import io.mailban.known.Whose;
import io.mailban.mailserver.FirewallSearch.Entry;
import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.Lifting;
import io.mailban.mailserver.Tracing.Horizon;
import io.mailban.reply.ReplyWriter;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The answer to {@code check} as JSON: instants in UTC, durations in seconds, an absence as null. */
final class DiagnosisJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private DiagnosisJson() {}

    static ObjectNode of(Diagnosis diagnosis) {
        ObjectNode root = JSON.objectNode();
        root.put("query", diagnosis.question().toString());
        root.put("asked_at", diagnosis.askedAt().toString());
        root.put("worst", kind(diagnosis.worst()));
        ArrayNode servers = root.putArray("servers");
        for (Diagnosis.OfServer server : diagnosis.servers()) {
            ObjectNode one = servers.addObject();
            one.put("server", server.server().name());
            one.put("outcome", outcome(server.findings()));
            ArrayNode findings = one.putArray("findings");
            server.findings().forEach(finding -> write(finding).forEach(findings::add));
        }
        return root;
    }

    private static String outcome(List<Finding> findings) {
        for (Finding finding : findings) {
            if (finding instanceof Finding.ServerUnreachable) {
                return "unreachable";
            }
            if (finding instanceof Finding.Fail2banDown) {
                return "fail2ban_silent";
            }
        }
        return "answered";
    }

    static String kind(Finding finding) {
        return switch (finding) {
            case Finding.Banned _ -> "banned";
            case Finding.CoveredByNetwork _ -> "covered_by_network";
            case Finding.LeftInFirewall _ -> "left_in_firewall";
            case Finding.OtherFirewall _ -> "not_fail2ban";
            case Finding.SiblingBanned _ -> "sibling_banned";
            case Finding.GuessWorked _ -> "guess_worked";
            case Finding.Failing _ -> "failing";
            case Finding.LoginsFail _ -> "logins_fail";
            case Finding.SignInAgain _ -> "sign_in_again";
            case Finding.WithoutDomain _ -> "without_domain";
            case Finding.OtherTrouble trouble -> word(trouble.kind());
            case Finding.NoSuchMailbox _ -> "no_such_mailbox";
            case Finding.OnlyConnects _ -> "only_connects";
            case Finding.NotDelivering _ -> "not_delivering";
            case Finding.Fail2banDown _ -> "fail2ban_down";
            case Finding.ServerUnreachable _ -> "unreachable";
            case Finding.LogsUnread _ -> "logs_unread";
            case Finding.NotPublic _ -> "not_public";
            case Finding.GettingIn _ -> "getting_in";
            case Finding.Exempt _ -> "exempt";
            case Finding.BanEnded _ -> "ban_ended";
            case Finding.NoTrace _ -> "no_trace";
            case Finding.MailboxUse _ -> "mailbox_use";
        };
    }

    /** One object for each finding; for bans in several jails one for each jail. */
    private static List<ObjectNode> write(Finding finding) {
        if (finding instanceof Finding.Banned banned) {
            return banned.bans().stream()
                    .map(ban -> {
                        ObjectNode node = begin(banned);
                        node.put("address", banned.address().text());
                        node.put("jail", ban.jail().name());
                        put(node, "since", ban.since());
                        put(node, "until", ban.until());
                        node.set("because", CauseJson.of(banned.cause()));
                        node.set("blocks", closes(banned.closes()));
                        node.put("manner", word(banned.manner()));
                        node.set("marks", CauseJson.marks(banned.marks()));
                        node.set("whose", whose(banned.whose()));
                        put(node, "last_delivery", banned.delivery().map(Finding.Delivery::at));
                        node.put("unban", Lifting.command(ban.jail(), ban.id()));
                        return node;
                    })
                    .toList();
        }
        ObjectNode node = begin(finding);
        switch (finding) {
            case Finding.Banned _ -> throw new IllegalArgumentException("written above, jail by jail");
            case Finding.CoveredByNetwork covered -> {
                node.put("address", covered.address().text());
                node.put("network", covered.network().text());
                node.put("jail", covered.ban().jail().name());
                put(node, "since", covered.ban().since());
                put(node, "until", covered.ban().until());
                node.set("blocks", closes(covered.closes()));
                node.put("manner", word(covered.manner()));
                node.set("marks", CauseJson.marks(covered.marks()));
                node.set("whose", whose(covered.whose()));
            }
            case Finding.Failing failing -> {
                node.put("address", failing.address().text());
                node.put("jail", failing.jail().name());
                node.put("failures", failing.failures());
                node.put("max_retry", failing.maxRetry());
                node.put("find_time", failing.findTime().toSeconds());
                node.set("because", CauseJson.of(failing.cause()));
                node.set("whose", whose(failing.whose()));
            }
            case Finding.LeftInFirewall(var address, var entries) -> {
                node.put("address", address.text());
                node.set("places", places(entries));
            }
            case Finding.OtherFirewall(var address, var entries) -> {
                node.put("address", address.text());
                node.set("places", places(entries));
            }
            case Finding.SiblingBanned sibling -> {
                node.put("address", sibling.address().text());
                node.put("sibling", sibling.sibling().text());
                node.put("mailbox", sibling.mailbox().name());
                node.set("bans", bans(sibling.bans()));
            }
            case Finding.GuessWorked guess -> {
                node.put("address", guess.address().text());
                node.set("tried", mailboxes(guess.names()));
                node.set("got_in", mailboxes(guess.gotIn()));
                node.put("at", guess.at().toString());
            }
            case Finding.LoginsFail fail -> {
                node.put("address", fail.address().text());
                node.set("because", CauseJson.of(fail.cause()));
                node.set("whose", whose(fail.whose()));
            }
            case Finding.SignInAgain sign -> {
                node.put("address", sign.address().text());
                node.put("mailbox", sign.mailbox().map(Mailbox::name).orElse(null));
                node.put("attempts", sign.attempts());
                node.put("last", sign.last().toString());
            }
            case Finding.WithoutDomain without -> {
                node.put("address", without.address().text());
                node.put("tried", without.tried().name());
                node.put("mailbox", without.full().name());
                node.put("attempts", without.attempts());
                node.put("last", without.last().toString());
            }
            case Finding.OtherTrouble trouble -> {
                node.put("address", trouble.address().map(Address::text).orElse(null));
                node.put("mailbox", trouble.mailbox().map(Mailbox::name).orElse(null));
                node.put("times", trouble.times());
                node.put("last", trouble.last().toString());
            }
            case Finding.NoSuchMailbox none -> {
                node.put("mailbox", none.mailbox().name());
                node.put("attempts", none.attempts());
                node.put("refused_as_unknown", none.refusedAsUnknown());
                node.set("mail_log", horizon(none.mailLog()));
            }
            case Finding.OnlyConnects connects -> {
                node.put("address", connects.address().text());
                node.put("times", connects.times());
                node.put("protocol", word(connects.protocol()));
                node.put("last", connects.last().toString());
            }
            case Finding.NotDelivering stuck -> {
                node.put("mailbox", stuck.mailbox().name());
                node.put("failed_at", stuck.failedAt().toString());
                put(node, "last_delivery", stuck.lastDelivered());
            }
            case Finding.Fail2banDown(var cause, var words) ->
                node.put("why", word(cause)).put("words", words);
            case Finding.ServerUnreachable(var obstacle, var last) -> {
                node.setAll(ListsJson.obstacle(obstacle));
                node.set(
                        "last_known",
                        last.<JsonNode>map(DiagnosisJson::lastKnown).orElseGet(JSON::nullNode));
            }
            case Finding.LogsUnread(var logs) -> {
                ArrayNode unread = node.putArray("logs");
                logs.forEach(log -> unread.add(horizon(log)));
            }
            case Finding.NotPublic(var address, var scope) ->
                node.put("address", address.text()).put("scope", word(scope));
            case Finding.GettingIn in -> {
                node.put("address", in.address().text());
                node.put("last_login", in.lastLogin().toString());
                node.put("mailbox", in.mailbox().name());
                node.put("protocol", word(in.protocol()));
                node.set("whose", whose(in.whose()));
            }
            case Finding.Exempt(var address, var jails) ->
                node.put("address", address.text()).set("jails", jails(jails));
            case Finding.BanEnded(var address, var jail, var at) ->
                node.put("address", address.text()).put("jail", jail.name()).put("at", at.toString());
            case Finding.NoTrace none -> {
                node.set("mail_log", horizon(none.mailLog()));
                node.set("ban_log", horizon(none.banLog()));
            }
            case Finding.MailboxUse use -> {
                node.put("mailbox", use.mailbox().name());
                node.put("standing", word(use.standing()));
                node.set("own", uses(use.own()));
                node.set("others", uses(use.others()));
            }
        }
        return List.of(node);
    }

    private static ObjectNode begin(Finding finding) {
        return JSON.objectNode().put("kind", kind(finding));
    }

    static ObjectNode whose(Whose whose) {
        ObjectNode node = JSON.objectNode();
        switch (whose) {
            case Whose.Known known -> {
                node.put("kind", "known");
                node.put("mailbox", known.mailbox().name());
                node.put("logins", known.logins());
                node.put("since", known.since().toString());
                node.set("others", mailboxes(known.others()));
            }
            case Whose.Listed _ -> node.put("kind", "listed");
            case Whose.Perhaps(var mailbox, var logins, var last) ->
                node.put("kind", "perhaps")
                        .put("mailbox", mailbox.name())
                        .put("logins", logins)
                        .put("last", last.toString());
            case Whose.Unknown(var names) -> node.put("kind", "unknown").set("tried", mailboxes(names));
            case Whose.Suspicious(var names, var gotIn, var regulars) -> {
                node.put("kind", "suspicious");
                node.set("tried", mailboxes(names));
                node.set("got_in", mailboxes(gotIn));
                node.set("regulars", mailboxes(regulars));
            }
        }
        return node;
    }

    /** Ports, {@code "everything"}, or null where it is not known. */
    static JsonNode closes(Closes closes) {
        return switch (closes) {
            case Closes.Ports(var ports) -> {
                ArrayNode array = JSON.arrayNode();
                ports.forEach(array::add);
                yield array;
            }
            case Closes.Everything _ -> JSON.textNode("everything");
            case Closes.NothingKnown _ -> JSON.nullNode();
        };
    }

    private static ObjectNode lastKnown(Finding.LastKnown known) {
        ObjectNode node = JSON.objectNode().put("at", known.at().toString());
        node.set("bans", bans(known.bans()));
        return node;
    }

    private static ArrayNode bans(List<Ban> bans) {
        ArrayNode array = JSON.arrayNode();
        bans.forEach(ban -> array.add(ListsJson.ban(ban)));
        return array;
    }

    private static ArrayNode places(List<Entry> entries) {
        ArrayNode array = JSON.arrayNode();
        entries.forEach(entry -> array.add(entry.place().text()));
        return array;
    }

    private static ArrayNode uses(List<AddressUse> uses) {
        ArrayNode array = JSON.arrayNode();
        for (AddressUse use : uses) {
            ObjectNode node = array.addObject();
            node.put("address", use.address().text());
            node.put("logins", use.logins());
            node.put("failures", use.failures());
            node.put("last", use.last().toString());
            node.set("banned_in", jails(use.bannedIn()));
            node.set("whose", whose(use.whose()));
        }
        return array;
    }

    static ArrayNode jails(Collection<Jail> jails) {
        ArrayNode array = JSON.arrayNode();
        jails.stream().sorted().forEach(jail -> array.add(jail.name()));
        return array;
    }

    static ArrayNode mailboxes(Collection<Mailbox> mailboxes) {
        ArrayNode array = JSON.arrayNode();
        mailboxes.stream().sorted().forEach(mailbox -> array.add(mailbox.name()));
        return array;
    }

    static ObjectNode horizon(Horizon log) {
        ObjectNode node = JSON.objectNode().put("source", log.source());
        put(node, "begins", log.begins());
        node.put("fault", log.fault().map(ReplyWriter::fault).orElse(null));
        return node;
    }

    static void put(ObjectNode node, String key, Optional<Instant> at) {
        node.put(key, at.map(Instant::toString).orElse(null));
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
