package io.mailban.reply;

import io.mailban.chat.Card.Fact;
import io.mailban.diagnosis.Finding;
import java.util.ArrayList;
import java.util.List;

/** Says a finding beside the leading one in a line, and what to do about it in another. Not thread-safe. */
final class BriefFacts {
    private final List<Fact> facts = new ArrayList<>();

    private BriefFacts() {}

    static List<Fact> of(Finding finding) {
        BriefFacts facts = new BriefFacts();
        facts.add(finding);
        return facts.facts;
    }

    private void add(Finding finding) {
        switch (finding) {
            case Finding.LogsUnread unread -> facts.addAll(FindingFacts.unread(unread));
            case Finding.MailboxUse use -> facts.addAll(UseWriter.facts(use));
            case Finding.Banned banned -> {
                fact("also", Verdicts.labelled(banned));
                facts.addAll(Marks.facts(banned.marks()));
                if (!BanFacts.isAttacker(banned.whose())) {
                    facts.addAll(BanFacts.commands(banned.bans()));
                }
            }
            case Finding.SiblingBanned sibling -> {
                fact("also", Verdicts.labelled(sibling));
                facts.addAll(BanFacts.commands(sibling.bans()));
            }
            case Finding.LeftInFirewall left -> {
                fact("also", Verdicts.labelled(left));
                left.entries()
                        .forEach(entry -> fact(
                                "",
                                Phrase.of("on the server: ")
                                        .code(FirewallWords.mending(entry.place(), left.address()))));
            }
            case Finding.OtherTrouble trouble -> {
                fact("also", Verdicts.labelled(trouble));
                fact("", TroubleWords.toDo(trouble));
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

    private void fact(String label, Phrase text) {
        facts.add(new Fact(label, text.spans()));
    }
}
