package io.mailban.maillog;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Tells whether two attempts used the same password, and nothing else: Dovecot can be told to log the password, or a
 * hash of it ({@code auth_verbose_passwords}), which is never kept. A mark is good for one run of the program only: it
 * is salted with a number that no other run has, and much shorter than what it stands for.
 */
public final class PasswordMark {
    private static final int SALT = RandomGenerator.getDefault().nextInt();

    private final int value;

    private PasswordMark(int value) {
        this.value = value;
    }

    /** The mark of what the log shows of a password. */
    public static PasswordMark of(String shown) {
        return new PasswordMark(Objects.hash(SALT, shown));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PasswordMark mark && mark.value == value;
    }

    @Override
    public int hashCode() {
        return value;
    }

    /** Tells nothing. */
    @Override
    public String toString() {
        return "PasswordMark[…]";
    }
}
