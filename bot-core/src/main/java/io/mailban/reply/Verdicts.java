package io.mailban.reply;

import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Question;
import java.time.Instant;
import java.util.Optional;

/** Says each finding in one sentence that a mail user understands, and only what the evidence carries. Pure. */
final class Verdicts {
    private Verdicts() {}

    static Phrase of(Finding finding, ServerName server) {
        return switch (finding) {
            case Finding.Banned banned ->
                new Phrase()
                        .code(banned.address().text())
                        .words(" can't reach " + server + ": banned")
                        .add(times(banned.since(), banned.until()));
            case Finding.CoveredByNetwork covered ->
                new Phrase()
                        .code(covered.address().text())
                        .words(" can't reach " + server + ": its whole network ")
                        .code(covered.network().text())
                        .words(" is banned")
                        .add(times(covered.ban().since(), covered.ban().until()));
            case Finding.Failing failing ->
                new Phrase()
                        .code(failing.address().text())
                        .words(" is failing on " + server + " and not banned yet: " + failing.failures() + " of "
                                + failing.maxRetry() + " within " + Phrase.lasting(failing.findTime()) + ", jail ")
                        .code(failing.jail().name());
            case Finding.NotDelivering stuck ->
                Phrase.of(server + " does not get mail into ")
                        .name(stuck.mailbox())
                        .words("'s mailbox: the last delivery failed at ")
                        .at(stuck.failedAt(), Style.SECOND);
            case Finding.Fail2banDown down -> Phrase.of(server + ": " + Explanations.silent(down.cause()));
            case Finding.ServerUnreachable unreachable ->
                Phrase.of(server + " can't be asked: " + Explanations.obstacle(unreachable.obstacle()));
            case Finding.LogsUnread _ -> Phrase.of("not all logs of " + server + " could be read");
            case Finding.NotPublic local ->
                new Phrase()
                        .code(local.address().text())
                        .words(" is " + Explanations.scope(local.scope())
                                + ", not what a mail server on the Internet sees");
            case Finding.GettingIn in ->
                new Phrase()
                        .code(in.address().text())
                        .words(" gets in to " + server + ": ")
                        .name(in.mailbox())
                        .words(" logged in by " + in.protocol() + " ")
                        .at(in.lastLogin(), Style.AGO);
            case Finding.Exempt exempt ->
                new Phrase()
                        .code(exempt.address().text())
                        .words(" is exempt on " + server + ": never banned by "
                                + String.join(
                                        ", ",
                                        exempt.jails().stream()
                                                .map(Jail::name)
                                                .sorted()
                                                .toList()));
            case Finding.BanEnded ended ->
                new Phrase()
                        .code(ended.address().text())
                        .words(" is not banned on " + server + "; its ban in ")
                        .code(ended.jail().name())
                        .words(" ended at ")
                        .at(ended.at(), Style.SECOND)
                        .words(", and it has not logged in since");
            case Finding.NoTrace none -> noTrace(none, server);
            case Finding.MailboxUse use ->
                switch (use.standing()) {
                    case SHUT_OUT ->
                        Phrase.of("an address of ").name(use.mailbox()).words(" is banned on " + server);
                    case OPEN ->
                        Phrase.of("no address that ")
                                .name(use.mailbox())
                                .words(" logged in from is banned on " + server);
                };
        };
    }

    private static Phrase noTrace(Finding.NoTrace none, ServerName server) {
        Phrase subject = switch (none.question()) {
            case Question.OfAddress(var address) -> new Phrase().code(address.text());
            case Question.OfMailbox(var mailbox) -> new Phrase().name(mailbox);
        };
        Phrase phrase = Phrase.of("no trace of ").add(subject).words(" on " + server);
        Optional<Instant> begins = none.mailLog().begins();
        return begins.isPresent()
                ? phrase.words(" since ").at(begins.get(), Style.MINUTE).words(", where its mail log begins")
                : phrase.words(", whose mail log is empty");
    }

    private static Phrase times(Optional<Instant> since, Optional<Instant> until) {
        Phrase phrase = new Phrase();
        since.ifPresent(at -> phrase.words(" since ").at(at, Style.MINUTE));
        if (until.isPresent()) {
            return phrase.words(", until ").at(until.get(), Style.MINUTE);
        }
        return since.isPresent() ? phrase.words(", with no end") : phrase;
    }
}
