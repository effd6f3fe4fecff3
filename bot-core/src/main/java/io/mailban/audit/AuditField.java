package io.mailban.audit;

import java.util.Locale;

/** The values of an entry that can be erased one day, in the order in which its hash covers their commitments. */
public enum AuditField {
    /** The account. */
    WHO,
    /** The name that was shown for it. */
    WHO_NAME,
    /** What it was about. */
    SUBJECT,
    /** Why. */
    REASON,
    /** What came of it. */
    RESULT;

    /** As columns and exported files call it: {@code who_name}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
