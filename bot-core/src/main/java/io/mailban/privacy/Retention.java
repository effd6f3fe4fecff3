package io.mailban.privacy;

import java.time.Duration;

/**
 * How long what is about people is kept.
 *
 * @param unknownAddresses evidence about addresses that are nobody's whom the logs know
 * @param knownUsers evidence about addresses of the server's users
 * @param decisions requests, and who did what and why in the audit log
 */
public record Retention(Duration unknownAddresses, Duration knownUsers, Duration decisions) {}
