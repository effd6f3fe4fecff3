package io.mailban.privacy;

/**
 * How much was erased.
 *
 * @param auditValues values of the audit log, whose entries and hashes stay
 * @param requestTexts texts of requests, or requests
 * @param evidence lines of evidence, or bans with their lines
 */
public record Erasure(int auditValues, int requestTexts, int evidence) {
    /** All together. */
    public int total() {
        return auditValues + requestTexts + evidence;
    }
}
