package io.mailban.maillog;

import io.mailban.ban.Address;
import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent.AuthFailure;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads what Dovecot's auth process writes with {@code auth_verbose}: up to 2.3 {@code auth: sql(bob,203.0.113.7,<S>):
 * Password mismatch}, from 2.4 {@code auth(bob,203.0.113.7,sasl:plain)<S>: sql: Password mismatch}, either perhaps with
 * {@code (given password: …)}, which is never kept ({@code auth-request.c}). Without a client's address, as in look-ups
 * of recipients, it is no failed login.
 */
final class DovecotAuth {
    private static final Map<String, Cause> REASONS = Map.ofEntries(
            Map.entry(": unknown user", Cause.UNKNOWN_USER),
            Map.entry(": Unknown user", Cause.UNKNOWN_USER),
            Map.entry(": password mismatch", Cause.WRONG_PASSWORD),
            Map.entry(": Password mismatch", Cause.WRONG_PASSWORD),
            Map.entry(": invalid credentials", Cause.WRONG_PASSWORD),
            Map.entry(": Invalid credentials", Cause.WRONG_PASSWORD),
            Map.entry(": pam_authenticate() failed: Authentication failure", Cause.WRONG_PASSWORD),
            Map.entry(
                    ": pam_authenticate() failed: User not known to the underlying authentication module",
                    Cause.UNKNOWN_USER),
            Map.entry(": pam_authenticate() failed: Permission denied", Cause.NOT_ALLOWED),
            Map.entry(": oauth2 failed", Cause.TOKEN_REFUSED));

    private static final String GIVEN = "given password: ";
    private static final String PAM = "pam_unix(dovecot:auth): authentication failure; ";
    private static final String RUSER = " ruser=";
    private static final String RHOST = " rhost=";

    private DovecotAuth() {}

    /** Reads the text behind the process's name. */
    static Optional<MailEvent> read(LogTime at, String text) {
        int message = endOfInstance(text);
        if (text.startsWith(PAM, message)) {
            return pam(at, text.substring(message + PAM.length()));
        }
        boolean closed = text.endsWith(")") || text.contains(") - trying the next ");
        int found = -1;
        Cause cause = Cause.UNKNOWN;
        for (var reason : REASONS.entrySet()) {
            String words = reason.getKey();
            for (int i = text.indexOf(words); i >= 0; i = text.indexOf(words, i + 1)) {
                if (!isEnd(text, i + words.length(), closed)) {
                    continue;
                }
                if (found >= 0) {
                    // A name or a password that looks like a reason: which is which can't be told.
                    return Optional.empty();
                }
                found = i;
                cause = reason.getValue();
            }
        }
        return found < 0 ? Optional.empty() : failure(at, text.substring(0, found), cause, password(text, found));
    }

    /** Behind {@code (123): }, {@code (default): } or {@code : }, one of which follows the process's name up to 2.3. */
    private static int endOfInstance(String text) {
        int end = text.startsWith("(") ? DovecotReader.endOfName(text, 1) + 1 : 0;
        return text.startsWith(": ", end) && (end == 0 || text.charAt(end - 1) == ')') ? end + 2 : 0;
    }

    /** Whether the daemon ends its words so: with nothing, PAM's count, or parentheses that are closed again. */
    private static boolean isEnd(String text, int end, boolean closed) {
        return end == text.length()
                || text.startsWith(": ", end)
                || text.startsWith(" - trying the next ", end)
                || (closed && text.startsWith(" (", end));
    }

    /** {@code prefix} ends in {@code DRIVER(USER,ADDRESS,<S>)}, or is {@code (USER,ADDRESS,sasl:M)<S>: [Info: ]DRIVER}. */
    private static Optional<MailEvent> failure(
            LogTime at, String prefix, Cause cause, Optional<PasswordMark> password) {
        if (prefix.contains(": Debug: ") || prefix.startsWith("Debug: ", 2)) {
            return Optional.empty();
        }
        Optional<Identity> identity = prefix.endsWith(")") ? driver(prefix) : process(prefix);
        return identity.flatMap(client -> failure(at, client, cause, password));
    }

