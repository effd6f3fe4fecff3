package io.mailban.maillog;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.logtime.LogTime;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** What one line of a mail log says about a client or a mailbox. Names are whatever the client sent. */
public sealed interface MailEvent {

    /** When the daemon wrote the line. */
    LogTime at();

    /** The daemon that wrote it. */
    Service service();

    /** Where the client came from; empty where the line does not tell, or is about no client. */
    default Optional<Address> client() {
        return switch (this) {
            case AuthFailure failure -> failure.address();
            case Login login -> login.address();
            case Connected connected -> Optional.of(connected.address());
            case Rejected rejected -> Optional.of(rejected.address());
            case Trouble trouble -> trouble.address();
            case Delivered _ -> Optional.empty();
        };
    }

    /** The name that a client logged in with, or tried to; empty where it did neither, or the line does not tell. */
    default Optional<Mailbox> loginName() {
        return switch (this) {
            case AuthFailure failure -> failure.mailbox();
            case Login login -> Optional.of(login.mailbox());
            case Connected _, Rejected _, Delivered _, Trouble _ -> Optional.empty();
        };
    }

    /** The mailbox that the line names, be it a login's or that of a message. */
    default Optional<Mailbox> namedMailbox() {
        return switch (this) {
            case AuthFailure _, Login _, Connected _, Rejected _ -> loginName();
            case Delivered delivered -> Optional.of(delivered.recipient());
            case Trouble trouble -> trouble.mailbox();
        };
    }

    /**
     * A login that failed.
     *
     * @param address where the client came from; Postfix can write {@code unknown}
     * @param mailbox the name that was tried, empty where the line has none
     * @param mechanism the SASL mechanism in upper case: {@code PLAIN}
     * @param attempts how many attempts the line stands for. Empty on lines of Dovecot's auth process: the same
     *     attempts are counted on the line that the login process, or Postfix, writes about them
     * @param protocol what the client spoke; empty on lines of Dovecot's auth process
     * @param password tells equal passwords from different ones, where the server was told to log them
     */
    record AuthFailure(
            LogTime at,
            Service service,
            Optional<Address> address,
            Optional<Mailbox> mailbox,
            Optional<String> mechanism,
            Cause cause,
            OptionalInt attempts,
            Optional<Protocol> protocol,
            Optional<PasswordMark> password)
            implements MailEvent {

        /** On a line that shows nothing of the password. */
        public AuthFailure(
                LogTime at,
                Service service,
                Optional<Address> address,
                Optional<Mailbox> mailbox,
                Optional<String> mechanism,
                Cause cause,
                OptionalInt attempts,
                Optional<Protocol> protocol) {
            this(at, service, address, mailbox, mechanism, cause, attempts, protocol, Optional.empty());
        }
    }

    /** A login that succeeded; Postfix writes it once for each message that the client sends. */
    record Login(
            LogTime at,
            Service service,
            Optional<Address> address,
            Mailbox mailbox,
            Optional<String> mechanism,
            Protocol protocol)
            implements MailEvent {}

    /**
     * A client reached the server, and has not logged in (yet).
     *
     * @param open how long the connection had been open when the line was written
     */
    record Connected(LogTime at, Service service, Address address, Protocol protocol, Duration open)
            implements MailEvent {}

    /** A client named a recipient that the server does not take mail for, or not from this client. */
    record Rejected(LogTime at, Service service, Address address) implements MailEvent {}

    /** A message reached a mailbox on this server. */
    record Delivered(LogTime at, Service service, Mailbox recipient) implements MailEvent {}

    /** Something else than a ban that keeps a client or its mail out. */
    record Trouble(LogTime at, Service service, Optional<Address> address, Optional<Mailbox> mailbox, TroubleKind kind)
            implements MailEvent {}
}
