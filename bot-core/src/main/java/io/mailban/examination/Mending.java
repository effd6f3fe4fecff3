package io.mailban.examination;

/**
 * One step that mends a flaw.
 *
 * @param where it is done
 * @param line what to type or to click, or what to write into the configuration; one line, ready to be copied
 */
public record Mending(Where where, String line) {
    /** Replaces what no command line should hold: a name out of a server's answer could bring a line break. */
    public Mending {
        line = line.replaceAll("\\p{Cntrl}", "?");
    }

    /** Where a mending is done. */
    public enum Where {
        /** In a shell on the server, as somebody who may use sudo. */
        SERVER,
        /** In a shell here. */
        HERE,
        /** In the server's entry of mailban.yml, or under slack: there. */
        CONFIGURATION,
        /** In Slack, or on the app's page there: clicked. */
        SLACK
    }

    static Mending onServer(String line) {
        return new Mending(Where.SERVER, line);
    }

    static Mending here(String line) {
        return new Mending(Where.HERE, line);
    }

    static Mending configured(String line) {
        return new Mending(Where.CONFIGURATION, line);
    }

    static Mending inSlack(String line) {
        return new Mending(Where.SLACK, line);
    }

    /** A word for a POSIX shell. */
    static String quoted(String word) {
        return word.matches("[a-zA-Z0-9_@%+=:,./~-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
