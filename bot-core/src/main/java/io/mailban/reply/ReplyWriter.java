package io.mailban.reply;

import io.mailban.access.AccessPolicy;
import io.mailban.access.GroupId;
import io.mailban.access.Person;
import io.mailban.access.Role;
import io.mailban.access.Verdict;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalId;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.ChainVerdict;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Mailbox;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Form;
import io.mailban.chat.Span;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.BanRoll;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.examination.Check;
import io.mailban.examination.Examination;
import io.mailban.examination.Mendings;
import io.mailban.examination.SlackExamination;
import io.mailban.history.History;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import io.mailban.privacy.Erasure;
import io.mailban.report.Reporting;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Everything that a person reads, in one place. Pure; thread-safe. */
public final class ReplyWriter {
    /** Keys of the answers to {@link #unbanForm} and {@link #denyForm}. */
    public static final String REASON = "reason";

    /** Likewise: the name of a {@link io.mailban.approval.DeviceState}. */
    public static final String DEVICE = "device";

    private static final int MOST_LINES = 40;
    private static final int MOST_AROUND = 10;

    private ReplyWriter() {}

    /** The answer to {@code check}. */
    public static Card diagnosis(Diagnosis diagnosis) {
        return DiagnosisWriter.write(diagnosis);
    }

    /** The log lines behind a diagnosis, for the one who asked: the newest of them. */
    public static Card lines(Diagnosis diagnosis) {
        List<Fact> facts = new ArrayList<>();
        for (Diagnosis.OfServer server : diagnosis.servers()) {
            List<Trace> lines = server.lines();
            int from = Math.max(0, lines.size() - MOST_LINES);
            if (from > 0) {
                facts.add(new Fact(
                        server.server().name(),
                        Phrase.of(from + " older lines are left out").spans()));
            }
            for (Trace line : lines.subList(from, lines.size())) {
                facts.add(new Fact(
                        server.server().name(), new Phrase().code(line.line()).spans()));
            }
        }
        return facts.isEmpty()
                ? Card.of(
                        Tone.NEWS,
                        Phrase.of("the logs have no line about " + diagnosis.question())
                                .spans())
                : new Card(
                        Tone.PLAIN,
                        Phrase.of("log lines about " + diagnosis.question()).spans(),
                        facts,
                        List.of());
    }

    /** A request, wherever it is in its life. */
    public static Card request(Approval approval) {
        return RequestWriter.write(approval);
    }

    /** A request that was there already: told to the one who asked again. */
    public static Card joined(Approval approval, Person who) {
        Phrase words = approval.requester().is(who)
                ? Phrase.of("you have asked for this already, at ")
                : Phrase.of("this was asked for already, by ")
                        .someone(approval.requester())
                        .words(" at ");
        return Card.of(
                Tone.WAITING,
                words.at(approval.requestedAt(), Style.MINUTE)
                        .words(approval.requester().is(who) ? ": it is request " : ": request ")
                        .code(approval.id().value())
                        .words(approval.requester().is(who) ? "" : " counts for both")
                        .spans());
    }

    /** A lift that nobody was asked for: to those who could have been. */
    public static Card emergencyNotice(Approval approval) {
        return RequestWriter.emergencyNotice(approval);
    }

    /** What has become of a request, in one sentence beside its card. */
    public static Card news(Approval approval) {
        return NewsWriter.write(approval);
    }

    /** Why a request can't be taken back. */
    public static Card notWithdrawn(ApprovalDecider.Withdrawing why) {
        return switch (why) {
            case ApprovalDecider.Withdrawing.NotYours(var approval) ->
                Card.of(
                        Tone.REFUSAL,
                        Phrase.of("request ")
                                .code(approval.id().value())
                                .words(" is ")
                                .someone(approval.requester())
                                .words("'s, who alone can withdraw it")
                                .spans());
            case ApprovalDecider.Withdrawing.TooLate(var approval) -> tooLate(approval);
            case ApprovalDecider.Withdrawing.Withdrawn _ -> throw new IllegalArgumentException("it is withdrawn");
        };
    }

