package io.mailban.reply;

import io.mailban.approval.Approval;
import io.mailban.approval.Stage;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.CardAction.ListBans;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Remark;
import io.mailban.mailserver.Unreachable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes lists: servers, requests. Pure. */
final class ListWriter {
    /** Each has two buttons, and somebody has to find the right one. */
    private static final int MOST_WITH_BUTTONS = 10;

    private static final int MOST_COMMANDS = 10;

    private ListWriter() {}

    static List<Fact> silent(List<BanListing> listings) {
        List<Fact> facts = new ArrayList<>();
        for (BanListing listing : listings) {
            switch (listing) {
                case Unreachable(var server, var obstacle) -> {
                    facts.add(new Fact(
                            server.name(),
                            Phrase.of("can't be asked: " + Obstacles.words(obstacle))
                                    .spans()));
                    facts.add(new Fact(
                            "",
                            Phrase.of(Obstacles.mending(obstacle, server.name()))
                                    .spans()));
                }
                case Fail2banSilent quiet -> {
                    facts.add(new Fact(
                            quiet.server().name(),
                            Phrase.of(Explanations.silent(quiet.cause())).spans()));
                    facts.add(new Fact(
                            "", Phrase.of(Explanations.mending(quiet.cause())).spans()));
                }
                case BanListing.Standing _ -> {}
            }
        }
        return facts;
    }

    static Card servers(Map<ServerName, Description> descriptions) {
        List<Fact> facts = new ArrayList<>();
        int well = 0;
        for (Map.Entry<ServerName, Description> entry : descriptions.entrySet()) {
            switch (entry.getValue()) {
                case Description.Described server -> {
                    well++;
                    facts.add(new Fact(
                            entry.getKey().name(),
                            Phrase.of("fail2ban " + server.fail2banVersion() + ", "
                                            + Phrase.count(server.jails().size(), "jail", "jails") + ": "
                                            + String.join(
                                                    ", ",
                                                    server.jails().stream()
                                                            .map(jail ->
                                                                    jail.jail().name())
                                                            .toList()))
                                    .spans()));
                    facts.add(new Fact("", mailLog(server).spans()));
                    facts.add(new Fact(
                            "",
                            Phrase.of("ban log ")
                                    .code(server.banLog())
                                    .words(", zone " + server.zone())
                                    .spans()));
                    server.remarks()
                            .forEach(remark -> facts.add(
                                    new Fact("", Phrase.of(remark(remark)).spans())));
                }
                case Fail2banSilent silent -> facts.addAll(silent(List.of(silent)));
                case Unreachable unreachable -> facts.addAll(silent(List.of(unreachable)));
            }
        }
        return new Card(
                well == descriptions.size() ? Tone.GOOD : Tone.WARNING,
                Phrase.of(well + " of " + Phrase.count(descriptions.size(), "server", "servers") + " answered")
                        .spans(),
                facts,
                List.of(listBans()));
    }

    /** Who is banned on all of them. */
    static Button listBans() {
        return new Button("List bans", new CardAction.ListBans(Optional.empty(), Optional.empty(), ListBans.ANEW));
    }

    private static Phrase mailLog(Description.Described server) {
        if (server.mailLogs().isEmpty()) {
            return Phrase.of("no mail log");
        }
        Phrase logs = Phrase.of("mail log ").code(String.join(", ", server.mailLogs()));
        return server.newestLine().isPresent()
                ? logs.words(", newest line ").at(server.newestLine().get(), Style.AGO)
                : logs.words(", empty");
    }

    private static String remark(Remark remark) {
        return switch (remark) {
            case Remark.ClockOff(var ahead) ->
                ExaminationWriter.ahead(ahead)
                        + ": the times here are translated, those in its logs are not; sudo timedatectl set-ntp true";
            case Remark.MailLogAway(var host, var obstacle) ->
                "the mail log is on " + host + ", which can't be asked: " + Obstacles.words(obstacle) + "; "
                        + Obstacles.mending(obstacle, host);
        };
    }

    /** Those that wait, oldest first and the first of them with buttons, and those that are being carried out. */
    static Card requests(List<Approval> open) {
        List<Approval> waiting = open.stream()
                .filter(approval -> approval.stage() instanceof Stage.Requested)
                .toList();
        List<Approval> first = waiting.stream().limit(MOST_WITH_BUTTONS).toList();
        List<Fact> facts = new ArrayList<>();
        List<Button> buttons = new ArrayList<>();
        for (Approval approval : first) {
            facts.add(line(approval));
            facts.addAll(commands(approval));
            buttons.add(new ApproveButton(approval).labelled("Approve " + approval.id()));
            buttons.add(new Button("Deny " + approval.id(), new CardAction.Deny(approval.id())));
        }
        open.stream().filter(approval -> !first.contains(approval)).forEach(approval -> facts.add(line(approval)));
        if (waiting.size() > first.size()) {
            facts.add(new Fact(
                    "buttons",
                    Phrase.of("for the oldest " + first.size() + "; the other " + (waiting.size() - first.size())
                                    + " get theirs here as those are decided, or are answered by ")
                            .code("approve REQUEST")
                            .words(" and ")
                            .code("deny REQUEST WHY")
                            .spans()));
        }
        return waiting.isEmpty()
                ? new Card(Tone.GOOD, Phrase.of("no request waits for approval").spans(), facts, List.of())
                : new Card(
                        Tone.WAITING,
                        Phrase.of(Phrase.count(waiting.size(), "request waits", "requests wait") + " for approval")
                                .spans(),
                        facts,
                        buttons);
    }

    private static Fact line(Approval approval) {
        return new Fact(
                approval.id().value(),
                RequestWriter.verdict(approval)
                        .words(" ")
                        .quoted(approval.reason())
                        .spans());
    }

    private static List<Fact> commands(Approval approval) {
        List<Phrase> all = new PlanWords(approval.plan()).commands();
        List<Fact> facts = new ArrayList<>();
        all.stream().limit(MOST_COMMANDS).forEach(command -> facts.add(new Fact("", command.spans())));
        if (all.size() > MOST_COMMANDS) {
            facts.add(new Fact(
                    "",
                    Phrase.of("and " + (all.size() - MOST_COMMANDS)
                                    + " more like these; the request's own card has every one")
                            .spans()));
        }
        return facts;
    }
}
