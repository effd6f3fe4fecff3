package io.mailban.slack;

import io.mailban.chat.Place;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@link Place} of Slack: {@code C024BE91L}, or a thread there, {@code C024BE91L/1763812800.000100}; {@code U…} is the
 * direct message with that person.
 *
 * @param channel its id
 * @param thread the {@code ts} of the message that the thread is under
 */
record Spot(String channel, Optional<String> thread) {
    private static final Pattern FORM = Pattern.compile("[A-Z0-9]{2,40}(/[0-9]{1,20}\\.[0-9]{1,10})?");

    /** Whether this text from outside is written as a spot is. */
    static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    static Spot of(Place place) {
        int slash = place.id().indexOf('/');
        return slash < 0
                ? new Spot(place.id(), Optional.empty())
                : new Spot(
                        place.id().substring(0, slash), Optional.of(place.id().substring(slash + 1)));
    }

    Place place() {
        return new Place(
                SlackSetup.PLATFORM, channel + thread.map(ts -> "/" + ts).orElse(""));
    }

    Spot inThread(String ts) {
        return new Spot(channel, Optional.of(ts));
    }

    Scope scope() {
        return channel.startsWith("D") || channel.startsWith("U") || channel.startsWith("W")
                ? Scope.DIRECT
                : Scope.CHANNEL;
    }

    /** Who sees what is said there. */
    enum Scope {
        /** One person. */
        DIRECT,
        CHANNEL
    }
}
