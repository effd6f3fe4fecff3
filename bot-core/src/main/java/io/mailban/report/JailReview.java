package io.mailban.report;

import io.mailban.ban.Jail;
import java.time.Duration;
import java.util.Optional;

/**
 * How a jail's settings did in the period, and what they would have had to be.
 *
 * @param maxRetry as it is set now
 * @param findTime as it is set now
 * @param knownBans how many known users' bans it made
 * @param otherBans how many of everyone else
 * @param seenAgain how many of all those bans the replay of the present settings finds at their moments: what the advice is
 *     worth; both are counted in the sample where there is one
 * @param replayed how many bans were replayed
 */
public record JailReview(
        Jail jail,
        int maxRetry,
        Duration findTime,
        int knownBans,
        int otherBans,
        int seenAgain,
        int replayed,
        Advice advice) {

    /** What the settings would have had to be. */
    public sealed interface Advice {
        /** No known user was locked out by it. */
        record NothingToChange() implements Advice {}

        /**
         * The smallest change with which no known user would have been locked out.
         *
         * @param sameFindTime the smallest maxretry with the present findtime, if a shorter findtime is better and that one
         *     would do too
         */
        record Change(Setting setting, Optional<Setting> sameFindTime) implements Advice {}

        /**
         * Settings would have spared the known users, and every one of them lets too many others go to be worth it:
         * more than one in {@value JailReviews#DEAR} of their bans would never have been made.
         *
         * @param least the one that lets the fewest go
         */
        record TooDear(Setting least) implements Advice {}

        /** No setting that still keeps guessers out would do: {@code most} failures within findtime were counted. */
        record NoneWouldDo(int most) implements Advice {}

        /** Known users' bans here came without failures that fail2ban counted: by hand, or before the log begins. */
        record NotFromFailures() implements Advice {}
    }

    /** A setting and its price. */
    public record Setting(int maxRetry, Duration findTime, Price price) {}

    /**
     * What a setting would have meant for everyone else's bans.
     *
     * @param bans how many bans that is about
     * @param delayed how many of them would have come later
     * @param missed how many not at all
     * @param delay how much later, in the middle of those delayed
     * @param oneOf one in so many attackers was looked at; 1 where all were
     */
    public record Price(int bans, int delayed, int missed, Duration delay, int oneOf) {}
}
