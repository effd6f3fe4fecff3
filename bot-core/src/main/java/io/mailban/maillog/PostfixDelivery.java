package io.mailban.maillog;

import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent.Delivered;
import io.mailban.maillog.MailEvent.Trouble;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the status lines of Postfix's delivery agents: {@code ID: to=<R>[, orig_to=<O>], relay=S[, conn_use=N],
 * delay=D[, delays=A/B/C/D][, tls=T][, dsn=X.Y.Z], status=sent (REASON)} (Postfix 3.11, {@code log_adhoc.c}).
 *
 * <p>A delivery is one into a mailbox here. {@code smtp} sends mail out, or to a content filter; {@code lmtp} and
 * {@code pipe} deliver, unless what answers is a filter that passes the message on.
 */
final class PostfixDelivery {
    private static final String TO = ": to=<";
    private static final String STATUS = ", status=";

    /** Between the relay and the status stand numbers and names of our own making, never this much. */
    private static final int LONGEST_FIGURES = 600;

    /** Words of transports and commands that put mail into mailboxes; {@code spamfilter} and {@code mailman} don't. */
    private static final List<String> DELIVERING =
            List.of("dovecot", "maildrop", "procmail", "cyrus", "deliver", "lda", "plesk_virtual", "dbmail");

    /** What filters answer over LMTP when they pass a message on, or drop it. */
    private static final List<String> PASSED_ON =
            List.of("queued as", "from mta(", "discarded", "for delivery", "quarantine");

    private PostfixDelivery() {}

    static Optional<MailEvent> read(LogTime at, String daemon, String text) {
        int to = text.indexOf(TO);
        if (to <= 0 || !PostfixReader.isQueueId(text, to)) {
            return PostfixReader.diskFull(at, text);
        }
        int name = to + TO.length();
        int close = endOfAddress(text, name);
        int behind = close < 0 ? -1 : endOfOriginal(text, close + 1);
        int status = behind < 0 || !text.startsWith(", relay=", behind) ? -1 : text.indexOf(STATUS, behind);
        int open = status < 0 ? -1 : text.indexOf(" (", status);
        if (open < 0 || status - behind > LONGEST_FIGURES) {
            return Optional.empty();
        }
        String recipient = text.substring(name, close);
        String figures = text.substring(behind, status);
        String outcome = text.substring(status + STATUS.length(), open);
        String reason = text.substring(open + 2, text.length() - (text.endsWith(")") ? 1 : 0));
        boolean mailboxes = !daemon.equals("pipe")
                || names(DELIVERING, figures.substring(0, Math.max(0, figures.indexOf(", delay"))));
        if (!mailboxes) {
            return Optional.empty();
        }
        if (!outcome.equals("sent")) {
            return undelivered(outcome, figures, reason)
                    .map(kind -> new Trouble(at, Service.POSTFIX, Optional.empty(), Names.mailbox(recipient), kind));
        }
        return isDelivery(daemon, reason.toLowerCase(Locale.ROOT))
                ? Names.mailbox(recipient).map(mailbox -> new Delivered(at, Service.POSTFIX, mailbox))
                : Optional.empty();
    }

    private static boolean isDelivery(String daemon, String reason) {
        return switch (daemon) {
            case "pipe" -> true;
            case "lmtp" -> !names(PASSED_ON, reason);
            // "forwarded as ID" and "expanded" go on to others.
            default -> reason.startsWith("delivered to ") && !reason.endsWith(" /dev/null");
        };
    }

    private static boolean names(List<String> words, String text) {
        return words.stream().anyMatch(text::contains);
    }

    private static Optional<TroubleKind> undelivered(String outcome, String figures, String reason) {
        int dsn = figures.lastIndexOf(", dsn=");
        String code = dsn < 0 ? "" : figures.substring(dsn + ", dsn=".length());
        if (code.startsWith(".1.", 1)) {
            // No such mailbox (RFC 3463 X.1.*): the sender's trouble, and the reason quotes his words.
            return Optional.empty();
        }
        Optional<TroubleKind> space = shortOfSpace(code);
        if (space.isPresent()) {
            return space;
        }
        if (reason.contains("No space left on device")) {
            return Optional.of(TroubleKind.DISK_FULL);
        }
        if (reason.contains("Quota exceeded") || reason.contains("over quota")) {
            return Optional.of(TroubleKind.MAILBOX_FULL);
        }
        boolean failed = outcome.equals("deferred") || outcome.equals("bounced");
        return failed ? Optional.of(TroubleKind.NOT_DELIVERED) : Optional.empty();
    }

    /** What RFC 3463's codes X.2.2 (mailbox full) and X.3.1 (system full) mean. */
    static Optional<TroubleKind> shortOfSpace(String code) {
        return switch (code) {
            case "4.2.2", "5.2.2" -> Optional.of(TroubleKind.MAILBOX_FULL);
            case "4.3.1", "5.3.1" -> Optional.of(TroubleKind.DISK_FULL);
            default -> Optional.empty();
        };
    }

    /** The position of the {@code >} that ends an address; its local part may be quoted and hold anything. */
    private static int endOfAddress(String text, int start) {
        int at = start;
        if (text.startsWith("\"", at)) {
            for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\') {
                    at++;
                }
            }
        }
        return at < text.length() ? text.indexOf('>', at) : -1;
    }

    /** Behind {@code , orig_to=<O>}, where it stands. */
    private static int endOfOriginal(String text, int start) {
        String original = ", orig_to=<";
        return text.startsWith(original, start) ? endOfAddress(text, start + original.length()) + 1 : start;
    }
}
