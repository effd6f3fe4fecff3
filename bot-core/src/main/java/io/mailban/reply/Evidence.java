package io.mailban.reply;

import io.mailban.ban.Ban;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.BanCause;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Mark;
import io.mailban.diagnosis.Question;
import io.mailban.known.Whose;
import io.mailban.mailserver.Tracing.Horizon;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what carries a finding, and what to do about it, as labelled lines. Not thread-safe. */
final class Evidence {
    private final List<Fact> facts = new ArrayList<>();
    private final ServerName server;

    Evidence(ServerName server) {
        this.server = server;
    }

    List<Fact> facts() {
        return List.copyOf(facts);
    }

    /** For the leading finding: everything. */
    void add(Finding finding) {
        switch (finding) {
            case Finding.Banned banned -> addBan(banned);
            case Finding.CoveredByNetwork covered -> {
                fact("jail", new Phrase().code(covered.ban().jail().name()));
                if (Marks.takesEffect(covered.marks())) {
                    fact("blocks", Explanations.closes(covered.closes(), covered.manner(), new BanCause.ByHand()));
                }
                facts.addAll(Marks.facts(covered.marks()));
                fact("whose", Explanations.whose(covered.whose()));
                if (covered.marks().stream().anyMatch(Mark.NotInFirewall.class::isInstance)) {
                    fact(
                            "to do",
                            Phrase.of("to make it take effect: ")
                                    .code("mailban doctor " + server)
                                    .words(" has the commands"));
                }
                fact(
                        "to do",
                        Phrase.of("lifting it lets the whole network in: ")
                                .code("unban " + covered.network() + " " + server));
            }
            case Finding.LeftInFirewall left -> {
                left.entries()
                        .forEach(entry ->
                                fact("held by", new Phrase().code(entry.place().text())));
                left.entries()
                        .forEach(entry -> fact(
                                "to do",
                                Phrase.of("on the server: ").code(Firewalls.mending(entry.place(), left.address()))));
            }
            case Finding.OtherFirewall other -> {
                other.entries()
                        .forEach(entry ->
                                fact("held by", new Phrase().code(entry.place().text())));
                fact("to do", Phrase.of("lift it in mailcow: Configuration, Options, Fail2ban parameters"));
            }
            case Finding.SiblingBanned sibling -> addSibling(sibling);
            case Finding.GuessWorked guess -> {
                fact("logged in", new Phrase().at(guess.at(), Style.SECOND));
                fact("tried", new Phrase().names(guess.names()));
                fact("to do", Phrase.of("change that password now, and see what was sent or read with it"));
            }
            case Finding.Failing failing -> {
                fact("because", Explanations.because(failing.cause(), failing.whose()));
                fact("whose", Explanations.whose(failing.whose()));
                fact(
                        "to do",
                        isAttacker(failing.whose())
                                ? ATTACKER
                                : Phrase.of("correct the password on the device, or switch the device off, before it is"
                                        + " banned"));
            }
            case Finding.LoginsFail fail -> {
                fact("because", Explanations.because(fail.cause(), fail.whose()));
                fact("whose", Explanations.whose(fail.whose()));
                fact("to do", isAttacker(fail.whose()) ? ATTACKER : Explanations.correcting(fail.cause()));
            }
            case Finding.SignInAgain sign -> {
                fact(
                        "because",
                        Phrase.of(Phrase.count(sign.attempts(), "refused sign-in", "refused sign-ins")
                                        + ", the last at ")
                                .at(sign.last(), Style.SECOND)
                                .words("; no password is wrong"));
                fact("to do", Phrase.of("remove the account on the device, and sign in anew"));
            }
            case Finding.WithoutDomain without -> {
                fact(
                        "because",
                        Phrase.of(Phrase.count(without.attempts(), "failure", "failures") + " as ")
                                .name(without.tried())
                                .words(", the last at ")
                                .at(without.last(), Style.SECOND)
                                .words("; nobody logs in by that name"));
                fact("to do", Phrase.of("on the device, write the whole address as the user name"));
            }
            case Finding.OtherTrouble trouble -> {
                fact("because", Troubles.evidence(trouble));
                fact("to do", Troubles.toDo(trouble));
            }
            case Finding.NotDelivering stuck -> {
                fact(
                        "last",
                        stuck.lastDelivered().isPresent()
                                ? Phrase.of("delivered at ")
                                        .at(stuck.lastDelivered().get(), Style.SECOND)
                                : Phrase.of("no delivery in these logs"));
                fact("to do", Phrase.of("on the server: ").code("postqueue -p"));
            }
            case Finding.Fail2banDown down -> {
                if (!down.words().isBlank()) {
                    fact("it said", new Phrase().code(down.words().strip()));
                }
                fact("to do", Phrase.of(Explanations.mending(down.cause())));
            }
            case Finding.ServerUnreachable unreachable -> {
                lastKnown(unreachable).ifPresent(known -> fact("last known", known));
                fact("to do", Phrase.of(Obstacles.mending(unreachable.obstacle(), server.name())));
            }
            case Finding.LogsUnread unread -> {
                unread.logs().forEach(this::addUnread);
                unread.logs().stream()
                        .flatMap(log -> log.fault().stream())
                        .map(Obstacles::mending)
                        .distinct()
                        .forEach(mending -> fact("to do", Phrase.of(mending)));
            }
            case Finding.NotPublic _ ->
                fact(
                        "to do",
                        Phrase.of("on the device, ask which public address it has: ")
                                .code("curl https://ifconfig.me")
                                .words(" or any “what is my IP” page; then check that one"));
            case Finding.GettingIn in -> fact("whose", Explanations.whose(in.whose()));
            case Finding.OnlyConnects connects -> {
                fact("seen", Phrase.of(Phrase.count(connects.times(), "connection", "connections")));
                fact("to do", Phrase.of("nothing here keeps it out: look at the account's settings on the device"));
            }
            case Finding.BanEnded _ ->
                fact("to do", Phrase.of("if the client stays quiet, look at the device: it may have stopped trying"));
            case Finding.NoSuchMailbox none -> {
                fact(
                        "tried",
                        Phrase.of(Phrase.count(none.attempts(), "time", "times")
                                + (none.refusedAsUnknown() > 0
                                        ? "; the server answered that there is no such user"
                                        : "")));
                addHorizon("mail log", none.mailLog());
                fact("to do", Phrase.of("is the name spelled as it logs in?"));
            }
            case Finding.NoTrace none -> {
                addHorizon("mail log", none.mailLog());
                addHorizon("ban log", none.banLog());
                if (none.question() instanceof Question.OfAddress) {
                    fact(
                            "to do",
                            Phrase.of("no jail holds it. If the client can't connect, look where we can't see: its own"
                                    + " network, and a firewall of the provider's in front of the server"));
                }
            }
            case Finding.MailboxUse use -> facts.addAll(UseWriter.facts(use));
            case Finding.Exempt _ -> {}
        }
    }

