package io.mailban.maillog;

import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent.AuthFailure;
import io.mailban.maillog.MailEvent.Connected;
import io.mailban.maillog.MailEvent.Login;
import io.mailban.maillog.MailEvent.Rejected;
import io.mailban.maillog.MailEvent.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads Postfix's messages (Postfix 3.11, {@code smtpd.c}, {@code smtpd_sasl_glue.c}, {@code log_adhoc.c}). Programs are
 * {@code postfix/smtpd}, {@code postfix/submission/smtpd}, {@code postfix-incoming/smtpd}: the daemon is the last part.
 */
final class PostfixReader {
    private static final String WARNING = "warning: ";
    private static final String FAILED = " authentication failed:";
    private static final String USERNAME = ", sasl_username=";

    /** Reasons that are the server's trouble, or no attempt at a password. */
    private static final List<String> NO_WRONG_PASSWORD = List.of(
            "Connection lost to authentication server",
            "Can't connect to authentication server",
            "Authentication backend error",
            "Temporary authentication failure",
            "Invalid authentication mechanism");

    private static final List<String> RATE_LIMITS = List.of(
            "Connection rate limit exceeded: ",
            "Message delivery request rate limit exceeded: ",
            "Recipient address rate limit exceeded: ",
            "AUTH command rate limit exceeded: ",
            "New TLS session rate limit exceeded: ");

    private static final String CONNECT = "connect from ";

    private static final String CONNECTION_LIMIT = "Connection concurrency limit exceeded: ";

    /** Smtpd's message continues with a queue id: {@code 1CF582025C: client=}. */
    private static final String CLIENT = ": client=";

    private static final Set<String> LEVELS = Set.of("warning", "error", "fatal", "panic");

    private PostfixReader() {}

    static Optional<MailEvent> read(LogTime at, String program, String text) {
        String daemon = program.substring(program.lastIndexOf('/') + 1);
        return switch (daemon) {
            case "smtpd" -> smtpd(at, text);
            case "local", "virtual", "lmtp", "pipe" -> PostfixDelivery.read(at, daemon, text);
            default -> diskFull(at, text);
        };
    }

    private static Optional<MailEvent> smtpd(LogTime at, String text) {
        if (text.startsWith(CONNECT)) {
            return connected(at, text);
        }
        if (!text.startsWith(WARNING)) {
            int client = text.indexOf(CLIENT);
            return client > 0 && isQueueId(text, client)
                    ? login(at, text, client + CLIENT.length())
                    : rejected(at, text).or(() -> diskFull(at, text));
        }
        int start = WARNING.length();
        for (String limit : RATE_LIMITS) {
            if (text.startsWith(limit, start)) {
                return limited(at, text, start + limit.length(), TroubleKind.RATE_LIMIT);
            }
        }
        if (text.startsWith(CONNECTION_LIMIT, start)) {
            return limited(at, text, start + CONNECTION_LIMIT.length(), TroubleKind.CONNECTION_LIMIT);
        }
        Optional<Peer> peer = Peer.read(text, start);
        boolean sasl = peer.isPresent() && text.startsWith(": SASL ", peer.get().end());
        return sasl ? failure(at, text, peer.get()) : diskFull(at, text);
    }

    /** {@code connect from HOST[ADDRESS]}. */
    private static Optional<MailEvent> connected(LogTime at, String text) {
        return Peer.read(text, CONNECT.length())
                .filter(peer -> peer.end() == text.length())
                .flatMap(Peer::address)
                .map(address -> new Connected(at, Service.POSTFIX, address, Protocol.SMTP, Duration.ZERO));
    }

    /** {@code warning: HOST[ADDRESS]: SASL LOGIN authentication failed: REASON, sasl_username=NAME}, to the end. */
    private static Optional<MailEvent> failure(LogTime at, String text, Peer peer) {
        int start = peer.end() + ": SASL ".length();
        int failed = text.indexOf(FAILED, start);
        Optional<String> mechanism = failed < 0 ? Optional.empty() : Names.mechanism(text.substring(start, failed));
        if (mechanism.isEmpty()) {
            return Optional.empty();
        }
        int reason = failed + FAILED.length();
        // The reason is the server's; the name, which is the client's, is the rest of the line.
        int name = text.indexOf(USERNAME, reason);
        String why = text.substring(reason, name < 0 ? text.length() : name).strip();
        if (NO_WRONG_PASSWORD.stream().anyMatch(why::startsWith)) {
            return Optional.empty();
        }
        String user = name < 0 ? "" : text.substring(name + USERNAME.length());
        Cause cause = why.equals("user not found") ? Cause.UNKNOWN_USER : Names.cause(mechanism);
        return Optional.of(new AuthFailure(
                at,
                Service.POSTFIX,
                peer.address(),
                user.equals("(unavailable)") ? Optional.empty() : Names.mailbox(user),
                mechanism,
                cause,
                OptionalInt.of(1),
                Optional.of(Protocol.SMTP)));
    }

