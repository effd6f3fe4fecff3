/**
 * What Postfix and Dovecot write about logins, failures, deliveries and troubles of mail clients.
 *
 * <p>Context: user names, host names and protocol texts in these lines are the client's own, and an attacker who can
 * forge an address in one gets somebody else banned, or believed. Every reader here takes the parts of a line from the
 * end that the daemon itself wrote, in the daemon's order, and gives up where the line doesn't fit. Passwords, which
 * Dovecot's auth process can be told to log, are never kept.
 */
@NullMarked
package io.mailban.maillog;

import org.jspecify.annotations.NullMarked;
