package io.mailban.slack;

import io.mailban.chat.CardAction;
import io.mailban.chat.Place;
import java.util.Optional;

/**
 * What a modal carries along, its {@code private_metadata}, so that its answers find their way back: {@code 2}, the person
 * for whom it was opened, the place and the {@linkplain CardAction#encoded encoded} action, a line each. It comes back from
 * outside and proves nothing: from anybody else than that person it is not to be taken.
 *
 * @param user the account's id
 */
record Metadata(String user, Place place, CardAction action) {
    /** Slack's limit. */
    private static final int MOST = 3000;

    private static final String VERSION = "2";

    String text() {
        String text = VERSION + "\n" + user + "\n" + place.id() + "\n" + action.encoded();
        if (text.length() > MOST) {
            throw new IllegalArgumentException(
                    "a form's action is at most " + MOST + " characters with its place, not " + text.length());
        }
        return text;
    }

    /** Reads what {@link #text} wrote; empty for anything else. */
    static Optional<Metadata> find(String text) {
        String[] lines = text.length() > MOST ? new String[0] : text.split("\n", -1);
        if (lines.length != 4 || !lines[0].equals(VERSION) || !Spot.isOne(lines[2])) {
            return Optional.empty();
        }
        return CardAction.find(lines[3])
                .map(action -> new Metadata(lines[1], new Place(SlackSetup.PLATFORM, lines[2]), action));
    }
}
