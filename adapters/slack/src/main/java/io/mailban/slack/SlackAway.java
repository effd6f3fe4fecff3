package io.mailban.slack;

import com.slack.api.methods.SlackApiException;
import java.time.Duration;

/** Slack could not be asked just now; later it may. The message is a part of a sentence, without secrets. */
final class SlackAway extends Exception {
    private static final long serialVersionUID = 1L;

    private static final Duration UNTOLD = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final transient Duration wait;

    SlackAway(String why) {
        this(why, Duration.ZERO);
    }

    SlackAway(String why, Duration wait) {
        super(why);
        this.wait = wait;
    }

    static SlackAway of(SlackApiException e) {
        int status = e.getResponse().code();
        return new SlackAway("HTTP " + status, status == 429 ? retryAfter(e) : Duration.ZERO);
    }

    /** For the log: what keeps the bot from Slack, of which nobody has to hear twice. */
    static String sentence(Exception e) {
        return e instanceof TokenRefused
                ? String.valueOf(e.getMessage())
                : "Slack is away ("
                        + (e instanceof SlackAway
                                ? e.getMessage()
                                : e.getClass().getSimpleName()) + "); trying again until it is back";
    }

    /** How long Slack wants to be left alone at least. */
    Duration rest() {
        return wait;
    }

    /** What a 429 says; a second where it says nothing that can be read. */
    static Duration retryAfter(SlackApiException e) {
        String told = e.getResponse().header("Retry-After");
        try {
            Duration wait = told == null ? UNTOLD : Duration.ofSeconds(Long.parseLong(told.strip()));
            return wait.isNegative() || wait.isZero() ? UNTOLD : wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
        } catch (NumberFormatException _) {
            return UNTOLD;
        }
    }
}
