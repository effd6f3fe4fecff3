package io.mailban.bot;

import io.mailban.audit.AuditChain;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.audit.AuditLog;
import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import io.mailban.chat.Addresses;
import io.mailban.chat.CardAction.ListBans;
import io.mailban.chat.Chat;
import io.mailban.chat.Command;
import io.mailban.chat.Incoming;
import io.mailban.chat.MessageRef;
import io.mailban.diagnosis.BanRoll;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Question;
import io.mailban.mailserver.MailServers;
import io.mailban.reply.ReplyWriter;
import io.mailban.reply.TalkWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What is said in a chat about addresses, mailboxes and servers; nothing is changed by it. What is about a mailbox, or from
 * a log, goes to the one who asked alone and is audited. Who may ask has been asked before. Thread-safe.
 *
 * @param restraint what stands beside the answers
 */
public record LookupTalk(
        Inquiries inquiries,
        Histories histories,
        MailServers servers,
        RestraintTalk restraint,
        AuditLog audit,
        AuditChain chain,
        Chat chat,
        InstantSource clock) {

    /** As many as a card can show. */
    private static final int MOST_ENTRIES = 200;

    /** Of a message that is full of addresses, so many are checked. */
    private static final int MOST_POINTED_AT = 3;

    void check(Command.Check asked, Incoming from) {
        switch (asked.question()) {
            case Question.OfAddress _ -> check(asked, Answer.forAll(chat, from));
            case Question.OfMailbox(var mailbox) -> {
                audited(from, Act.LOOKED_UP, mailbox.name());
                check(asked, Answer.forOne(chat, from));
            }
        }
    }

    private void check(Command.Check asked, Answer answer) {
        answer.become(() -> {
            Diagnosis diagnosis = inquiries.check(
                    asked.question(),
                    asked.server(),
                    Answer.PATIENCE,
                    some -> answer.meanwhile(some.map(ReplyWriter::diagnosis)
                            .orElseGet(() -> TalkWriter.asking(asked(asked.server())))));
            return restraint.beside(ReplyWriter.diagnosis(diagnosis), asked.question());
        });
    }

    /** Checks the addresses in a message that somebody pointed at, at once; each has an answer of its own. */
    void checkAll(Incoming.Pointed pointed) {
        List<Address> found = Addresses.in(pointed.text());
        if (found.isEmpty()) {
            chat.whisper(pointed.place(), pointed.person(), TalkWriter.noAddress());
            return;
        }
        List<Address> checked = found.subList(0, Math.min(found.size(), MOST_POINTED_AT));
        if (checked.size() < found.size()) {
            chat.whisper(pointed.place(), pointed.person(), TalkWriter.onlySome(checked, found.size()));
        }
        Everywhere.ask(checked, address -> {
            check(new Command.Check(new Question.OfAddress(address), Optional.empty()), pointed);
            return address;
        });
    }

    void history(Command.History asked, Incoming from) {
        audited(from, Act.HISTORY_SHOWN, asked.question().toString());
        Answer.forOne(chat, from)
                .become(
                        asked(asked.server()),
                        () -> ReplyWriter.history(histories.of(asked.question(), asked.server())));
    }

    /** The log lines behind a diagnosis. */
    void lines(Address address, Optional<ServerName> server, Incoming from) {
        audited(from, Act.LINES_SHOWN, address.text());
        Answer.forOne(chat, from)
                .become(
                        asked(server),
                        () -> ReplyWriter.lines(inquiries.check(new Question.OfAddress(address), server)));
    }

    /** A page of the list, in the place of the one that it was turned from. */
    void bans(ListBans asked, Optional<MessageRef> on, Incoming from) {
        on.filter(_ -> asked.page() != ListBans.ANEW)
                .map(message -> Answer.inPlaceOf(message, chat, from))
                .orElseGet(() -> Answer.forAll(chat, from))
                .become(asked(asked.server()), () -> {
                    BanRoll roll = inquiries.bans(asked.server(), asked.jail());
                    return ReplyWriter.bans(roll, asked);
                });
    }

    void servers(Incoming from) {
        Answer.forAll(chat, from)
                .become(
                        servers.names(),
                        () -> restraint.beside(
                                ReplyWriter.servers(Everywhere.ask(servers.names(), servers::describe))));
    }

    void audit(int most, Incoming from) {
        chat.whisper(from.place(), from.person(), ReplyWriter.audit(audit.newest(Math.min(most, MOST_ENTRIES))));
    }

    void verifyAudit(Optional<String> head, Incoming from) {
        chat.whisper(from.place(), from.person(), ReplyWriter.audit(chain.verify(head)));
    }

    private List<ServerName> asked(Optional<ServerName> server) {
        return server.map(List::of).orElseGet(servers::names);
    }

    private void audited(Incoming from, Act act, String subject) {
        audit.append(new AuditEntry(clock.instant(), from.person(), act, subject, ""));
    }
}
