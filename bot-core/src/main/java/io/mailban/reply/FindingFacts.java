package io.mailban.reply;

import io.mailban.ban.Ban;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Question;
import io.mailban.mailserver.Tracing.Horizon;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what carries the leading finding, and what to do about it, as labelled lines. Not thread-safe. */
final class FindingFacts {
    private final List<Fact> facts = new ArrayList<>();
    private final ServerName server;

    private FindingFacts(ServerName server) {
        this.server = server;
    }

    static List<Fact> of(Finding finding, ServerName server) {
        FindingFacts facts = new FindingFacts(server);
        facts.add(finding);
        return facts.facts;
    }

    private void add(Finding finding) {
        switch (finding) {
            case Finding.Banned banned -> facts.addAll(BanFacts.of(banned));
            case Finding.CoveredByNetwork covered -> facts.addAll(BanFacts.of(covered, server));
            case Finding.LeftInFirewall left -> {
                left.entries()
                        .forEach(entry ->
                                fact("held by", new Phrase().code(entry.place().text())));
                left.entries()
                        .forEach(entry -> fact(
                                "to do",
                                Phrase.of("on the server: ")
                                        .code(FirewallWords.mending(entry.place(), left.address()))));
            }
            case Finding.OtherFirewall other -> {
                other.entries()
                        .forEach(entry ->
                                fact("held by", new Phrase().code(entry.place().text())));
                fact("to do", Phrase.of("lift it in mailcow: Configuration, Options, Fail2ban parameters"));
            }
            case Finding.SiblingBanned sibling -> facts.addAll(BanFacts.of(sibling));
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
                        BanFacts.isAttacker(failing.whose())
                                ? BanFacts.ATTACKER
                                : Phrase.of("correct the password on the device, or switch the device off, before it is"
                                        + " banned"));
            }
            case Finding.LoginsFail fail -> {
                fact("because", Explanations.because(fail.cause(), fail.whose()));
                fact("whose", Explanations.whose(fail.whose()));
                fact(
                        "to do",
                        BanFacts.isAttacker(fail.whose()) ? BanFacts.ATTACKER : Explanations.correcting(fail.cause()));
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
                fact("because", TroubleWords.evidence(trouble));
                fact("to do", TroubleWords.toDo(trouble));
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
                facts.addAll(unread(unread));
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

    static List<Fact> unread(Finding.LogsUnread unread) {
        return unread.logs().stream()
                .flatMap(log -> log.fault().stream()
                        .map(fault -> new Fact(
                                "unread",
                                new Phrase()
                                        .code(log.source())
                                        .words(": ")
                                        .add(Obstacles.fault(fault))
                                        .spans())))
                .toList();
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

    private void fact(String label, Phrase text) {
        facts.add(new Fact(label, text.spans()));
    }
}
