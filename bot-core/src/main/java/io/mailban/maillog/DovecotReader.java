package io.mailban.maillog;

import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent.Trouble;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads Dovecot's messages by the process that wrote them: {@code imap-login: …}, {@code lmtp(bob)<123><abc>: …}. */
final class DovecotReader {
    private static final Set<String> AUTH = Set.of("auth", "auth-worker", "dovecot-auth");
    private static final Set<String> DELIVERING = Set.of("lda", "lmtp", "deliver");

    /** Further processes that write into mailboxes or files, and can find the disk full. */
    private static final Set<String> WRITING =
            Set.of("imap", "pop3", "submission", "managesieve", "indexer-worker", "master", "log", "config");

    private static final String LOGIN = "-login";
    private static final String NO_SPACE = "No space left on device";
    private static final List<String> SERIOUS = List.of("Error: ", "Fatal: ", "Panic: ", "Warning: ");

    private DovecotReader() {}

    /** Whether one of Dovecot's processes is named here, as in its own log files. */
    static boolean isProcess(String line, int start) {
        String name = line.substring(start, endOfName(line, start));
        return name.endsWith(LOGIN) || AUTH.contains(name) || DELIVERING.contains(name) || WRITING.contains(name);
    }

    static Optional<MailEvent> read(LogTime at, String text) {
        int start = text.startsWith("dovecot: ") ? "dovecot: ".length() : 0;
        int end = endOfName(text, start);
        String name = text.substring(start, end);
        if (name.endsWith(LOGIN) && text.startsWith(": ", end)) {
            Optional<Protocol> protocol = protocol(name);
            int message = skip("Info: ", text, end + 2);
            return protocol.flatMap(p -> DovecotLogin.read(at, p, text.substring(message)));
        }
        if (AUTH.contains(name)) {
            return DovecotAuth.read(at, text.substring(end));
        }
        if (DELIVERING.contains(name)) {
            return DovecotDelivery.read(at, text.substring(end)).or(() -> diskFull(at, text));
        }
        return WRITING.contains(name) ? diskFull(at, text) : Optional.empty();
    }

    private static Optional<Protocol> protocol(String process) {
        return switch (process) {
            case "imap-login" -> Optional.of(Protocol.IMAP);
            case "pop3-login" -> Optional.of(Protocol.POP3);
            case "submission-login" -> Optional.of(Protocol.SMTP);
            case "managesieve-login", "sieve-login" -> Optional.of(Protocol.SIEVE);
            default -> Optional.empty();
        };
    }

    /** {@code imap(bob)<123><abc>: Error: …: No space left on device}. */
    private static Optional<MailEvent> diskFull(LogTime at, String text) {
        int message = text.indexOf(": ") + 2;
        boolean serious = message > 1 && SERIOUS.stream().anyMatch(level -> text.startsWith(level, message));
        return serious && text.contains(NO_SPACE)
                ? Optional.of(
                        new Trouble(at, Service.DOVECOT, Optional.empty(), Optional.empty(), TroubleKind.DISK_FULL))
                : Optional.empty();
    }

    static int endOfName(String text, int start) {
        int end = start;
        while (end < text.length() && isName(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isName(char c) {
        return c == '-' || c == '_' || Character.isLetterOrDigit(c);
    }

    /** Behind the words if they stand at {@code start}, otherwise {@code start}. */
    static int skip(String words, String text, int start) {
        return text.startsWith(words, start) ? start + words.length() : start;
    }
}