    /** What is asked before an unban is requested. */
    public static Form unbanForm(CardAction action) {
        return new Form(
                action,
                "Request unban",
                List.of(
                        new Form.Question.Line(REASON, "Why should it be lifted?"),
                        new Form.Question.Choice(
                                DEVICE,
                                "Does the device have the right password now?",
                                List.of(
                                        new Form.Option("PASSWORD_CHANGED", "Yes, it is changed"),
                                        new Form.Option("SWITCHED_OFF", "The device is switched off"),
                                        new Form.Option(
                                                "NOT_YET", "Not yet: expect a new ban within minutes; ask anyway"),
                                        new Form.Option("UNKNOWN", "I don't know")))));
    }

    /** What is asked before a request is denied. */
    public static Form denyForm(CardAction action) {
        return new Form(action, "Deny", List.of(new Form.Question.Line(REASON, "Why not?")));
    }

    /** Nothing is there to lift. */
    public static Card nothingToLift(BannedId target, List<Ban> around, List<BanListing> silent) {
        List<Fact> facts = new ArrayList<>();
        boolean inside = target instanceof Network;
        for (Ban ban : around.stream().limit(MOST_AROUND).toList()) {
            facts.add(new Fact(
                    inside ? "inside it" : "around it",
                    new Phrase()
                            .code(ban.id().text())
                            .words(" is banned by ")
                            .code(ban.jail().name())
                            .words(inside ? ": " : "; lifting that lets the whole network in: ")
                            .code("unban " + ban.id().text())
                            .spans()));
        }
        if (around.size() > MOST_AROUND) {
            facts.add(new Fact(
                    "",
                    Phrase.of("and " + (around.size() - MOST_AROUND) + " more").spans()));
        }
        facts.addAll(ListWriter.silent(silent));
        Phrase verdict = new Phrase().code(target.text());
        String nothing = inside && !around.isEmpty()
                ? " itself is in no jail; " + Phrase.count(around.size(), "ban", "bans") + " inside it "
                        + (around.size() == 1 ? "stands" : "stand")
                : " is in no jail: there is nothing to lift";
        verdict.words(silent.isEmpty() ? nothing : ": no server that could be asked holds it in a jail");
        return new Card(silent.isEmpty() ? Tone.NEWS : Tone.WARNING, verdict.spans(), facts, List.of());
    }

    /** Servers that are no part of a plan, since they could not be asked. */
    public static Card leftOut(List<BanListing> silent) {
        return new Card(
                Tone.WARNING,
                Phrase.of("not every server could be asked; the request is for the others")
                        .spans(),
                ListWriter.silent(silent),
                List.of());
    }

    /** Why a vote does not count. */
    public static Card notCounted(ApprovalDecider.Voting why) {
        return switch (why) {
            case ApprovalDecider.Voting.NotAllowed(var refusal) -> refused(refusal);
            case ApprovalDecider.Voting.OwnRequest(var approval) ->
                Card.of(
                        Tone.REFUSAL,
                        Phrase.of("request ")
                                .code(approval.id().value())
                                .words(" is your own, and somebody else has to approve it")
                                .spans());
            case ApprovalDecider.Voting.CountedBefore(var approval) ->
                Card.of(
                        Tone.NEWS,
                        Phrase.of("your yes to request ")
                                .code(approval.id().value())
                                .words(" counts already, and once; " + RequestFacts.missing(approval.consent())
                                        + " needed, from somebody else")
                                .spans());
            case ApprovalDecider.Voting.TooLate(var approval) -> tooLate(approval);
            case ApprovalDecider.Voting.Counted _ -> throw new IllegalArgumentException("it counts");
        };
    }

    /** The request is past deciding: who did, or what did. */
    public static Card tooLate(Approval approval) {
        return NewsWriter.tooLate(approval);
    }

    /** There is no such request. */
    public static Card noSuchRequest(ApprovalId id) {
        return Card.of(
                Tone.WARNING,
                Phrase.of("there is no request ")
                        .code(id.value())
                        .words("; ")
                        .code("requests")
                        .words(" lists those that wait")
                        .spans());
    }

