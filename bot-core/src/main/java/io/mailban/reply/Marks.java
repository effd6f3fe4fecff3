package io.mailban.reply;

import io.mailban.ban.AddressScope;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.Mark;
import java.util.List;

/** Says what is out of the ordinary about a ban, each as a line of its own. Pure. */
final class Marks {
    private Marks() {}

    static List<Fact> facts(List<Mark> marks) {
        return marks.stream()
                .map(mark -> new Fact(label(mark), words(mark).spans()))
                .toList();
    }

    /** Whether nothing shows that the ban has no effect, so that what it blocks is blocked. */
    static boolean takesEffect(List<Mark> marks) {
        return marks.stream()
                .noneMatch(mark -> mark instanceof Mark.StillGetsThrough || mark instanceof Mark.NotInFirewall);
    }

    private static String label(Mark mark) {
        return switch (mark) {
            case Mark.StillGetsThrough _, Mark.NotInFirewall _ -> "no effect";
            case Mark.EndsSoon _ -> "ends";
            case Mark.NearRecidive _ -> "next";
            case Mark.ByHand _ -> "by hand";
            case Mark.ComesBack _ -> "again";
            case Mark.SharedByMany _ -> "shared";
        };
    }

    private static Phrase words(Mark mark) {
        return switch (mark) {
            case Mark.StillGetsThrough through ->
                Phrase.of("it came through " + Phrase.count(through.times(), "time", "times") + " since, the last by "
                                + through.protocol() + " at ")
                        .at(through.last(), Style.SECOND)
                        .words(": see what fail2ban's log says of the action, and the order of the firewall's rules");
            case Mark.NotInFirewall _ ->
                Phrase.of("the firewall has no entry for it: fail2ban's nftables sets take no networks,"
                        + " and its log says so");
            case Mark.EndsSoon ends ->
                Phrase.of("by itself at ").at(ends.until(), Style.MINUTE).words("; waiting may be the easiest");
            case Mark.NearRecidive near ->
                Phrase.of("recidive " + near.bans() + " of " + near.maxRetry() + " within "
                        + Phrase.lasting(near.findTime()) + ": "
                        + (near.bans() < near.maxRetry() ? "one more ban makes a long one" : "a long ban is due"));
            case Mark.ByHand hand ->
                Phrase.of("somebody typed it in ")
                        .code(Verdicts.jails(hand.jails()))
                        .words(": ask who and why before it is lifted");
            case Mark.ComesBack back -> comesBack(back);
            case Mark.SharedByMany shared -> shared(shared);
        };
    }

    private static Phrase comesBack(Mark.ComesBack back) {
        Phrase phrase = Phrase.of("it comes back unless the password is changed");
        if (back.bans() > 1) {
            phrase.words(": " + Phrase.count(back.bans(), "ban", "bans") + " within a day");
        }
        return back.every()
                .map(every -> phrase.words(
                        (back.bans() > 1 ? ", " : ": ") + "the device tries every " + Phrase.lasting(every)))
                .orElse(phrase);
    }

    private static Phrase shared(Mark.SharedByMany shared) {
        if (shared.scope() == AddressScope.PUBLIC) {
            return Phrase.of(shared.mailboxes().size() + " mailboxes log in from it: ")
                    .names(shared.mailboxes())
                    .words("; all of them are locked out");
        }
        Phrase phrase = Phrase.of(Explanations.scope(shared.scope())
                        + ": webmail, a proxy, a container's gateway or the server itself; let jails ignore it (")
                .code("ignoreip")
                .words("), and have it pass on the clients' own addresses");
        return shared.mailboxes().isEmpty()
                ? phrase
                : phrase.words(". Behind it: ").names(shared.mailboxes());
    }
}
