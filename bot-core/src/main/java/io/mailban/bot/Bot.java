package io.mailban.bot;

import static io.mailban.reply.ReplyWriter.DEVICE;
import static io.mailban.reply.ReplyWriter.REASON;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.Role;
import io.mailban.access.Verdict;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.DeviceState;
import io.mailban.approval.Plan;
import io.mailban.audit.AuditChain;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.AuditLog;
import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.Chat;
import io.mailban.chat.Command;
import io.mailban.chat.CommandParser;
import io.mailban.chat.Incoming;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Question;
import io.mailban.mailserver.MailServers;
import io.mailban.reply.ReplyWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers whatever reaches it from a chat platform: reads it, asks whether this person may, does it, replies. Thread-safe;
 * {@link #handle} blocks until the reply is posted, so an adapter acknowledges first and calls it on a thread of its own.
 */
public final class Bot {
    private static final System.Logger LOG = System.getLogger(Bot.class.getName());

    /** After this long, those servers that have answered are told without the others. */
    private static final Duration PATIENCE = Duration.ofMillis(1500);

    private static final int LONGEST_REASON = 300;

    /** As many as a card can show. */
    private static final int MOST_ENTRIES = 200;

    /** What stands between words that could be addresses. */
    private static final Pattern NO_ADDRESS = Pattern.compile("[^0-9A-Fa-f.:]+");

    private final Inquiries inquiries;
    private final Histories histories;
    private final Unbans unbans;
    private final Requests requests;
    private final RestraintTalk restraint;
    private final MailServers servers;
    private final AuditLog audit;
    private final AuditChain chain;
    private final AccessPolicy policy;
    private final Chat chat;
    private final InstantSource clock;
    private final CommandParser parser;

    /** Answers with the help of these. */
    public Bot(
            Inquiries inquiries,
            Histories histories,
            Unbans unbans,
            Requests requests,
            RestraintTalk restraint,
            MailServers servers,
            AuditLog audit,
            AuditChain chain,
            AccessPolicy policy,
            Chat chat,
            InstantSource clock) {
        this.inquiries = inquiries;
        this.histories = histories;
        this.unbans = unbans;
        this.requests = requests;
        this.restraint = restraint;
        this.servers = servers;
        this.audit = audit;
        this.chain = chain;
        this.policy = policy;
        this.chat = chat;
        this.clock = clock;
        this.parser = new CommandParser(servers.names());
    }

    /** Answers one thing that was said, pressed or filled in. */
    public void handle(Incoming incoming) {
        try {
            switch (incoming) {
                case Incoming.Typed typed -> obey(parser.parse(typed.text()), typed);
                case Incoming.Pressed pressed -> press(pressed.action(), pressed);
                case Incoming.Answered answered -> answer(answered);
                case Incoming.Pointed pointed -> pointed(pointed);
            }
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "could not answer " + incoming.person().id(),
                    e);
            whisper(incoming, ReplyWriter.broken(String.valueOf(e.getMessage())));
        }
    }

    private void obey(Command command, Incoming from) {
        if (command.role().filter(role -> !may(from, role)).isPresent()) {
            return;
        }
        switch (command) {
            case Command.Check(var question, var server) -> check(question, server, from);
            case Command.History(var question, var server) -> {
                audited(from.person(), Act.HISTORY_SHOWN, question.toString());
                whisper(from, ReplyWriter.history(histories.of(question, server)));
            }
            case Command.Unban(var target, var server, var reason) -> {
                CardAction.RequestUnban action = new CardAction.RequestUnban(target, server);
                if (reason.isPresent()) {
                    request(action, reason.get(), DeviceState.UNKNOWN, from);
                } else {
                    askWhy(action, from);
                }
            }
            case Command.Bans(var server, var jail) ->
                post(from.place(), ReplyWriter.bans(inquiries.bans(server, jail)));
            case Command.Servers _ ->
                post(
                        from.place(),
                        restraint.beside(ReplyWriter.servers(Everywhere.ask(servers.names(), servers::describe))));
            case Command.Requests _ -> post(from.place(), ReplyWriter.requests(requests.pending()));
            case Command.Approve(var id) -> vote(new CardAction.Approve(id), from);
            case Command.Deny(var id, var why) -> {
                if (why.isPresent()) {
                    requests.vote(id, from.person(), new Vote.Deny(shortened(why.get())), from.place());
                } else {
                    vote(new CardAction.Deny(id), from);
                }
            }
            case Command.Withdraw(var id) -> withdraw(id, from);
            case Command.Emergency(var target, var server, var reason) ->
                planned(
                        new CardAction.RequestUnban(target, server),
                        from,
                        plan -> requests.emergency(plan, from.person(), shortened(reason), from.place()));
            case Command.Audit(var most) ->
                whisper(from, ReplyWriter.audit(audit.newest(Math.min(most, MOST_ENTRIES))));
            case Command.VerifyAudit(var head) -> whisper(from, ReplyWriter.audit(chain.verify(head)));
            case Command.Forget(var mailbox) ->
                whisper(
                        from,
                        ReplyWriter.misread(
                                "forget erases for good, and is given in a shell: mailban forget " + mailbox));
            case Command.Exempt exempt ->
                restraint.exempt(exempt.withReason(exempt.reason().map(Bot::shortened)), from);
            case Command.EndExemption end -> restraint.end(end, from);
            case Command.Exemptions _ -> restraint.list(from);
            case Command.ReadOnly(var turn) -> restraint.readOnly(turn, from);
            case Command.Help _ -> whisper(from, restraint.beside(ReplyWriter.help(from.person(), policy)));
            case Command.Misread(var why) -> whisper(from, ReplyWriter.misread(why));
        }
    }

    private void press(CardAction action, Incoming from) {
        switch (action) {
            case CardAction.RequestUnban unban -> {
                if (may(from, Role.REQUESTER)) {
                    askWhy(unban, from);
                }
            }
            case CardAction.Approve _, CardAction.Deny _ -> vote(action, from);
            case CardAction.Withdraw(var id) -> withdraw(id, from);
            case CardAction.RequestExemption(var address, var length, var server) -> {
                if (may(from, Role.APPROVER)) {
                    restraint.exempt(new Command.Exempt(address, length, server, Optional.empty()), from);
                }
            }
            case CardAction.Check(var question, var server) -> obey(new Command.Check(question, server), from);
            case CardAction.ListBans(var server, var jail, var _) -> obey(new Command.Bans(server, jail), from);
            case CardAction.EndExemption(var address, var server) -> {
                if (may(from, Role.APPROVER)) {
                    restraint.end(new Command.EndExemption(address, Optional.of(server)), from);
                }
            }
            case CardAction.ShowLines(var address, var server) -> {
                if (may(from, Role.HELPER)) {
                    audited(from.person(), Act.LINES_SHOWN, address.text());
                    whisper(from, ReplyWriter.lines(inquiries.check(new Question.OfAddress(address), server)));
                }
            }
        }
    }

    private void pointed(Incoming.Pointed pointed) {
        Optional<Address> found = NO_ADDRESS
                .splitAsStream(pointed.text())
                .flatMap(word -> Address.find(word).stream())
                .findFirst();
        if (found.isEmpty()) {
            whisper(pointed, ReplyWriter.misread("there is no address in that message"));
            return;
        }
        obey(new Command.Check(new Question.OfAddress(found.get()), Optional.empty()), pointed);
    }

    private void answer(Incoming.Answered answered) {
        String reason = shortened(answered.answers().getOrDefault(REASON, ""));
        if (reason.isBlank()) {
            whisper(answered, ReplyWriter.misread("a reason is missing; nothing was done"));
            return;
        }
        switch (answered.action()) {
            case CardAction.RequestUnban unban -> {
                if (may(answered, Role.REQUESTER)) {
                    request(unban, reason, device(answered.answers().get(DEVICE)), answered);
                }
            }
            case CardAction.Deny(var id) ->
                requests.vote(id, answered.person(), new Vote.Deny(reason), answered.place());
            case CardAction.RequestExemption exemption -> {
                if (may(answered, Role.APPROVER)) {
                    restraint.exempt(exemption, reason, answered);
                }
            }
            case CardAction.Approve _,
                    CardAction.Withdraw _,
                    CardAction.ShowLines _,
                    CardAction.Check _,
                    CardAction.ListBans _,
                    CardAction.EndExemption _ -> whisper(answered, ReplyWriter.misread("that button asks nothing"));
        }
    }

    private void check(Question question, Optional<ServerName> server, Incoming from) {
        if (question instanceof Question.OfMailbox(var mailbox)) {
            audited(from.person(), Act.LOOKED_UP, mailbox.name());
        }
        AtomicReference<Optional<MessageRef>> early = new AtomicReference<>(Optional.empty());
        Diagnosis diagnosis = inquiries.check(
                question,
                server,
                PATIENCE,
                some -> early.set(Optional.of(chat.post(from.place(), ReplyWriter.diagnosis(some)))));
        Card card = restraint.beside(ReplyWriter.diagnosis(diagnosis), question);
        early.get().ifPresentOrElse(message -> chat.update(message, card), () -> post(from.place(), card));
    }

    /** Plans first: nobody is asked for a reason to lift what is not banned. */
    private void askWhy(CardAction.RequestUnban action, Incoming from) {
        if (unbans.plan(action.target(), action.server())
                instanceof Unbans.Planning.NothingToLift(var target, var around, var silent)) {
            whisper(from, ReplyWriter.nothingToLift(target, around, silent));
            return;
        }
        chat.ask(from.place(), from.person(), ReplyWriter.unbanForm(action));
    }

    private void request(CardAction.RequestUnban action, String reason, DeviceState device, Incoming from) {
        planned(action, from, plan -> requests.open(plan, from.person(), shortened(reason), device, from.place()));
    }

    /** Goes on with the plan, if there is one. */
    private void planned(CardAction.RequestUnban action, Incoming from, Function<Plan, Unbans.Requested> goOn) {
        switch (unbans.plan(action.target(), action.server())) {
            case Unbans.Planning.NothingToLift(var target, var around, var silent) ->
                whisper(from, ReplyWriter.nothingToLift(target, around, silent));
            case Unbans.Planning.Planned(var plan, var silent) -> {
                if (!silent.isEmpty()) {
                    whisper(from, ReplyWriter.leftOut(silent));
                }
                var _ = goOn.apply(plan);
            }
        }
    }

    private void withdraw(ApprovalId id, Incoming from) {
        var _ = requests.withdraw(id, from.person(), from.place());
    }

    private void vote(CardAction action, Incoming from) {
        switch (action) {
            case CardAction.Approve(var id) -> requests.vote(id, from.person(), new Vote.Approve(), from.place());
            case CardAction.Deny deny -> {
                if (may(from, Role.APPROVER)) {
                    requests.waiting(deny.id(), from.person(), from.place())
                            .ifPresent(_ -> chat.ask(from.place(), from.person(), ReplyWriter.denyForm(deny)));
                }
            }
            case CardAction.RequestUnban _,
                    CardAction.Withdraw _,
                    CardAction.ShowLines _,
                    CardAction.Check _,
                    CardAction.ListBans _,
                    CardAction.RequestExemption _,
                    CardAction.EndExemption _ -> throw new IllegalArgumentException(action + " is no vote");
        }
    }

    /** Whether this person may; if not, they have been told. */
    private boolean may(Incoming from, Role role) {
        return switch (policy.decide(from.person(), role)) {
            case Verdict.Allowed _ -> true;
            case Verdict.Refused refusal -> {
                whisper(from, ReplyWriter.refused(refusal));
                yield false;
            }
        };
    }

    private void audited(Person person, Act act, String subject) {
        audit.append(new AuditEntry(clock.instant(), person, act, subject, ""));
    }

    private void post(Place place, Card card) {
        var _ = chat.post(place, card);
    }

    private void whisper(Incoming to, Card card) {
        chat.whisper(to.place(), to.person(), card);
    }

    private static String shortened(String reason) {
        String line = reason.strip();
        return line.length() <= LONGEST_REASON
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST_REASON) - 1)) + "…";
    }

    private static DeviceState device(@Nullable String answer) {
        for (DeviceState state : DeviceState.values()) {
            if (state.name().equals(answer)) {
                return state;
            }
        }
        return DeviceState.UNKNOWN;
    }
}