    /** Somebody may not. */
    public static Card refused(Verdict.Refused refusal) {
        String role = word(refusal.missing());
        if (refusal.isPassing()) {
            return Card.of(
                    Tone.REFUSAL,
                    Phrase.of("that takes the role " + role + ", which ")
                            .someone(refusal.person())
                            .words(" (" + refusal.person().id() + ") may hold by a group; who is in "
                                    + groups(refusal.unread())
                                    + " can't be read at the moment. Nothing was done: please try again in a minute")
                            .spans());
        }
        return Card.of(
                Tone.REFUSAL,
                Phrase.of("that takes the role " + role + ", which ")
                        .someone(refusal.person())
                        .words(" (" + refusal.person().id()
                                + ") does not hold; whoever keeps the configuration can give it under access:")
                        .spans());
    }

    private static String groups(Set<GroupId> groups) {
        return groups.stream().map(GroupId::group).sorted().collect(Collectors.joining(" and "));
    }

    /** What was typed could not be understood. */
    public static Card misread(String why) {
        return Card.of(Tone.WARNING, Phrase.of(why).spans());
    }

    /** Who is banned now, all of them. */
    public static Card bans(BanRoll roll) {
        return BansWriter.write(roll);
    }

    /** A page of who is banned now. */
    public static Card bans(BanRoll roll, CardAction.ListBans asked) {
        return BansWriter.write(roll, asked);
    }

    /** How the servers are. */
    public static Card servers(Map<ServerName, Description> descriptions) {
        return ListWriter.servers(descriptions);
    }

    /** What fail2ban did to one server's own users. */
    public static Card report(Reporting reporting) {
        return ReportWriter.write(reporting);
    }

    /** What waits for approval. */
    public static Card requests(List<Approval> waiting) {
        return ListWriter.requests(waiting);
    }

    /** The last that was done. */
    public static Card audit(List<AuditEntry> entries) {
        return AuditWriter.entries(entries);
    }

    /** What happened to an address or a mailbox. */
    public static Card history(History history) {
        return HistoryWriter.write(history);
    }

    /** Whether the audit log is what was written. */
    public static Card audit(ChainVerdict verdict) {
        return AuditWriter.verdict(verdict);
    }

    /** What was examined on a server, check by check; how to mend it is told apart, to be copied. */
    public static Card examination(Examination examination) {
        return ExaminationWriter.write(examination);
    }

    /**
     * How to mend what was found: what to do where, each with the lines to be copied, which are for no one to wrap.
     *
     * @param mendings who knows the commands
     */
    public static Map<String, List<String>> mendings(Examination examination, Mendings mendings) {
        return ExaminationWriter.mendings(examination, mendings);
    }

    /** What was examined of the Slack app, likewise. */
    public static Card examination(SlackExamination examination) {
        return ExaminationWriter.write(examination);
    }

    /** How to mend what was found with the Slack app: where, each with the lines that say it. */
    public static Map<String, List<String>> mendings(SlackExamination examination) {
        return ExaminationWriter.mendings(examination);
    }

    /** What a check found, in one sentence. */
    public static List<Span> sentence(Check check) {
        return ExaminationWriter.sentence(check).spans();
    }

    /** Why a log could not be read. */
    public static String fault(Tracing.Fault fault) {
        return switch (fault) {
            case Tracing.Fault.Said(var words) -> words;
            case Tracing.Fault.HostAway(var _, var obstacle) -> "can't be asked: " + Obstacles.words(obstacle);
        };
    }

    /** What stands between us and a server, and what to do about it, for the one who sets it up. */
    public static String obstacle(Obstacle obstacle) {
        return Obstacles.words(obstacle);
    }

    /** How much was erased, in words. */
    public static String erased(Erasure erasure) {
        return ErasureWriter.inWords(erasure);
    }

    /** A mailbox's name was erased. */
    public static Card forgotten(Mailbox mailbox, Erasure erasure) {
        return ErasureWriter.forgotten(mailbox, erasure);
    }

    /** What this person may do. */
    public static Card help(Person person, AccessPolicy policy) {
        return HelpWriter.write(person, policy);
    }

    /** Something is wrong with the bot itself; {@code what} names it. */
    public static Card broken(String what) {
        return Card.of(
                Tone.WARNING, Phrase.of("Mailban could not do that: " + what).spans());
    }

    static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /** Whether a person may use a command, as help sees it. */
    static boolean may(Person person, AccessPolicy policy, Role role) {
        return policy.decide(person, role) instanceof Verdict.Allowed;
    }
}
