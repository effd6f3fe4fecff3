package io.mailban.chat;

/**
 * Something could not be said, and trying again would not help: the channel is gone, the bot was removed from it, its token
 * was taken back. What was to be said stays true; other places must not suffer for it.
 */
public final class NotSaid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    /**
     * Could not be said there.
     *
     * @param why a part of a sentence, without secrets
     */
    public NotSaid(Place place, String why) {
        super("nothing can be said in " + place.platform() + " " + place.id() + ": " + why);
        this.place = place;
    }

    /** Where. */
    public Place place() {
        return place;
    }
}