    /** For a finding beside the leading one: one line. */
    void addBriefly(Finding finding) {
        switch (finding) {
            case Finding.LogsUnread unread -> unread.logs().forEach(this::addUnread);
            case Finding.MailboxUse use -> facts.addAll(UseWriter.facts(use));
            case Finding.Banned banned -> {
                fact("also", Verdicts.labelled(banned));
                facts.addAll(Marks.facts(banned.marks()));
                if (!isAttacker(banned.whose())) {
                    addCommands(banned.bans());
                }
            }
            case Finding.SiblingBanned sibling -> {
                fact("also", Verdicts.labelled(sibling));
                addCommands(sibling.bans());
            }
            case Finding.LeftInFirewall left -> {
                fact("also", Verdicts.labelled(left));
                left.entries()
                        .forEach(entry -> fact(
                                "",
                                Phrase.of("on the server: ").code(Firewalls.mending(entry.place(), left.address()))));
            }
            case Finding.OtherTrouble trouble -> {
                fact("also", Verdicts.labelled(trouble));
                fact("", Troubles.toDo(trouble));
            }
            case Finding.CoveredByNetwork _,
                    Finding.OtherFirewall _,
                    Finding.GuessWorked _,
                    Finding.Failing _,
                    Finding.LoginsFail _,
                    Finding.SignInAgain _,
                    Finding.WithoutDomain _,
                    Finding.NotDelivering _,
                    Finding.Fail2banDown _,
                    Finding.ServerUnreachable _,
                    Finding.NotPublic _,
                    Finding.GettingIn _,
                    Finding.OnlyConnects _,
                    Finding.BanEnded _,
                    Finding.Exempt _,
                    Finding.NoSuchMailbox _,
                    Finding.NoTrace _ -> fact("also", Verdicts.labelled(finding));
        }
    }

