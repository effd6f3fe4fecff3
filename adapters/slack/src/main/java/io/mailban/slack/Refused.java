package io.mailban.slack;

import io.mailban.chat.NotSaid;
import io.mailban.chat.Place;
import io.mailban.chat.Visible;
import java.util.Optional;

/** Slack refused something, and would refuse it again. */
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    private final String word;

    /**
     * Refused with this word.
     *
     * @param word Slack's, {@code not_in_channel}
     * @param needed the scope that is missing, if that is why
     */
    Refused(String word, Optional<String> needed) {
        super("Slack says " + Visible.of(word)
                + needed.map(scope -> ", needed: " + Visible.of(scope)).orElse(""));
        this.word = word;
    }

    String word() {
        return word;
    }

    /** The same for whoever wanted to say something there, with what mends it. */
    NotSaid at(Place place) {
        return new NotSaid(place, getMessage() + "; " + mending());
    }

    private String mending() {
        return switch (word) {
            case "not_in_channel" -> "invite the bot there: /invite @mailban";
            case "channel_not_found" ->
                "check the channel's id, and if it is private, invite the bot there: /invite @mailban";
            case "is_archived" -> "unarchive the channel, or configure another";
            case "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive" ->
                "install the app anew and give the bot its new token";
            case "missing_scope" -> "update the app from its manifest and install it anew";
            case "no_permission", "ekm_access_denied", "access_denied", "team_access_not_granted" ->
                "an administrator of the workspace must allow it";
            case "restricted_action", "restricted_action_read_only_channel", "restricted_action_thread_only_channel" ->
                "the channel's settings must let the bot post";
            case "messages_tab_disabled" -> "turn on the Messages tab under App Home in the app's settings";
            case "user_not_found", "user_disabled", "cannot_dm_bot" -> "that person cannot be written to";
            case "edit_window_closed", "cant_update_message" -> "the message can no longer be edited";
            case "msg_too_long",
                    "msg_blocks_too_long",
                    "invalid_blocks",
                    "invalid_blocks_format",
                    "invalid_arguments" -> "that is a fault of the bot's own: please report it";
            default ->
                word.startsWith("HTTP ")
                        ? "check the address of Slack's API, and the proxy if there is one"
                        : "see Slack's documentation of that error";
        };
    }
}
