package io.mailban.bot;

import static io.mailban.reply.ReplyWriter.DEVICE;
import static io.mailban.reply.ReplyWriter.REASON;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Role;
import io.mailban.access.Verdict;
import io.mailban.alert.TopicName;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.DeviceState;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.CardAction.ListBans;
import io.mailban.chat.Chat;
import io.mailban.chat.Command;
import io.mailban.chat.CommandParser;
import io.mailban.chat.Incoming;
import io.mailban.chat.NotSaid;
import io.mailban.reply.ReplyWriter;
import io.mailban.reply.TalkWriter;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Answers whatever reaches it from a chat platform: reads it, asks whether this person may, does it, replies. Thread-safe;
 * {@link #handle} blocks until the reply is posted, so an adapter acknowledges first and calls it on a thread of its own.
 */
public final class Bot {
    private static final System.Logger LOG = System.getLogger(Bot.class.getName());

    private static final int LONGEST_REASON = 300;

    private final LookupTalk lookups;
    private final RequestTalk asking;
    private final Requests requests;
    private final RestraintTalk restraint;
    private final MuteTalk mutes;
    private final AccessPolicy policy;
    private final Chat chat;
    private final CommandParser parser;

    /** Answers with the help of these. */
    public Bot(
            LookupTalk lookups,
            RequestTalk asking,
            RestraintTalk restraint,
            MuteTalk mutes,
            AccessPolicy policy,
            Chat chat) {
        this.lookups = lookups;
        this.asking = asking;
        this.requests = asking.requests();
        this.restraint = restraint;
        this.mutes = mutes;
        this.policy = policy;
        this.chat = chat;
        this.parser = new CommandParser(lookups.servers().names());
    }

    /** Answers one thing that was said, pressed or filled in. */
    public void handle(Incoming incoming) {
        try {
            switch (incoming) {
                case Incoming.Typed typed -> obey(parser.parse(typed.text()), typed);
                case Incoming.Pressed pressed -> press(pressed);
                case Incoming.Answered answered -> answer(answered);
                case Incoming.Pointed pointed -> {
                    if (may(pointed, Role.READER)) {
                        lookups.checkAll(pointed);
                    }
                }
            }
        } catch (CancellationException e) {
            // The bot ends, and has nothing to say any more.
            LOG.log(System.Logger.Level.DEBUG, e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "could not answer " + incoming.person().id(),
                    e);
            own(incoming, e);
        }
    }

    /** Says that it went wrong, if anything can be said there. */
    private void own(Incoming incoming, RuntimeException failure) {
        try {
            whisper(incoming, ReplyWriter.broken(String.valueOf(failure.getMessage())));
        } catch (NotSaid e) {
            LOG.log(System.Logger.Level.WARNING, e.getMessage());
        }
    }

    private void obey(Command command, Incoming from) {
        if (command.role().filter(role -> !may(from, role)).isPresent()) {
            return;
        }
        switch (command) {
            case Command.Check check -> lookups.check(check, from);
            case Command.History history -> lookups.history(history, from);
            case Command.Unban(var target, var server, var reason) -> {
                CardAction.RequestUnban action = new CardAction.RequestUnban(target, server);
                if (reason.isPresent()) {
                    asking.request(action, shortened(reason.get()), DeviceState.UNKNOWN, from);
                } else {
                    asking.askWhy(action, from);
                }
            }
            case Command.Bans(var server, var jail) ->
                lookups.bans(new ListBans(server, jail, ListBans.ANEW), Optional.empty(), from);
            case Command.Servers _ -> lookups.servers(from);
            case Command.Requests _ -> asking.list(from);
            case Command.Approve(var id) -> approve(id, from);
            case Command.Deny(var id, var why) -> {
                if (why.isPresent()) {
                    requests.vote(id, from.person(), new Vote.Deny(shortened(why.get())), from.place());
                } else {
                    askWhyNot(id, from);
                }
            }
            case Command.Withdraw(var id) -> withdraw(id, from);
            case Command.Emergency(var target, var server, var reason) ->
                asking.emergency(new CardAction.RequestUnban(target, server), shortened(reason), from);
            case Command.Audit(var most) -> lookups.audit(most, from);
            case Command.VerifyAudit(var head) -> lookups.verifyAudit(head, from);
            case Command.Forget(var mailbox) -> whisper(from, TalkWriter.forgetInAShell(mailbox));
            case Command.Exempt exempt ->
                restraint.exempt(exempt.withReason(exempt.reason().map(Bot::shortened)), from);
            case Command.EndExemption end -> restraint.end(end, from);
            case Command.Exemptions _ -> restraint.list(from);
            case Command.Mute mute -> mutes.mute(mute, from);
            case Command.EndMute end -> mutes.end(end, from);
            case Command.Mutes _ -> mutes.list(from);
            case Command.ReadOnly(var turn) -> restraint.readOnly(turn, from);
            case Command.Help _ -> whisper(from, restraint.beside(ReplyWriter.help(from.person(), policy)));
            case Command.Misread(var why) -> whisper(from, ReplyWriter.misread(why));
        }
    }

    private void press(Incoming.Pressed from) {
        switch (from.action()) {
            case CardAction.RequestUnban unban -> {
                if (may(from, Role.REQUESTER)) {
                    asking.askWhy(unban, from);
                }
            }
            case CardAction.Approve(var id) -> approve(id, from);
            case CardAction.Deny(var id) -> askWhyNot(id, from);
            case CardAction.Withdraw(var id) -> withdraw(id, from);
            case CardAction.RequestExemption(var address, var length, var server) -> {
                if (may(from, Role.APPROVER)) {
                    restraint.exempt(new Command.Exempt(address, length, server, Optional.empty()), from);
                }
            }
            case CardAction.Check(var question, var server) -> obey(new Command.Check(question, server), from);
            case ListBans list -> {
                if (may(from, Role.READER)) {
                    lookups.bans(list, from.on(), from);
                }
            }
            case CardAction.EndExemption(var address, var server) -> {
                if (may(from, Role.APPROVER)) {
                    restraint.end(new Command.EndExemption(address, Optional.of(server)), from);
                }
            }
            case CardAction.Mute(var topic, var length) -> obey(new Command.Mute(TopicName.of(topic), length), from);
            case CardAction.Unmute(var topic) -> obey(new Command.EndMute(TopicName.of(topic)), from);
            case CardAction.ShowLines(var address, var server) -> {
                if (may(from, Role.HELPER)) {
                    lookups.lines(address, server, from);
                }
            }
        }
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
                    asking.request(unban, reason, device(answered.answers().get(DEVICE)), answered);
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
                    ListBans _,
                    CardAction.EndExemption _,
                    CardAction.Mute _,
                    CardAction.Unmute _ -> whisper(answered, ReplyWriter.misread("that button asks nothing"));
        }
    }

    private void withdraw(ApprovalId id, Incoming from) {
        var _ = requests.withdraw(id, from.person(), from.place());
    }

    private void approve(ApprovalId id, Incoming from) {
        var _ = requests.vote(id, from.person(), new Vote.Approve(), from.place());
    }

    private void askWhyNot(ApprovalId id, Incoming from) {
        if (may(from, Role.APPROVER)) {
            requests.waiting(id, from.person(), from.place())
                    .ifPresent(
                            _ -> chat.ask(from.place(), from.person(), ReplyWriter.denyForm(new CardAction.Deny(id))));
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
