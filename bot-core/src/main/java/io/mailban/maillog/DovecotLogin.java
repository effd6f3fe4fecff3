package io.mailban.maillog;

import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent.AuthFailure;
import io.mailban.maillog.MailEvent.Login;
import io.mailban.maillog.MailEvent.Trouble;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads what Dovecot's login processes write: {@code MESSAGE: user=<U>, method=M, rip=A, …} (Dovecot 2.2 to 2.4,
 * {@code client-common.c}, {@code login_log_format}). The message is the daemon's, up to the first element.
 */
final class DovecotLogin {
    private static final String TOO_MANY = "Maximum number of connections from user+IP exceeded";

    /** How the parentheses behind a failed login begin, and what that means; empty where the mechanism tells. */
    private static final Map<String, Optional<Cause>> FAILURES = Map.of(
            " (auth failed", Optional.empty(),
            " (proxy dest auth failed", Optional.empty(),
            " (proxy dest authentication failure", Optional.empty(),
            " (tried to use disabled ", Optional.of(Cause.PLAINTEXT_REFUSED),
            " (tried to use disallowed ", Optional.of(Cause.PLAINTEXT_REFUSED),
            " (authorization failed", Optional.of(Cause.NOT_ALLOWED),
            " (user disabled", Optional.of(Cause.NOT_ALLOWED),
            " (password expired", Optional.of(Cause.NOT_ALLOWED),
            " (login disabled", Optional.of(Cause.NOT_ALLOWED));

    /** TLS alerts (RFC 8446 §6) by which a client refuses a certificate: bad, expired, unknown, unknown authority. */
    private static final List<String> REFUSALS = List.of("42", "45", "46", "48");

    private static final String NO_ATTEMPTS = " (no auth attempts in ";
    private static final int LONGEST_NUMBER = 6;
    private static final String ALERT = "SSL alert number ";

    private DovecotLogin() {}

    static Optional<MailEvent> read(LogTime at, Protocol protocol, String text) {
        int end = LoginElements.start(text);
        if (end < 0) {
            return Optional.empty();
        }
        String message = text.substring(0, end);
        LoginElements elements = LoginElements.read(text.substring(end + 2));
        if (message.equals("Login") || message.equals("Logged in") || isProxied(message, elements)) {
            return elements.mailbox()
                    .map(mailbox -> new Login(
                            at, Service.DOVECOT, elements.address(), mailbox, elements.mechanism(), protocol));
        }
        if (message.startsWith("proxy")) {
            // The name in proxy(NAME) is the client's.
            return Optional.empty();
        }
        if (message.contains(TOO_MANY)) {
            return Optional.of(trouble(at, elements, TroubleKind.CONNECTION_LIMIT));
        }
        return failure(at, protocol, message, elements)
                .or(() -> certificateRefused(at, text, elements))
                .or(() -> connected(at, protocol, message, elements));
    }

    /** {@code MESSAGE (no auth attempts in 2 secs)}: a client that came, and went without a login. */
    private static Optional<MailEvent> connected(
            LogTime at, Protocol protocol, String message, LoginElements elements) {
        int open = message.indexOf(NO_ATTEMPTS);
        int end = open < 0 ? -1 : message.indexOf(" secs)", open);
        if (end < 0 || !elements.user().isEmpty()) {
            return Optional.empty();
        }
        return number(message.substring(open + NO_ATTEMPTS.length(), end))
                .flatMap(seconds -> elements.address()
                        .map(address -> new MailEvent.Connected(
                                at, Service.DOVECOT, address, protocol, Duration.ofSeconds(seconds))));
    }

    /** {@code [proxy(USER): ]started proxying to HOST}, where another server holds the mailbox. */
    private static boolean isProxied(String message, LoginElements elements) {
        String words = "tarted proxying to ";
        int start = message.startsWith("proxy") ? message.indexOf("): ") + 3 : 0;
        boolean own = start == 0 || message.startsWith("proxy(" + elements.user() + "): ");
        return own && message.startsWith(words, start + 1);
    }

    private static Optional<MailEvent> failure(LogTime at, Protocol protocol, String message, LoginElements elements) {
        for (var failure : FAILURES.entrySet()) {
            int open = message.indexOf(failure.getKey());
            if (open > 0 && message.indexOf(')', open) > 0) {
                return Optional.of(new AuthFailure(
                        at,
                        Service.DOVECOT,
                        elements.address(),
                        elements.mailbox(),
                        elements.mechanism(),
                        failure.getValue().orElseGet(() -> Names.cause(elements.mechanism())),
                        OptionalInt.of(attempts(message, open)),
                        Optional.of(protocol)));
            }
        }
        return Optional.empty();
    }

    /** The number in {@code , 3 attempts}; 1 where there is none. */
    private static int attempts(String message, int start) {
        int end = message.indexOf(" attempts", start);
        int comma = end < 0 ? -1 : message.lastIndexOf(", ", end);
        return comma < start ? 1 : number(message.substring(comma + 2, end)).orElse(1);
    }

    private static Optional<Integer> number(String digits) {
        boolean number = !digits.isEmpty()
                && digits.length() <= LONGEST_NUMBER
                && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
    }

    private static Optional<MailEvent> certificateRefused(LogTime at, String text, LoginElements elements) {
        int alert = text.indexOf(ALERT);
        boolean refused = alert >= 0
                && elements.user().isEmpty()
                && elements.address().isPresent()
                && REFUSALS.stream().anyMatch(number -> text.startsWith(number, alert + ALERT.length()));
        return refused ? Optional.of(trouble(at, elements, TroubleKind.CERTIFICATE_REFUSED)) : Optional.empty();
    }

    private static MailEvent trouble(LogTime at, LoginElements elements, TroubleKind kind) {
        return new Trouble(at, Service.DOVECOT, elements.address(), elements.mailbox(), kind);
    }
}
