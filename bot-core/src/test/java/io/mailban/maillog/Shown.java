package io.mailban.maillog;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import java.util.Optional;

/**
 * An event in a few words, for the tables of tests: {@code AuthFailure 203.0.113.7 bob@example.org PLAIN UNKNOWN x3 IMAP};
 * {@code ?} stands for what the line doesn't say.
 */
final class Shown {
    private Shown() {}

    static String show(Optional<MailEvent> event) {
        return event.map(Shown::show).orElse("-");
    }

    private static String show(MailEvent event) {
        return switch (event) {
            case MailEvent.AuthFailure e ->
                "AuthFailure " + client(e.address(), e.mailbox()) + " "
                        + e.mechanism().orElse("?") + " " + e.cause()
                        + (e.attempts().isPresent() ? " x" + e.attempts().getAsInt() : "")
                        + e.protocol().map(protocol -> " " + protocol).orElse("");
            case MailEvent.Login e ->
                "Login " + client(e.address(), Optional.of(e.mailbox())) + " "
                        + e.mechanism().orElse("?") + " " + e.protocol();
            case MailEvent.Connected e ->
                "Connected " + e.address() + " " + e.protocol() + " " + e.open().toSeconds();
            case MailEvent.Rejected e -> "Rejected " + e.address();
            case MailEvent.Delivered e -> "Delivered " + e.recipient();
            case MailEvent.Trouble e -> "Trouble " + client(e.address(), e.mailbox()) + " " + e.kind();
        };
    }

    private static String client(Optional<Address> address, Optional<Mailbox> mailbox) {
        return address.map(Address::text).orElse("?") + " "
                + mailbox.map(Mailbox::name).orElse("?");
    }
}
