package io.mailban.reply;

import io.mailban.ban.Address;
import io.mailban.report.JailReview;
import io.mailban.report.JailReview.Advice;
import io.mailban.report.JailReview.Price;
import io.mailban.report.JailReview.Setting;
import io.mailban.report.LockOut;
import java.util.ArrayList;
import java.util.List;

/** Writes what a jail's settings would have had to be, and at what price. Pure. */
final class SettingsWriter {
    /** So many addresses are named; JSON has all. */
    private static final int MOST = 3;

    private SettingsWriter() {}

    /**
     * One line, or a few: what is set, what would have done and its price, and what that is worth; where no setting would
     * have done at a fair price, what else does.
     */
    static List<Phrase> advice(JailReview review, List<LockOut> lockOuts) {
        List<Phrase> lines = new ArrayList<>();
        Phrase phrase = new Phrase()
                .code(review.jail().name())
                .words(" has maxretry " + review.maxRetry() + " in " + Phrase.lasting(review.findTime()) + ": ");
        lines.add(phrase);
        switch (review.advice()) {
            case Advice.NothingToChange _ -> phrase.words("it locked out no known user");
            case Advice.NotFromFailures _ ->
                phrase.words("no setting would have helped, since no failures of theirs were counted for these bans");
            case Advice.NoneWouldDo(var most) -> {
                phrase.words("no sensible setting would have helped, since up to " + most
                        + " failures of a known user's device fell within that time");
                lines.addAll(instead(review, lockOuts));
            }
            case Advice.TooDear(var least) -> {
                phrase.words(
                                "no setting helps at a fair price. The least dear that would have locked out no known user, ")
                        .add(setting(least, review))
                        .words(", lets " + share(least.price()) + " of the attackers' bans go");
                lines.add(Phrase.of(price(least.price())));
                lines.addAll(instead(review, lockOuts));
                lines.add(worth(review));
            }
            case Advice.Change(var setting, var same) -> {
                phrase.words("with ").add(setting(setting, review)).words(" it would have locked out no known user");
                lines.add(Phrase.of(price(setting.price())));
                same.ifPresent(other -> lines.add(Phrase.of("with the time unchanged ")
                        .add(setting(other, review))
                        .words(" would have done; ")
                        .words(price(other.price()))));
                lines.add(worth(review));
            }
        }
        return lines;
    }

    /** What spares known users without sparing anybody else. */
    private static List<Phrase> instead(JailReview review, List<LockOut> lockOuts) {
        List<Address> addresses = lockOuts.stream()
                .filter(lockOut -> lockOut.jails().contains(review.jail()))
                .map(LockOut::address)
                .distinct()
                .toList();
        int first = addresses.size();
        int later = review.knownBans() - first;
        String bans = Phrase.count(review.knownBans(), "ban", "bans");
        Phrase exempt = Phrase.of("or, where the address is fixed (an office, say), ")
                .code("ignoreip")
                .words(" in jail.local, or ")
                .code("mailban exempt")
                .words(" for a while: ");
        for (int i = 0; i < Math.min(first, MOST); i++) {
            exempt.words(i == 0 ? "" : ", ").code(addresses.get(i).text());
        }
        exempt.words((first > MOST ? " and " + (first - MOST) + " more" : "") + " had all "
                + Phrase.grouped(review.knownBans()) + " of them");
        Phrase increment = Phrase.of("or a short bantime with ")
                .code("bantime.increment = true")
                .words(": " + Phrase.count(first, "ban was the first", "bans were the first")
                        + " of its address and would"
                        + " have been short; "
                        + (later == 0
                                ? "there was no other"
                                : Phrase.grouped(later) + " came after"
                                        + " that and would have grown, as attackers' do"));
        return List.of(
                Phrase.of("what helps: the new password on the device, where " + bans + " of known users came from "
                        + Phrase.count(first, "address", "addresses")),
                exempt,
                increment);
    }

    private static Phrase worth(JailReview review) {
        return Phrase.of("so says a replay of the failures that fail2ban logged, in which whoever was banned goes on at"
                + " their pace; with the present settings it finds " + Phrase.grouped(review.seenAgain()) + " of the "
                + Phrase.grouped(review.replayed()) + " bans");
    }

    private static String share(Price price) {
        return Math.round(100.0 * price.missed() / price.bans()) + " %";
    }

    private static Phrase setting(Setting setting, JailReview review) {
        boolean same = setting.findTime().equals(review.findTime());
        return new Phrase()
                .code("maxretry = " + setting.maxRetry()
                        + (same ? "" : ", findtime = " + setting.findTime().toSeconds()));
    }

    private static String price(Price price) {
        if (price.bans() == 0) {
            return "its price: none, nobody else was banned by it";
        }
        String sample = price.oneOf() == 1 ? "" : " (every " + price.oneOf() + "th attacker was looked at)";
        String of = "of " + Phrase.grouped(price.bans()) + " other bans" + sample + " ";
        if (price.delayed() + price.missed() == 0) {
            return "its price: none, " + of + "all would have come as they did";
        }
        String later = price.delayed() == 0
                ? ""
                : Phrase.grouped(price.delayed()) + " would have come later, mostly by "
                        + Phrase.lasting(price.delay());
        String never = price.missed() == 0 ? "" : Phrase.grouped(price.missed()) + " not at all";
        return "its price: " + of + later + (later.isEmpty() || never.isEmpty() ? "" : ", ") + never;
    }
}
