package io.mailban.deploy.shell;

/**
 * One command as it was given, before anybody has looked at its words.
 *
 * @param line the words that a chat would take: {@code check 203.0.113.7 mail1}
 */
public record Errand(String line, Format format, Consent consent, Patience patience) {

    /** How the answer is to look. */
    public enum Format {
        /** Cards, for people. */
        TEXT,
        /** One JSON object. */
        JSON
    }

    /** Whether one's own request is approved in the same breath, where that is allowed. */
    public enum Consent {
        /** Ask, if there is somebody to ask. */
        ASK,
        /** {@code --yes}. */
        GIVEN
    }

    /** What to wait for after a ban was lifted. */
    public enum Patience {
        /** For the lift and the check after it. */
        UNTIL_LIFTED,
        /** {@code --wait}: for the client to log in, to be banned again, or not to come. */
        UNTIL_SEEN
    }
}
