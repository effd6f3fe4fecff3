package io.mailban.alert;

/**
 * A topic as a person names it; whether there is one shows when the servers are asked.
 *
 * @param word one word, in capitals or not
 */
public record TopicName(String word, Kind kind) {
    /** What kind of a topic is meant. */
    public enum Kind {
        /** Whichever has that name. */
        EITHER,
        /** {@code jail NAME}. */
        JAIL,
        /** {@code server NAME}. */
        SERVER
    }

    /** A topic's own name. */
    public static TopicName of(Topic topic) {
        return switch (topic) {
            case Topic.OfJail(var jail) -> new TopicName(jail.name(), Kind.JAIL);
            case Topic.OfServer(var server) -> new TopicName(server.name(), Kind.SERVER);
        };
    }

    /** Whether the topic could be meant. */
    public boolean fits(Topic topic) {
        boolean kindFits = switch (kind) {
            case EITHER -> true;
            case JAIL -> topic instanceof Topic.OfJail;
            case SERVER -> topic instanceof Topic.OfServer;
        };
        return kindFits && topic.name().equalsIgnoreCase(word);
    }

    /** As it is typed. */
    @Override
    public String toString() {
        return switch (kind) {
            case EITHER -> word;
            case JAIL -> "jail " + word;
            case SERVER -> "server " + word;
        };
    }
}