    /** {@code ID: client=HOST[ADDRESS], sasl_method=PLAIN, sasl_username=NAME[, sasl_sender=S]}. */
    private static Optional<MailEvent> login(LogTime at, String text, int start) {
        Optional<Peer> peer = Peer.read(text, start);
        if (peer.isEmpty() || !text.startsWith(", sasl_method=", peer.get().end())) {
            return Optional.empty();
        }
        int method = peer.get().end() + ", sasl_method=".length();
        int comma = text.indexOf(USERNAME, method);
        if (comma < 0) {
            return Optional.empty();
        }
        int name = comma + USERNAME.length();
        int end = text.length();
        for (String next : List.of(", sasl_sender=", ", orig_queue_id=", ", orig_client=")) {
            int found = text.indexOf(next, name);
            end = found < 0 ? end : Math.min(end, found);
        }
        Optional<String> mechanism = Names.mechanism(text.substring(method, comma));
        return Names.mailbox(text.substring(name, end))
                .map(mailbox ->
                        new Login(at, Service.POSTFIX, peer.get().address(), mailbox, mechanism, Protocol.SMTP));
    }

    /** {@code 31 from HOST[ADDRESS] for service smtpd}. */
    private static Optional<MailEvent> limited(LogTime at, String text, int start, TroubleKind kind) {
        int from = text.indexOf(" from ", start);
        return from < 0
                ? Optional.empty()
                : Peer.read(text, from + " from ".length())
                        .map(peer -> new Trouble(at, Service.POSTFIX, peer.address(), Optional.empty(), kind));
    }

    /** {@code NOQUEUE: reject: RCPT from HOST[ADDRESS]: 552 5.2.2 <MAILBOX>: …}; the codes are RFC 3463's. */
    private static Optional<MailEvent> rejected(LogTime at, String text) {
        int reject = text.indexOf(": reject: ");
        int from = reject < 0 || !isQueueId(text, reject) ? -1 : text.indexOf(" from ", reject);
        Optional<Peer> peer = from < 0 ? Optional.empty() : Peer.read(text, from + " from ".length());
        if (peer.isEmpty() || !text.startsWith(": ", peer.get().end())) {
            return Optional.empty();
        }
        // "452 4.2.2 ": a reply code, then an enhanced one.
        int code = peer.get().end() + 2;
        Optional<TroubleKind> kind = text.length() < code + 10 || text.charAt(code + 3) != ' '
                ? Optional.empty()
                : PostfixDelivery.shortOfSpace(text.substring(code + 4, code + 9));
        if (kind.isEmpty()) {
            return text.startsWith(": reject: RCPT from ", reject)
                    ? peer.get().address().map(address -> new Rejected(at, Service.POSTFIX, address))
                    : Optional.empty();
        }
        int open = code + 10;
        int close = text.startsWith("<", open) ? text.indexOf(">: ", open) : -1;
        String name = close < 0 ? "" : text.substring(open + 1, close);
        return Optional.of(new Trouble(at, Service.POSTFIX, peer.get().address(), Names.mailbox(name), kind.get()));
    }

    /** {@code fatal: …: No space left on device}, from any daemon. */
    static Optional<MailEvent> diskFull(LogTime at, String text) {
        int colon = text.indexOf(": ");
        boolean full =
                colon > 0 && LEVELS.contains(text.substring(0, colon)) && text.endsWith(": No space left on device");
        return full && !text.contains(USERNAME)
                ? Optional.of(
                        new Trouble(at, Service.POSTFIX, Optional.empty(), Optional.empty(), TroubleKind.DISK_FULL))
                : Optional.empty();
    }

    /** Whether the text up to {@code end} is a queue id, short or long, or {@code NOQUEUE}. */
    static boolean isQueueId(String text, int end) {
        for (int i = 0; i < end; i++) {
            if (!Character.isLetterOrDigit(text.charAt(i))) {
                return false;
            }
        }
        return end > 0;
    }
}
