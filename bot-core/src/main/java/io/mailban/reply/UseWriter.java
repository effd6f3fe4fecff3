package io.mailban.reply;

import io.mailban.chat.Card.Fact;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Finding.AddressUse;
import io.mailban.known.Whose;
import java.util.ArrayList;
import java.util.List;

/** Writes which addresses a mailbox uses: the known ones first, those that only tried its name last. Pure. */
final class UseWriter {
    /** From so many addresses on that never got in, it is not somebody's new telephone. */
    private static final int GUESSERS = 3;

    private UseWriter() {}

    static List<Fact> facts(Finding.MailboxUse use) {
        List<Fact> facts = new ArrayList<>();
        for (AddressUse address : use.own()) {
            facts.add(new Fact(label(address.whose()), own(address).spans()));
        }
        if (!use.others().isEmpty()) {
            facts.add(new Fact("others", others(use).spans()));
            use.others().stream()
                    .limit(3)
                    .forEach(other -> facts.add(new Fact(
                            "",
                            new Phrase()
                                    .code(other.address().text())
                                    .words(" last tried ")
                                    .at(other.last(), Style.MINUTE)
                                    .words(banned(other))
                                    .spans())));
        }
        return facts;
    }

    private static String label(Whose whose) {
        return switch (whose) {
            case Whose.Known _, Whose.Listed _ -> "known";
            case Whose.Perhaps _ -> "perhaps";
            case Whose.Unknown _ -> "unsure";
            case Whose.Suspicious _ -> "not theirs";
        };
    }

    private static Phrase own(AddressUse address) {
        Phrase line = new Phrase()
                .code(address.address().text())
                .words(" " + Phrase.count(address.logins(), "good login", "good logins") + ", the last ")
                .at(address.last(), Style.MINUTE);
        if (address.failures() > 0) {
            line.words(", " + Phrase.count(address.failures(), "failure", "failures"));
        }
        return line.words(banned(address)).words(doubt(address.whose()));
    }

    private static String doubt(Whose whose) {
        return switch (whose) {
            case Whose.Known _, Whose.Listed _, Whose.Perhaps _ -> "";
            case Whose.Unknown _ -> "; only after it had failed: a new device, or a guess that worked";
            case Whose.Suspicious suspicious ->
                "; it failed for " + suspicious.names().size() + " names: "
                        + (suspicious.gotIn().isEmpty()
                                ? "a shared address, or a guesser behind one"
                                : "a guess that worked");
        };
    }

    private static String banned(AddressUse use) {
        return use.bannedIn().isEmpty() ? "" : "; banned by " + Verdicts.jails(use.bannedIn());
    }

    private static Phrase others(Finding.MailboxUse use) {
        int count = use.others().size();
        long banned = use.others().stream()
                .filter(other -> !other.bannedIn().isEmpty())
                .count();
        return Phrase.of(Phrase.count(count, "other address", "other addresses") + " tried ")
                .name(use.mailbox())
                .words("'s name")
                .words(banned > 0 ? ", " + banned + " of them banned" : "")
                .words(
                        count >= GUESSERS
                                ? "; they look like guessers"
                                : count == 1
                                        ? "; it never got in: a new device, or a guesser"
                                        : "; they never got in: new devices, or guessers");
    }
}
