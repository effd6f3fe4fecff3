package io.mailban.chat;

import io.mailban.access.Role;
import io.mailban.alert.TopicName;
import io.mailban.approval.ApprovalId;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.diagnosis.Question;
import java.time.Duration;
import java.util.Optional;

/** What a person typed, understood; or why not. */
public sealed interface Command {

    /** The role that it takes; empty where everybody may, or where that depends on the request it is about. */
    default Optional<Role> role() {
        return switch (this) {
            case Check check -> Optional.of(check.question() instanceof Question.OfMailbox ? Role.HELPER : Role.READER);
            case History _ -> Optional.of(Role.HELPER);
            case Bans _, Servers _, Exemptions _, Mutes _ -> Optional.of(Role.READER);
            case ReadOnly switching ->
                Optional.of(switching.turn() == ReadOnly.Turn.SHOW ? Role.READER : Role.APPROVER);
            case Unban _ -> Optional.of(Role.REQUESTER);
            case Requests _,
                    Emergency _,
                    Audit _,
                    VerifyAudit _,
                    Forget _,
                    Exempt _,
                    EndExemption _,
                    Mute _,
                    EndMute _ -> Optional.of(Role.APPROVER);
            case Approve _, Deny _, Withdraw _, Help _, Misread _ -> Optional.empty();
        };
    }

    /** {@code check <address or mailbox> [server]}. */
    record Check(Question question, Optional<ServerName> server) implements Command {}

    /** {@code history <address or mailbox> [server]}. */
    record History(Question question, Optional<ServerName> server) implements Command {}

    /** {@code unban <address or network> [server] [reason]}; never free text. */
    record Unban(BannedId target, Optional<ServerName> server, Optional<String> reason) implements Command {}

    /** {@code bans [server] [jail]}. */
    record Bans(Optional<ServerName> server, Optional<Jail> jail) implements Command {}

    /** {@code servers}. */
    record Servers() implements Command {}

    /** {@code requests}. */
    record Requests() implements Command {}

    /** {@code approve <request>}. */
    record Approve(ApprovalId id) implements Command {}

    /** {@code deny <request> <why>}. */
    record Deny(ApprovalId id, Optional<String> why) implements Command {}

    /** {@code withdraw <request>}. */
    record Withdraw(ApprovalId id) implements Command {}

    /** {@code emergency <address or network> [server] <reason>}: lifts without approval; never free text. */
    record Emergency(BannedId target, Optional<ServerName> server, String reason) implements Command {}

    /** {@code audit [n|all]}. */
    record Audit(int most) implements Command {}

    /** {@code audit verify [head]}. */
    record VerifyAudit(Optional<String> head) implements Command {}

    /** {@code forget <mailbox>}: given in a shell alone. */
    record Forget(Mailbox mailbox) implements Command {}

    /** {@code exempt <address> <duration> [server] [reason]}. */
    record Exempt(Address address, Duration length, Optional<ServerName> server, Optional<String> reason)
            implements Command {
        /** The same, for another reason. */
        public Exempt withReason(Optional<String> other) {
            return new Exempt(address, length, server, other);
        }
    }

    /** {@code exempt end <address> [server]}. */
    record EndExemption(Address address, Optional<ServerName> server) implements Command {}

    /** {@code exemptions}. */
    record Exemptions() implements Command {}

    /** {@code mute <jail or server> <duration>}. */
    record Mute(TopicName topic, Duration length) implements Command {}

    /** {@code mute end <jail or server>}. */
    record EndMute(TopicName topic) implements Command {}

    /** {@code mute} alone: what is quiet. */
    record Mutes() implements Command {}

    /** {@code read-only [on|off]}. */
    record ReadOnly(Turn turn) implements Command {
        /** What is to be done with the switch. */
        public enum Turn {
            /** Nothing is to be changed any more. */
            ON,
            /** It may again. */
            OFF,
            /** How does it stand? */
            SHOW
        }
    }

    /** {@code help}, or nothing at all. */
    record Help() implements Command {}

    /** None of these; {@code why} is one sentence that names what was typed and what was expected. */
    record Misread(String why) implements Command {}
}
