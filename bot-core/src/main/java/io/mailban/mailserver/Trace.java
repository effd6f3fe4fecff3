package io.mailban.mailserver;

import io.mailban.fail2ban.LogEvent;
import io.mailban.maillog.MailEvent;
import java.time.Instant;

/**
 * One line of a server's log that means something, with its time made absolute by the server's zone. {@code line} is the
 * line as it was logged, with passwords and their hashes redacted: attacker-written, for the eyes of the one who asks.
 */
public sealed interface Trace {
    /** When the server wrote it. */
    Instant at();

    /** The line, redacted, otherwise as logged. */
    String line();

    /** A line of fail2ban's log. */
    record OfFail2ban(Instant at, LogEvent event, String line) implements Trace {}

    /** A line of Postfix's or Dovecot's. */
    record OfMail(Instant at, MailEvent event, String line) implements Trace {}
}