    private static Optional<MailEvent> failure(
            LogTime at, Identity client, Cause cause, Optional<PasswordMark> password) {
        Cause meant = Names.cause(client.mechanism()) == Cause.TOKEN_REFUSED ? Cause.TOKEN_REFUSED : cause;
        return client.address()
                .map(address -> new AuthFailure(
                        at,
                        Service.DOVECOT,
                        Optional.of(address),
                        Names.mailbox(client.user()),
                        client.mechanism(),
                        meant,
                        OptionalInt.empty(),
                        Optional.empty(),
                        password));
    }

    /** What {@code (given password: P)} or {@code (SHA1 of given password: H)} behind the reason stands for. */
    private static Optional<PasswordMark> password(String text, int reason) {
        int given = text.indexOf(GIVEN, reason);
        int close = text.lastIndexOf(')');
        return given < 0 || close < given
                ? Optional.empty()
                : Optional.of(PasswordMark.of(text.substring(given + GIVEN.length(), close)));
    }

    private record Identity(String user, Optional<Address> address, Optional<String> mechanism) {}

    /** Up to 2.3: {@code [(123)]: [Info: ][conn …: auth-worker<1>: ]sql(bob,203.0.113.7,<S>)}. */
    private static Optional<Identity> driver(String prefix) {
        int instance = endOfInstance(prefix);
        if (instance == 0) {
            return Optional.empty();
        }
        int start = DovecotReader.skip("Info: ", prefix, instance);
        int worker = prefix.startsWith("conn ", start) ? prefix.indexOf(": auth-worker<", start) : -1;
        int behind = worker < 0 ? -1 : prefix.indexOf(">: ", worker);
        start = behind < 0 ? start : behind + 3;
        if (prefix.startsWith("request [", start)) {
            start = prefix.indexOf("]: ", start) + 3;
        }
        int open = DovecotReader.endOfName(prefix, start);
        return prefix.startsWith("(", open)
                ? Optional.of(identity(prefix.substring(open + 1, prefix.length() - 1)))
                : Optional.empty();
    }

    /** From 2.4: {@code (bob,203.0.113.7,sasl:plain)<S>: [request [1]: ][Info: ]sql}. */
    private static Optional<Identity> process(String prefix) {
        int end = prefix.lastIndexOf(": ");
        if (end > 0 && prefix.startsWith(": Info", end - ": Info".length())) {
            end -= ": Info".length();
        }
        int request = end < 0 ? -1 : prefix.lastIndexOf(": request [", end);
        int close = prefix.lastIndexOf(')', request < 0 ? end : request);
        return prefix.startsWith("(") && close > 0
                ? Optional.of(identity(prefix.substring(1, close)))
                : Optional.empty();
    }

    /** {@code USER,ADDRESS}, then perhaps {@code sasl:M}, {@code master}, {@code <SESSION>} or nothing behind a comma. */
    private static Identity identity(String text) {
        Optional<String> mechanism = Optional.empty();
        int end = text.length();
        for (int comma = text.lastIndexOf(','); comma >= 0; comma = text.lastIndexOf(',', end - 1)) {
            String last = text.substring(comma + 1, end);
            Optional<Address> address = Names.address(last);
            if (address.isPresent()) {
                return new Identity(text.substring(0, comma), address, mechanism);
            }
            if (last.startsWith("sasl:")) {
                mechanism = Names.mechanism(last.substring("sasl:".length()));
            } else if (!last.isEmpty() && !last.equals("master") && !last.startsWith("<")) {
                break;
            }
            end = comma;
        }
        return new Identity(text.substring(0, end), Optional.empty(), mechanism);
    }

    /** {@code logname= uid=0 euid=0 tty=dovecot ruser=bob rhost=203.0.113.7  user=bob}; the last only for real users. */
    private static Optional<MailEvent> pam(LogTime at, String text) {
        int user = text.indexOf(RUSER);
        int host = text.lastIndexOf(RHOST);
        if (user < 0 || host < user || !text.startsWith(" tty=dovecot", user - " tty=dovecot".length())) {
            return Optional.empty();
        }
        int start = host + RHOST.length();
        int end = text.indexOf(' ', start);
        Optional<Address> address = Names.address(text.substring(start, end < 0 ? text.length() : end));
        String name = text.substring(Math.min(user + RUSER.length(), host), host);
        return failure(at, new Identity(name, address, Optional.empty()), Cause.UNKNOWN, Optional.empty());
    }
}
