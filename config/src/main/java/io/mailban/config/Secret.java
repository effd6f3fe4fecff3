package io.mailban.config;

import java.util.Arrays;

/** A secret's value, which shows itself only when asked. Thread-safe. */
public final class Secret {
    private final char[] value;

    Secret(char[] value) {
        this.value = value.clone();
    }

    /** A copy, for the caller to wipe. */
    public char[] reveal() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && Arrays.equals(value, secret.value);
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    /** Never the value: settings are printed, logged and compared. */
    @Override
    public String toString() {
        return "(secret)";
    }
}
