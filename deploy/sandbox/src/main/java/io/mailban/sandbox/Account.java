package io.mailban.sandbox;

/** A mailbox and the password that somebody tries for it. */
public record Account(String mailbox, String password) {

    public static final Account BOB = new Account("bob@example.org", "bobs-password");
    public static final Account ALICE = new Account("alice@example.org", "alices-password");

    /** The same mailbox, as a device with an old password knows it. */
    public Account withPassword(String other) {
        return new Account(mailbox, other);
    }
}
