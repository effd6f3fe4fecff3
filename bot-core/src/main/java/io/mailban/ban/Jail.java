package io.mailban.ban;

/**
 * A jail's name, as configured in fail2ban: {@code postfix-sasl}. Holds letters, digits, {@code - _ .} and in principle
 * anything but white space at its ends; it is compared to the letter.
 */
public record Jail(String name) implements Comparable<Jail> {
    /** fail2ban's own jail for addresses that other jails banned again and again. */
    public static final Jail RECIDIVE = new Jail("recidive");

    /** Refuses the empty name and line breaks, which no jail has. */
    public Jail {
        if (name.isBlank() || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a jail's name is one line of text, not \"" + name + "\"");
        }
    }

    @Override
    public int compareTo(Jail other) {
        return name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return name;
    }
}
