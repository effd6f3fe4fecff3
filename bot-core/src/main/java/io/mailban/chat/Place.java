package io.mailban.chat;

/**
 * Where something is said: a channel, a thread, a terminal session. {@code id} is the platform's own.
 *
 * @param platform {@code terminal}, {@code slack} or {@code discord}
 */
public record Place(String platform, String id) {}
