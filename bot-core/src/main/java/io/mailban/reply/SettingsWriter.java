package io.mailban.reply;

import io.mailban.report.JailReview;
import io.mailban.report.JailReview.Advice;
import io.mailban.report.JailReview.Price;
import io.mailban.report.JailReview.Setting;

/** Writes what a jail's settings would have had to be, and at what price. Pure. */
final class SettingsWriter {
    private SettingsWriter() {}

    static Phrase advice(JailReview review) {
        Phrase phrase = new Phrase()
                .code(review.jail().name())
                .words(" has maxretry " + review.maxRetry() + " in " + Phrase.lasting(review.findTime()) + ": ");
        return switch (review.advice()) {
            case Advice.NothingToChange _ -> phrase.words("it locked out no known user");
            case Advice.NotFromFailures _ ->
                phrase.words("no setting would have helped, since no failures of theirs were counted for these bans");
            case Advice.NoneWouldDo(var most) ->
                phrase.words("no sensible setting would have helped, since up to " + most
                        + " failures fell within that time; the password on the device is what to change");
            case Advice.Change(var setting, var same) -> {
                phrase.words("with ").add(setting(setting, review)).words(" it would have locked out no known user. ");
                phrase.words(price(setting.price()));
                same.ifPresent(other -> phrase.words(" With the time unchanged: ")
                        .add(setting(other, review))
                        .words("; " + price(other.price())));
                yield phrase.words(worth(review));
            }
        };
    }

    private static Phrase setting(Setting setting, JailReview review) {
        boolean same = setting.findTime().equals(review.findTime());
        return new Phrase()
                .code("maxretry = " + setting.maxRetry()
                        + (same ? "" : ", findtime = " + setting.findTime().toSeconds()));
    }

    private static String price(Price price) {
        if (price.bans() == 0) {
            return "Nobody else was banned by it.";
        }
        String sample = price.oneOf() == 1 ? "" : " (every " + price.oneOf() + "th attacker was looked at)";
        String of = "of " + Phrase.grouped(price.bans()) + " other bans" + sample + " ";
        if (price.delayed() + price.missed() == 0) {
            return "Its price: none, " + of + "all would have come as they did.";
        }
        String later = price.delayed() == 0
                ? ""
                : Phrase.grouped(price.delayed()) + " would have come later, mostly by "
                        + Phrase.lasting(price.delay());
        String never = price.missed() == 0 ? "" : Phrase.grouped(price.missed()) + " not at all";
        return "Its price: " + of + later + (later.isEmpty() || never.isEmpty() ? "" : ", ") + never + ".";
    }

    private static String worth(JailReview review) {
        return review.replayed() == 0
                ? ""
                : " (A replay of the present settings finds " + Phrase.grouped(review.seenAgain()) + " of "
                        + Phrase.grouped(review.replayed())
                        + " bans; whoever was banned is taken to have gone on at their pace.)";
    }
}