    private static final Phrase ATTACKER =
            Phrase.of("nothing: it looks like an attacker's address, and is kept out as it should be");

    private void addBan(Finding.Banned banned) {
        Phrase jails = new Phrase();
        banned.bans()
                .forEach(ban -> jails.words(jails.spans().isEmpty() ? "" : ", ")
                        .code(ban.jail().name()));
        fact(banned.bans().size() == 1 ? "jail" : "jails", jails);
        fact("because", Explanations.because(banned.cause(), banned.whose()));
        if (Marks.takesEffect(banned.marks())) {
            fact("blocks", Explanations.closes(banned.closes(), banned.manner(), banned.cause()));
        }
        facts.addAll(Marks.facts(
                isAttacker(banned.whose())
                        ? banned.marks().stream()
                                .filter(mark -> !(mark instanceof Mark.ComesBack || mark instanceof Mark.EndsSoon))
                                .toList()
                        : banned.marks()));
        fact("whose", Explanations.whose(banned.whose()));
        if (isAttacker(banned.whose())) {
            fact("to do", ATTACKER);
            return;
        }
        if (banned.cause() instanceof BanCause.Forged) {
            fact(
                    "to do",
                    Phrase.of("lift it, and mend the filter (")
                            .code("filter.d/dovecot.conf")
                            .words("), or it is banned again at anybody's will"));
        }
        banned.delivery()
                .ifPresent(delivery -> fact(
                        "mail",
                        Phrase.of("last delivered to ")
                                .name(delivery.mailbox())
                                .words(" ")
                                .at(delivery.at(), Style.AGO)
                                .words("; it keeps arriving, nothing is lost")));
        addCommands(banned.bans());
    }

    private void addSibling(Finding.SiblingBanned sibling) {
        fact(
                "because",
                Phrase.of(
                                sibling.address().family() == sibling.sibling().family()
                                        ? "it logged in from both; "
                                        : "a device with both kinds of address uses either; ")
                        .code(sibling.address().text())
                        .words(" is not banned itself"));
        sibling.bans()
                .forEach(ban -> fact(
                        "ban", Phrase.of("by ").code(ban.jail().name()).add(Verdicts.times(ban.since(), ban.until()))));
        addCommands(sibling.bans());
    }

    private void addCommands(List<Ban> bans) {
        bans.forEach(ban -> fact(
                "will run",
                new Phrase()
                        .code("fail2ban-client set " + ban.jail() + " unbanip "
                                + ban.id().text())));
    }

    /** No user of ours is locked out by a ban of it, as far as the logs tell. */
    static boolean isAttacker(Whose whose) {
        return whose instanceof Whose.Suspicious suspicious
                && (suspicious.regulars().isEmpty() || !suspicious.gotIn().isEmpty());
    }

    static Optional<Phrase> lastKnown(Finding.ServerUnreachable unreachable) {
        return unreachable.last().map(known -> {
            Phrase phrase = new Phrase().at(known.at(), Style.AGO).words(": ");
            return known.bans().isEmpty()
                    ? phrase.words("no jail held it")
                    : phrase.words("banned by "
                                    + Verdicts.jails(
                                            known.bans().stream().map(Ban::jail).toList()))
                            .add(Verdicts.times(
                                    known.bans().getFirst().since(),
                                    known.bans().getFirst().until()));
        });
    }

    private void addHorizon(String label, Horizon log) {
        fact(
                label,
                log.begins().isPresent()
                        ? new Phrase()
                                .code(log.source())
                                .words(" begins ")
                                .at(log.begins().get(), Style.MINUTE)
                        : new Phrase().code(log.source()).words(" is empty"));
    }

    private void addUnread(Horizon log) {
        log.fault()
                .ifPresent(fault -> fact(
                        "unread", new Phrase().code(log.source()).words(": ").add(Obstacles.fault(fault))));
    }

    private void fact(String label, Phrase text) {
        facts.add(new Fact(label, text.spans()));
    }
}
