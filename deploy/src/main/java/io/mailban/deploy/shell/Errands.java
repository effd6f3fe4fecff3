package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.access.Role;
import io.mailban.access.Verdict;
import io.mailban.approval.Approval;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.ChainVerdict;
import io.mailban.ban.ServerName;
import io.mailban.bot.Everywhere;
import io.mailban.chat.Command;
import io.mailban.chat.CommandParser;
import io.mailban.diagnosis.BanRoll;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Question;
import io.mailban.history.History;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Unreachable;
import io.mailban.reply.ReplyWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does what a command asks for, and answers it whole: text or JSON on standard output, and an exit status. */
public final class Errands {
    /** After this long, those servers that have answered are told without the others. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private final Desk desk;
    private final Caller caller;
    private final Errand errand;
    private final Answers answers;

    private Errands(Desk desk, Caller caller, Errand errand) {
        this.desk = desk;
        this.caller = caller;
        this.errand = errand;
        this.answers = new Answers(caller, errand.format(), desk.clock());
    }

    /** Does one. */
    public static Exit run(Errand errand, Desk desk, Caller caller) throws InterruptedException {
        return new Errands(desk, caller, errand).run();
    }

    private Exit run() throws InterruptedException {
        Command command = new CommandParser(desk.servers().names()).parse(errand.line());
        if (command instanceof Command.Misread(var why)) {
            return answers.misuse(why);
        }
        Optional<Verdict.Refused> refusal = refusal(command);
        if (refusal.isPresent()) {
            return answers.refused(refusal.get());
        }
        try (Progress _ = Progress.on(caller, "asking " + words(desk.servers().names()) + " …")) {
            return switch (command) {
                case Command.Check(var question, var server) -> check(question, server);
                case Command.History(var question, var server) -> history(question, server);
                case Command.Bans bans -> bans(bans);
                case Command.Servers _ -> servers();
                case Command.Requests _ -> requests();
                case Command.Audit(var most) -> audit(most);
                case Command.VerifyAudit(var head) -> verifyAudit(head);
                case Command.Forget(var mailbox) -> new Forgetting(desk, caller, errand, answers).forget(mailbox);
                case Command.Help _ ->
                    answers.show(desk.restraint().beside(ReplyWriter.help(caller.person(), desk.policy())), Exit.FINE);
                case Command.Unban unban -> unbanning().ask(unban);
                case Command.Approve(var id) -> unbanning().approve(id);
                case Command.Deny(var id, var why) -> unbanning().deny(id, why);
                case Command.Withdraw(var id) -> unbanning().withdraw(id);
                case Command.Emergency emergency -> unbanning().emergency(emergency);
                case Command.Exempt exempt -> restraining().exempt(exempt);
                case Command.EndExemption end -> restraining().end(end);
                case Command.Exemptions _ -> restraining().list();
                case Command.Mute mute -> quieting().mute(mute);
                case Command.EndMute end -> quieting().end(end);
                case Command.Mutes _ -> quieting().list();
                case Command.ReadOnly(var turn) -> restraining().readOnly(turn);
                case Command.Misread(var why) -> answers.misuse(why);
            };
        }
    }

    private Restraining restraining() {
        return new Restraining(desk, caller, answers, unbanning());
    }

    private Quieting quieting() {
        return new Quieting(desk.mutes(), caller, answers);
    }

    private Unbanning unbanning() {
        return new Unbanning(desk, caller, errand, answers);
    }

    private Optional<Verdict.Refused> refusal(Command command) {
        // Whoever may open the store needs no role to stop the bot, or to let it go on.
        Optional<Role> needed = command instanceof Command.ReadOnly ? Optional.empty() : command.role();
        return needed.flatMap(role -> switch (desk.policy().decide(caller.person(), role)) {
            case Verdict.Allowed _ -> Optional.empty();
            case Verdict.Refused refused -> Optional.of(refused);
        });
    }

    private Exit check(Question question, Optional<ServerName> server) {
        if (question instanceof Question.OfMailbox(var mailbox)) {
            desk.audit()
                    .append(new AuditEntry(desk.clock().instant(), caller.person(), Act.LOOKED_UP, mailbox.name(), ""));
        }
        Diagnosis diagnosis = desk.inquiries()
                .check(
                        question,
                        server,
                        PATIENCE,
                        some -> some.map(ReplyWriter::diagnosis).ifPresent(answers::meanwhile));
        return answers.give(
                desk.restraint().beside(ReplyWriter.diagnosis(diagnosis), question),
                () -> RestraintJson.beside(
                        DiagnosisJson.of(diagnosis),
                        desk.restraint().ofQuestion(question),
                        desk.clock().instant()),
                switch (diagnosis.worst().weight()) {
                    case ALARM, KEPT_OUT -> Exit.KEPT_OUT;
                    case NOT_TOLD -> Exit.NOT_TOLD;
                    case NOTHING_WRONG -> Exit.FINE;
                });
    }

    private Exit history(Question question, Optional<ServerName> server) {
        desk.audit()
                .append(new AuditEntry(
                        desk.clock().instant(), caller.person(), Act.HISTORY_SHOWN, question.toString(), ""));
        History history = desk.histories().of(question, server);
        boolean all = history.logs().values().stream().noneMatch(Unreachable.class::isInstance);
        return answers.give(
                ReplyWriter.history(history), () -> HistoryJson.of(history), all ? Exit.FINE : Exit.NOT_TOLD);
    }

    private Exit bans(Command.Bans asked) {
        BanRoll roll = desk.inquiries().bans(asked.server(), asked.jail());
        boolean all = roll.listings().values().stream().allMatch(BanListing.Standing.class::isInstance);
        Exit exit = roll.unheardOf().isPresent() ? Exit.MISUSE : all ? Exit.FINE : Exit.NOT_TOLD;
        return answers.give(ReplyWriter.bans(roll), () -> ListsJson.bans(roll), exit);
    }

    private Exit servers() {
        Map<ServerName, Description> all = Everywhere.ask(desk.servers().names(), desk.servers()::describe);
        boolean well = all.values().stream().allMatch(Description.Described.class::isInstance);
        return answers.give(
                desk.restraint().beside(ReplyWriter.servers(all)),
                () -> RestraintJson.beside(
                        ListsJson.servers(all), desk.restraint().restraint().mode()),
                well ? Exit.FINE : Exit.NOT_TOLD);
    }

    private Exit requests() {
        List<Approval> pending = desk.requests().pending();
        return answers.give(ReplyWriter.requests(pending), () -> ListsJson.requests(pending), Exit.FINE);
    }

    /** One object a line, oldest first, as a log that is added to. */
    private Exit audit(int most) {
        switch (errand.format()) {
            case TEXT -> answers.meanwhile(ReplyWriter.audit(desk.audit().newest(most)));
            case JSON -> AuditJson.lines(desk.chain().newestLinks(most)).forEach(line -> caller.out(line + "\n"));
        }
        return Exit.FINE;
    }

    private Exit verifyAudit(Optional<String> head) {
        ChainVerdict verdict = desk.chain().verify(head);
        return answers.give(ReplyWriter.audit(verdict), () -> AuditJson.verdict(verdict), AuditJson.exit(verdict));
    }

    private static String words(List<ServerName> names) {
        return names.size() <= 3
                ? String.join(", ", names.stream().map(ServerName::name).toList())
                : names.size() + " servers";
    }

    /** Something that is only written where JSON is asked for. */
    @FunctionalInterface
    interface Json {
        ObjectNode write();
    }
}
