package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.ban.Mailbox;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Sweeping.Volume;
import io.mailban.report.Device;
import io.mailban.report.JailReview;
import io.mailban.report.JailReview.Advice;
import io.mailban.report.JailReview.Setting;
import io.mailban.report.LockOut;
import io.mailban.report.Report;
import io.mailban.report.Reporting;
import io.mailban.report.StaleDevice;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** The answer to {@code report} as JSON, in the form of {@link DiagnosisJson}. */
public final class ReportJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ReportJson() {}

    /** One object for all servers. */
    public static ObjectNode of(Collection<Reporting> reportings, Instant askedAt, Duration period) {
        ObjectNode root = JSON.objectNode();
        root.put("asked_at", askedAt.toString());
        root.put("days", period.toDays());
        ArrayNode servers = root.putArray("servers");
        for (Reporting reporting : reportings) {
            ObjectNode server =
                    servers.addObject().put("server", reporting.server().name());
            switch (reporting) {
                case Reporting.NotTold(var why) ->
                    server.put("outcome", "unreachable").setAll(ListsJson.obstacle(why.obstacle()));
                case Reporting.Told told -> {
                    server.put(
                            "outcome", told.description() instanceof Fail2banSilent ? "fail2ban_silent" : "answered");
                    write(told.report(), server);
                    server.set("read", read(told.volume(), told.report()));
                    server.put("settings_known", told.description() instanceof Description.Described);
                }
            }
        }
        return root;
    }

    private static void write(Report report, ObjectNode server) {
        server.put("from", report.from().toString());
        server.put("to", report.to().toString());
        server.put("locked_out_seconds", report.lasted().toSeconds());
        ObjectNode byJail = server.putObject("bans_by_jail");
        report.byJail().forEach((jail, count) -> byJail.put(jail.name(), count));
        ObjectNode byCause = server.putObject("lock_outs_by_cause");
        report.byCause().forEach((why, count) -> byCause.put(DiagnosisJson.word(why), count));
        ArrayNode lockOuts = server.putArray("lock_outs");
        report.lockOuts().forEach(lockOut -> lockOuts.add(lockOut(lockOut)));
        ArrayNode devices = server.putArray("devices");
        for (Report.Total total : report.devices()) {
            ObjectNode node = device(total.device());
            node.put("lock_outs", total.lockOuts());
            node.put("locked_out_seconds", total.lasted().toSeconds());
            ArrayNode jails = node.putArray("jails");
            total.jails().stream().sorted().forEach(jail -> jails.add(jail.name()));
            node.put("last", total.last().toString());
            devices.add(node);
        }
        server.put("perhaps_bans", report.perhaps());
        ArrayNode stale = server.putArray("failing_now");
        report.stale().forEach(device -> stale.add(stale(device)));
        ArrayNode jails = server.putArray("jails");
        report.jails().forEach(review -> jails.add(review(review)));
        server.putObject("others")
                .put("bans", report.others().bans())
                .put("addresses", report.others().addresses())
                .put("one_of", report.others().oneOf());
    }

    private static ObjectNode lockOut(LockOut lockOut) {
        ObjectNode node = JSON.objectNode().put("address", lockOut.address().text());
        ArrayNode mailboxes = node.putArray("mailboxes");
        lockOut.mailboxes().stream().sorted().forEach(mailbox -> mailboxes.add(mailbox.name()));
        ArrayNode jails = node.putArray("jails");
        lockOut.jails().forEach(jail -> jails.add(jail.name()));
        return node.put("since", lockOut.since().toString())
                .put("until", lockOut.until().toString())
                .put("seconds", lockOut.lasted().toSeconds())
                .put("because", DiagnosisJson.word(lockOut.why()));
    }

    private static ObjectNode device(Device device) {
        return JSON.objectNode()
                .put("address", device.address().text())
                .put("mailbox", device.mailbox().map(Mailbox::name).orElse(null));
    }

    private static ObjectNode stale(StaleDevice stale) {
        ObjectNode node = device(stale.device());
        node.put("protocol", stale.protocol().map(DiagnosisJson::word).orElse(null));
        node.put("because", DiagnosisJson.word(stale.why()));
        node.put("since", stale.since().toString());
        node.put("last", stale.last().toString());
        node.put("failures", stale.failures());
        node.put("pace_seconds", stale.pace().map(Duration::toSeconds).orElse(null));
        ObjectNode standing = node.putObject("standing");
        switch (stale.standing()) {
            case StaleDevice.Standing.Banned(var jail, var until) -> {
                standing.put("kind", "banned").put("jail", jail.name());
                DiagnosisJson.put(standing, "until", until);
            }
            case StaleDevice.Standing.Counted counted ->
                standing.put("kind", "counted")
                        .put("jail", counted.jail().name())
                        .put("failures", counted.failures())
                        .put("max_retry", counted.maxRetry())
                        .put("find_time", counted.findTime().toSeconds());
            case StaleDevice.Standing.NotCounted _ -> standing.put("kind", "not_counted");
        }
        return node;
    }

    private static ObjectNode review(JailReview review) {
        ObjectNode node = JSON.objectNode()
                .put("jail", review.jail().name())
                .put("max_retry", review.maxRetry())
                .put("find_time", review.findTime().toSeconds())
                .put("known_bans", review.knownBans())
                .put("other_bans", review.otherBans());
        node.putObject("replay").put("bans", review.replayed()).put("seen_again", review.seenAgain());
        ObjectNode advice = node.putObject("advice");
        switch (review.advice()) {
            case Advice.NothingToChange _ -> advice.put("kind", "nothing_to_change");
            case Advice.NotFromFailures _ -> advice.put("kind", "not_from_failures");
            case Advice.NoneWouldDo(var most) ->
                advice.put("kind", "none_would_do").put("most_failures", most);
            case Advice.TooDear(var least) -> {
                advice.put("kind", "too_dear");
                advice.set("setting", setting(Optional.of(least)));
            }
            case Advice.Change(var setting, var same) -> {
                advice.put("kind", "change");
                advice.set("setting", setting(Optional.of(setting)));
                advice.set("same_find_time", setting(same));
            }
        }
        return node;
    }

    private static JsonNode setting(Optional<Setting> setting) {
        if (setting.isEmpty()) {
            return JSON.nullNode();
        }
        Setting one = setting.get();
        ObjectNode node = JSON.objectNode()
                .put("max_retry", one.maxRetry())
                .put("find_time", one.findTime().toSeconds());
        node.putObject("price")
                .put("bans", one.price().bans())
                .put("delayed", one.price().delayed())
                .put("missed", one.price().missed())
                .put("delay_seconds", one.price().delay().toSeconds())
                .put("one_of", one.price().oneOf());
        return node;
    }

    private static ObjectNode read(Volume volume, Report report) {
        ObjectNode node = JSON.objectNode()
                .put("files", volume.files())
                .put("bytes", volume.onServer())
                .put("sent", volume.sent())
                .put("lines", volume.lines());
        node.set("mail_log", DiagnosisJson.horizon(report.mailLog()));
        node.set("ban_log", DiagnosisJson.horizon(report.banLog()));
        return node;
    }
}
