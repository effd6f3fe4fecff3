package io.mailban.reply;

import io.mailban.report.JailReview;
import io.mailban.report.JailReview.Advice;
import io.mailban.report.JailReview.Price;
import io.mailban.report.JailReview.Setting;
import java.util.ArrayList;
import java.util.List;

/** Writes what a jail's settings would have had to be, and at what price. Pure. */
final class SettingsWriter {
    private SettingsWriter() {}

    /** One line, or a few: what is set, what would have done and its price, and what that is worth. */
    static List<Phrase> advice(JailReview review) {
        List<Phrase> lines = new ArrayList<>();
        Phrase phrase = new Phrase()
                .code(review.jail().name())
                .words(" has maxretry " + review.maxRetry() + " in " + Phrase.lasting(review.findTime()) + ": ");
        lines.add(phrase);
        switch (review.advice()) {
            case Advice.NothingToChange _ -> phrase.words("it locked out no known user");
            case Advice.NotFromFailures _ ->
                phrase.words("no setting would have helped, since no failures of theirs were counted for these bans");
            case Advice.NoneWouldDo(var most) ->
                phrase.words("no sensible setting would have helped, since up to " + most
                        + " failures fell within that time; the password on the device is what to change");
            case Advice.Change(var setting, var same) -> {
                phrase.words("with ").add(setting(setting, review)).words(" it would have locked out no known user");
                lines.add(Phrase.of(price(setting.price())));
                same.ifPresent(other -> lines.add(Phrase.of("with the time unchanged ")
                        .add(setting(other, review))
                        .words(" would have done; ")
                        .words(price(other.price()))));
                lines.add(Phrase.of(
                        "so says a replay of the failures that fail2ban logged, in which whoever was banned goes"
                                + " on at their pace; with the present settings it finds "
                                + Phrase.grouped(review.seenAgain())
                                + " of the " + Phrase.grouped(review.replayed()) + " bans"));
            }
        }
        return lines;
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
