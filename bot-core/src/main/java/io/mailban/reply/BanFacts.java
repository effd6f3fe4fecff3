package io.mailban.reply;

import io.mailban.ban.Ban;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.BanCause;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Mark;
import io.mailban.known.Whose;
import io.mailban.mailserver.Lifting;
import java.util.ArrayList;
import java.util.List;

/** Says what carries a ban, and what to do about it, as labelled lines. Not thread-safe. */
final class BanFacts {
    private final List<Fact> facts = new ArrayList<>();

    private BanFacts() {}

    static List<Fact> of(Finding.Banned banned) {
        BanFacts facts = new BanFacts();
        facts.addBan(banned);
        return facts.facts;
    }

    static List<Fact> of(Finding.SiblingBanned sibling) {
        BanFacts facts = new BanFacts();
        facts.addSibling(sibling);
        return facts.facts;
    }

    static List<Fact> of(Finding.CoveredByNetwork covered, ServerName server) {
        BanFacts facts = new BanFacts();
        facts.addNetwork(covered, server);
        return facts.facts;
    }

    /** What lifts them: shown before anybody is asked. */
    static List<Fact> commands(List<Ban> bans) {
        BanFacts facts = new BanFacts();
        facts.addCommands(bans);
        return facts.facts;
    }

    /** What to do about an attacker's address. */
    static Phrase leftAlone() {
        return Phrase.of("nothing: it looks like an attacker's address, and is kept out as it should be");
    }

    /** No user of ours is locked out by a ban of it, as far as the logs tell. */
    static boolean isAttacker(Whose whose) {
        return whose instanceof Whose.Suspicious suspicious
                && (suspicious.regulars().isEmpty() || !suspicious.gotIn().isEmpty());
    }

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
            fact("to do", leftAlone());
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

    private void addNetwork(Finding.CoveredByNetwork covered, ServerName server) {
        fact("jail", new Phrase().code(covered.ban().jail().name()));
        if (Marks.takesEffect(covered.marks())) {
            fact("blocks", Explanations.closes(covered.closes(), covered.manner(), new BanCause.ByHand()));
        }
        facts.addAll(Marks.facts(covered.marks()));
        fact("whose", Explanations.whose(covered.whose()));
        if (covered.marks().stream().anyMatch(Mark.NotInFirewall.class::isInstance)) {
            fact(
                    "to do",
                    Phrase.of("to make it take effect, in a shell: ")
                            .code("mailban doctor " + server)
                            .words(" has the commands"));
        }
        fact(
                "to do",
                Phrase.of("lifting it lets the whole network in: ").code("unban " + covered.network() + " " + server));
    }

    private void addCommands(List<Ban> bans) {
        bans.forEach(ban -> fact("will run", new Phrase().code(Lifting.command(ban.jail(), ban.id()))));
    }

    private void fact(String label, Phrase text) {
        facts.add(new Fact(label, text.spans()));
    }
}
