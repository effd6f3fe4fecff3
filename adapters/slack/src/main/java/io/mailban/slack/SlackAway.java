package io.mailban.slack;

import com.slack.api.methods.SlackApiException;
import java.time.Duration;

/** Slack could not be asked just now; later it may. The message is a part of a sentence, without secrets. */
final class SlackAway extends Exception {
    private static final long serialVersionUID = 1L;

    private static final Duration LEAST = Duration.ofSeconds(1);
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
        return new SlackAway("HTTP " + status, status == 429 ? rest(e) : Duration.ZERO);
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

    /** A second at least, since none would mean that nothing was said. */
    private static Duration rest(SlackApiException e) {
        Duration told = Heard.wait(e.getResponse().header("Retry-After"));
        if (told.isZero()) {
            return LEAST;
        }
        return told.compareTo(LONGEST) > 0 ? LONGEST : told;
    }
}
