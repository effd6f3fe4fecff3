package io.mailban.access;

/**
 * A person's account on a platform, the only thing that rights are given to: {@code terminal:root}, {@code
 * slack:U024BE7LH}.
 *
 * @param platform {@code terminal}, {@code slack} or {@code discord}
 * @param account the platform's own, unchanging id; for the terminal the operating system's user
 */
public record PersonId(String platform, String account) {
    /** Refuses what could be read in two ways. */
    public PersonId {
        if (platform.isBlank() || platform.indexOf(':') >= 0 || account.isBlank()) {
            throw new IllegalArgumentException("a person is written PLATFORM:ACCOUNT, such as terminal:root, not \""
                    + platform + ":" + account + "\"");
        }
    }

    /**
     * Reads {@code PLATFORM:ACCOUNT}.
     *
     * @throws IllegalArgumentException with a sentence, if it is not of that form
     */
    public static PersonId of(String text) {
        int colon = text.indexOf(':');
        return colon < 0 ? new PersonId(text, "") : new PersonId(text.substring(0, colon), text.substring(colon + 1));
    }

    @Override
    public String toString() {
        return platform + ":" + account;
    }
}
