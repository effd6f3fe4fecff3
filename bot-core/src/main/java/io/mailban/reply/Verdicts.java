package io.mailban.reply;

import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Mark;
import io.mailban.diagnosis.Question;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Says each finding in one sentence that a mail user understands, and only what the evidence carries. Pure. */
final class Verdicts {
    /** {@code mail1}, or words that stand for it where the line's label is the server's name already. */
    private final String server;

    private final String on;

    private Verdicts(String server, String on) {
        this.server = server;
        this.on = on;
    }

    /** Naming the server. */
    static Phrase of(Finding finding, ServerName server) {
        return new Verdicts(server.name(), " on " + server).say(finding);
    }

    /** On a line that the server's name begins. */
    static Phrase labelled(Finding finding) {
        return new Verdicts("the server", "").say(finding);
    }

    private Phrase say(Finding finding) {
        return switch (finding) {
            case Finding.Banned banned -> banned(banned);
            case Finding.CoveredByNetwork covered -> covered(covered);
            case Finding.LeftInFirewall left ->
                new Phrase()
                        .code(left.address().text())
                        .words(" can't reach " + server + ": fail2ban's firewall still holds it, though no jail does");
            case Finding.OtherFirewall other ->
                new Phrase()
                        .code(other.address().text())
                        .words(" can't reach " + server + ": not fail2ban, but mailcow's own netfilter keeps it out");
            case Finding.SiblingBanned sibling ->
                new Phrase()
                        .name(sibling.mailbox())
                        .words("'s other address ")
                        .code(sibling.sibling().text())
                        .words(" is banned" + on + " by "
                                + jails(sibling.bans().stream()
                                        .map(ban -> ban.jail())
                                        .toList()));
            case Finding.GuessWorked guess ->
                new Phrase()
                        .code(guess.address().text())
                        .words(" failed for " + guess.names().size() + " names" + on + ", then logged in as ")
                        .names(guess.gotIn())
                        .words(": a guess that worked");
            case Finding.Failing failing ->
                new Phrase()
                        .code(failing.address().text())
                        .words(" is failing" + on + " and not banned yet: " + failing.failures() + " of "
                                + failing.maxRetry() + " within " + Phrase.lasting(failing.findTime()) + ", jail ")
                        .code(failing.jail().name());
            case Finding.LoginsFail fail ->
                new Phrase().code(fail.address().text()).words(" is not banned" + on + ", but its logins fail");
            case Finding.SignInAgain sign -> {
                Phrase who = sign.mailbox().isPresent()
                        ? new Phrase().name(sign.mailbox().get())
                        : new Phrase().code(sign.address().text());
                yield who.words(" has to sign in again: " + server + " refuses the device's sign-in token");
            }
            case Finding.WithoutDomain without ->
                new Phrase()
                        .code(without.address().text())
                        .words(" logs in" + on + " as ")
                        .name(without.tried())
                        .words(", without its domain: the login name is ")
                        .name(without.full());
            case Finding.OtherTrouble trouble -> TroubleWords.verdict(trouble, on);
            case Finding.NotDelivering stuck ->
                Phrase.of("mail does not get into ")
                        .name(stuck.mailbox())
                        .words("'s mailbox" + on + ": the last delivery failed at ")
                        .at(stuck.failedAt(), Style.SECOND);
            case Finding.Fail2banDown down ->
                Phrase.of((on.isEmpty() ? "" : server + ": ") + Explanations.silent(down.cause()));
            case Finding.ServerUnreachable unreachable ->
                Phrase.of((on.isEmpty() ? "" : server + " ") + "can't be asked: "
                        + Obstacles.words(unreachable.obstacle()));
            case Finding.LogsUnread _ ->
                Phrase.of("not all logs" + (on.isEmpty() ? "" : " of " + server) + " could be read");
            case Finding.NotPublic local ->
                new Phrase()
                        .code(local.address().text())
                        .words(" is " + Explanations.scope(local.scope())
                                + ", not what a mail server on the Internet sees");
            case Finding.GettingIn in ->
                new Phrase()
                        .code(in.address().text())
                        .words(" gets in" + (on.isEmpty() ? "" : " to " + server) + ": ")
                        .name(in.mailbox())
                        .words(" logged in by " + in.protocol() + " ")
                        .at(in.lastLogin(), Style.AGO);
            case Finding.OnlyConnects connects ->
                new Phrase()
                        .code(connects.address().text())
                        .words(" reaches " + server + " and does not log in: its last connection, by "
                                + connects.protocol() + ", was ")
                        .at(connects.last(), Style.AGO);
            case Finding.Exempt exempt ->
                new Phrase()
                        .code(exempt.address().text())
                        .words(" is exempt" + on + ": never banned by " + jails(exempt.jails()));
            case Finding.BanEnded ended ->
                new Phrase()
                        .code(ended.address().text())
                        .words(" is not banned" + on + "; its ban in ")
                        .code(ended.jail().name())
                        .words(" ended at ")
                        .at(ended.at(), Style.SECOND)
                        .words(", and it has not logged in since");
            case Finding.NoSuchMailbox none ->
                Phrase.of("the logs" + (on.isEmpty() ? "" : " of " + server) + " know no mailbox ")
                        .name(none.mailbox())
                        .words(": nobody logged in to it and nothing was delivered");
            case Finding.NoTrace none -> noTrace(none);
            case Finding.MailboxUse use ->
                switch (use.standing()) {
                    case SHUT_OUT ->
                        Phrase.of("an address of ").name(use.mailbox()).words(" is banned" + on);
                    case OPEN ->
                        use.own().isEmpty()
                                ? Phrase.of("nobody logged in to ")
                                        .name(use.mailbox())
                                        .words(on)
                                : Phrase.of("no address that is ")
                                        .name(use.mailbox())
                                        .words("'s is banned" + on);
                };
        };
    }

