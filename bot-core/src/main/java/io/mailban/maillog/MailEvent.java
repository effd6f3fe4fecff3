package io.mailban.maillog;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.logtime.LogTime;
import java.util.Optional;
import java.util.OptionalInt;

/** What one line of a mail log says about a client or a mailbox. Names are whatever the client sent. */
public sealed interface MailEvent {

    /** When the daemon wrote the line. */
    LogTime at();

    /** The daemon that wrote it. */
    Service service();

    /**
     * A login that failed.
     *
     * @param address where the client came from; Postfix can write {@code unknown}
     * @param mailbox the name that was tried, empty where the line has none
     * @param mechanism the SASL mechanism in upper case: {@code PLAIN}
     * @param attempts how many attempts the line stands for. Empty on lines of Dovecot's auth process: the same
     *     attempts are counted on the line that the login process, or Postfix, writes about them
     * @param protocol what the client spoke; empty on lines of Dovecot's auth process
     */
    record AuthFailure(
            LogTime at,
            Service service,
            Optional<Address> address,
            Optional<Mailbox> mailbox,
            Optional<String> mechanism,
            Cause cause,
            OptionalInt attempts,
            Optional<Protocol> protocol)
            implements MailEvent {}

    /** A login that succeeded; Postfix writes it once for each message that the client sends. */
    record Login(
            LogTime at,
            Service service,
            Optional<Address> address,
            Mailbox mailbox,
            Optional<String> mechanism,
            Protocol protocol)
            implements MailEvent {}

    /** A message reached a mailbox on this server. */
    record Delivered(LogTime at, Service service, Mailbox recipient) implements MailEvent {}

    /** Something else than a ban that keeps a client or its mail out. */
    record Trouble(LogTime at, Service service, Optional<Address> address, Optional<Mailbox> mailbox, TroubleKind kind)
            implements MailEvent {}
}
