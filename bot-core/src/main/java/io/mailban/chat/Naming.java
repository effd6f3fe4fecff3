package io.mailban.chat;

/** How a mailbox is named. */
public enum Naming {
    /** {@code bob@example.org}. */
    FULL,
    /** {@code b…@example.org}: whoever asked is told the rest alone. */
    MASKED
}