    private Phrase banned(Finding.Banned banned) {
        Phrase phrase = new Phrase().code(banned.address().text());
        Optional<Mark> effect = banned.marks().stream()
                .filter(mark -> mark instanceof Mark.StillGetsThrough || mark instanceof Mark.NotInFirewall)
                .findFirst();
        if (effect.isPresent()) {
            return phrase.words(" is banned" + on)
                    .add(times(banned.since(), banned.until()))
                    .words(", and gets through nevertheless");
        }
        phrase.words(" can't reach " + server + ": banned").add(times(banned.since(), banned.until()));
        boolean many = banned.marks().stream().anyMatch(Mark.SharedByMany.class::isInstance);
        return many ? phrase.words("; everybody behind it may be locked out") : phrase;
    }

    private Phrase covered(Finding.CoveredByNetwork covered) {
        Phrase phrase = new Phrase().code(covered.address().text());
        phrase.words(covered.marks().isEmpty() ? " can't reach " + server + ": its whole network " : ": its network ");
        phrase.code(covered.network().text())
                .words(" is banned" + (covered.marks().isEmpty() ? "" : on))
                .add(times(covered.ban().since(), covered.ban().until()));
        return covered.marks().isEmpty() ? phrase : phrase.words(", but that ban has no effect");
    }

    private Phrase noTrace(Finding.NoTrace none) {
        Phrase subject = switch (none.question()) {
            case Question.OfAddress(var address) -> new Phrase().code(address.text());
            case Question.OfMailbox(var mailbox) -> new Phrase().name(mailbox);
        };
        Phrase phrase = Phrase.of("no trace of ").add(subject).words(on);
        Optional<Instant> begins = none.mailLog().begins();
        return begins.isPresent()
                ? phrase.words(" since ").at(begins.get(), Style.MINUTE).words(", where its mail log begins")
                : phrase.words(", whose mail log is empty");
    }

    static Phrase times(Optional<Instant> since, Optional<Instant> until) {
        Phrase phrase = new Phrase();
        since.ifPresent(at -> phrase.words(" since ").at(at, Style.MINUTE));
        if (until.isPresent()) {
            return phrase.words(", until ").at(until.get(), Style.MINUTE);
        }
        return since.isPresent() ? phrase.words(", with no end") : phrase;
    }

    static String jails(Collection<Jail> jails) {
        List<String> names = jails.stream().map(Jail::name).distinct().sorted().toList();
        return String.join(", ", names);
    }
}
