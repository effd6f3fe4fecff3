package io.mailban.maillog;

import io.mailban.ban.Mailbox;
import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent.Delivered;
import io.mailban.maillog.MailEvent.Trouble;
import java.util.List;
import java.util.Optional;

/**
 * Reads what Dovecot's {@code lda} and {@code lmtp} write: {@code lmtp(bob)<123><S>: msgid=<M>: saved mail to INBOX},
 * Pigeonhole's {@code sieve: msgid=<M>: stored mail into mailbox 'INBOX'}, and what didn't fit. The message id, and in
 * some {@code deliver_log_format}s the subject, are the sender's; Dovecot's own words are the last, and name a folder.
 */
final class DovecotDelivery {
    private static final String SAVED = "saved mail to ";
    private static final String STORED = "stored mail into mailbox ";
    private static final List<String> REFUSALS =
            List.of(": save failed to ", ": failed to store into mailbox ", ": rejected: ");

    private DovecotDelivery() {}

    /** Reads the text behind the process's name: {@code (bob)<123><S>: …}, in 2.2 {@code (123, bob): S: …}. */
    static Optional<MailEvent> read(LogTime at, String text) {
        int close = text.startsWith("(") ? text.indexOf("): ") : -1;
        int ids = text.startsWith("(") ? text.indexOf(")<") : -1;
        int end = close < 0 || (ids >= 0 && ids < close) ? ids : close;
        int message = end < 0 ? -1 : text.indexOf(": ", end);
        if (message < 0) {
            return Optional.empty();
        }
        Optional<Mailbox> user = Names.mailbox(user(text.substring(1, end)));
        String rest = text.substring(message);
        if (isLast(SAVED, rest) || isLast(STORED, rest)) {
            return user.map(mailbox -> new Delivered(at, Service.DOVECOT, mailbox));
        }
        return full(rest).map(kind -> new Trouble(at, Service.DOVECOT, Optional.empty(), user, kind));
    }

    /** {@code bob}; {@code 123, bob} in 2.2; {@code bob,203.0.113.7} where {@code mail_log_prefix} adds an address. */
    private static String user(String text) {
        int space = text.indexOf(", ");
        if (space > 0 && text.substring(0, space).chars().allMatch(c -> c >= '0' && c <= '9')) {
            return text.substring(space + 2);
        }
        int comma = text.indexOf(',');
        return comma > 0 ? text.substring(0, comma) : text;
    }

    /** Whether the words come behind {@code ": "} or {@code ", "}, and nothing but a folder's name behind them. */
    private static boolean isLast(String words, String text) {
        int start = text.lastIndexOf(words);
        return start >= 2
                && (text.startsWith(": ", start - 2) || text.startsWith(", ", start - 2))
                && start + words.length() < text.length()
                && text.indexOf(": ", start) < 0;
    }

    private static Optional<TroubleKind> full(String text) {
        int failed = -1;
        for (String refusal : REFUSALS) {
            failed = Math.max(failed, text.lastIndexOf(refusal));
        }
        if (failed < 0) {
            return Optional.empty();
        }
        if (text.indexOf("No space left on device", failed) > 0) {
            return Optional.of(TroubleKind.DISK_FULL);
        }
        return text.indexOf("Quota exceeded", failed) > 0 ? Optional.of(TroubleKind.MAILBOX_FULL) : Optional.empty();
    }
}
