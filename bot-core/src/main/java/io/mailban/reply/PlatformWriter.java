package io.mailban.reply;

import io.mailban.chat.Card;
import io.mailban.chat.Card.Tone;

/**
 * Writes what a chat platform says for the bot, which never hears of it: who is not let in, what can't be read, what came too
 * late. Pure; thread-safe.
 */
public final class PlatformWriter {
    private PlatformWriter() {}

    /** To one of whom the platform does not tell where they come from. */
    public static Card workspaceUntold(String platform) {
        return refusal(platform + " did not say which workspace that came from; nothing was done");
    }

    /** To one from a workspace that is not served; {@code key} is where it could be in the configuration. */
    public static Card otherWorkspace(String workspace, String key) {
        return refusal("this bot does not serve the workspace " + workspace
                + "; whoever keeps its configuration can add it under " + key);
    }

    /** To one in a channel that is not served; {@code key} is where it could be in the configuration. */
    public static Card otherChannel(String channel, String key) {
        return refusal("this bot does not answer in this channel; write to it directly, or have whoever keeps its"
                + " configuration add " + channel + " under " + key);
    }

    /** To one whom the platform does not vouch for; {@code why} is its word for it. */
    public static Card personUntold(String platform, String why) {
        return refusal(platform + " did not say who you are (" + why + "), so nothing was done; try again in a moment");
    }

    /** To one of another organisation. */
    public static Card stranger() {
        return refusal(
                "people of other organisations can't use this bot; ask somebody of this workspace to do it for you");
    }

    /** To a guest. */
    public static Card guest() {
        return refusal("guests of this workspace can't use this bot; ask a full member to do it for you");
    }

    /** To another bot. */
    public static Card otherBot() {
        return refusal("other bots can't use this bot; a person has to ask");
    }

    /** To one whose account is deactivated. */
    public static Card deactivated() {
        return refusal("this account is deactivated; an administrator of the workspace can change that");
    }

    /** To one who sent a form that is not this bot's. */
    public static Card unreadForm() {
        return warning(
                "that form is none of this bot's, or older than it can read; nothing was done, please start again");
    }

    /** To one who pressed a button that is not this bot's. */
    public static Card unreadButton() {
        return warning(
                "that button is none of this bot's, or older than it can read; nothing was done, please ask again");
    }

    /** To one whose command or press met a fault of the bot's own. */
    public static Card broken() {
        return warning("that could not be done; whoever runs this bot finds the reason in its log");
    }

    /** Beside a button that opens a form which could not be opened at once. */
    public static Card lateForm(String platform) {
        return Card.of(
                Tone.PLAIN,
                Phrase.of(platform + " opens a form only right after a press, and this took longer.")
                        .spans());
    }

    /** In the place of what one answer may not take of a screen. */
    public static Card morePages(int left, int all) {
        return Card.of(
                Tone.PLAIN,
                Phrase.of("… and " + left + " pages more, of " + all + ": ask about less to see them")
                        .spans());
    }

    private static Card refusal(String words) {
        return Card.of(Tone.REFUSAL, Phrase.of(words).spans());
    }

    private static Card warning(String words) {
        return Card.of(Tone.WARNING, Phrase.of(words).spans());
    }
}
