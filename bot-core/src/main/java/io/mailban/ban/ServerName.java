package io.mailban.ban;

/** What the operator calls a mail server in the configuration, or the words given to {@code --ssh}: {@code mail1}. */
public record ServerName(String name) implements Comparable<ServerName> {
    /** Refuses the empty name and control characters. */
    public ServerName {
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a server's name is one line of text, not \"" + name + "\"");
        }
    }

    @Override
    public int compareTo(ServerName other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
