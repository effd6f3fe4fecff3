package io.mailban.reply;

import io.mailban.ban.Mailbox;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.Finding;
import java.util.Optional;

/** Says what else than a ban keeps a client or its mail out, and what to do about it. Pure. */
final class TroubleWords {
    private TroubleWords() {}

    static Phrase verdict(Finding.OtherTrouble trouble, String on) {
        return switch (trouble.kind()) {
            case CONNECTION_LIMIT ->
                client(trouble).words(" has too many connections open" + on + " at once; further ones are refused");
            case RATE_LIMIT ->
                client(trouble).words(" does too much within a minute" + on + "; the mail server makes it wait");
            case CERTIFICATE_REFUSED ->
                client(trouble)
                        .words(" does not accept the server's certificate" + on + ", and breaks off before it logs in");
            case MAILBOX_FULL -> mailbox(trouble).words("'s mailbox" + on + " is full: new mail is not taken");
            case DISK_FULL -> Phrase.of("the disk" + on + " is full: mail is not taken");
            case NOT_DELIVERED ->
                Phrase.of("mail does not get into ").add(mailbox(trouble)).words("'s mailbox" + on);
        };
    }

    static Phrase evidence(Finding.OtherTrouble trouble) {
        Phrase phrase = Phrase.of(Phrase.count(trouble.times(), "time", "times") + " within a day, the last at ")
                .at(trouble.last(), Style.SECOND);
        Optional<Mailbox> mailbox = trouble.address().flatMap(_ -> trouble.mailbox());
        return mailbox.isPresent() ? phrase.words(" as ").name(mailbox.get()) : phrase;
    }

    static Phrase toDo(Finding.OtherTrouble trouble) {
        return switch (trouble.kind()) {
            case CONNECTION_LIMIT ->
                Phrase.of("close the client on some device, or raise ")
                        .code("mail_max_userip_connections")
                        .words(" (Dovecot) or ")
                        .code("smtpd_client_connection_count_limit")
                        .words(" (Postfix)");
            case RATE_LIMIT ->
                Phrase.of("wait a minute; if the device is meant to send so much, except it by ")
                        .code("smtpd_client_event_limit_exceptions");
            case CERTIFICATE_REFUSED ->
                Phrase.of("use the host name that the certificate is for, and see that it has not expired: ")
                        .code("openssl s_client -connect HOST:993");
            case MAILBOX_FULL -> Phrase.of("delete mail, or raise the quota: ").code("doveadm quota get -u MAILBOX");
            case DISK_FULL -> Phrase.of("on the server: ").code("df -h");
            case NOT_DELIVERED -> Phrase.of("on the server: ").code("postqueue -p");
        };
    }

    private static Phrase client(Finding.OtherTrouble trouble) {
        return trouble.address()
                .map(address -> new Phrase().code(address.text()))
                .orElseGet(() -> Phrase.of("a client"));
    }

    private static Phrase mailbox(Finding.OtherTrouble trouble) {
        return trouble.mailbox().map(name -> new Phrase().name(name)).orElseGet(() -> Phrase.of("somebody"));
    }
}
