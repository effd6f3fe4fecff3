package io.mailban.report;

import io.mailban.ban.Jail;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.JailSettings.Closes;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Which jails keep mail clients out, and how they are set. */
final class MailJails {
    /** SMTP, POP3, IMAP, submission, with and without TLS, and ManageSieve. */
    private static final Set<Integer> PORTS = Set.of(25, 110, 143, 465, 587, 993, 995, 2525, 4190);

    private static final List<String> WORDS =
            List.of("mail", "postfix", "dovecot", "sasl", "sieve", "imap", "pop3", "smtp", "exim", "cyrus", "courier");

    /** fail2ban's default, for a jail that the log names and that is there no more. */
    private static final int USUAL_BAN = 600;

    private final Map<Jail, JailSettings> settings;

    MailJails(List<JailSettings> settings) {
        this.settings = settings.stream().collect(Collectors.toMap(JailSettings::jail, Function.identity()));
    }

    Optional<JailSettings> find(Jail jail) {
        return Optional.ofNullable(settings.get(jail));
    }

    boolean closesMail(Jail jail) {
        Closes closes = find(jail).map(JailSettings::closes).orElse(new Closes.NothingKnown());
        return switch (closes) {
            case Closes.Everything _ -> true;
            case Closes.Ports(var ports) -> ports.stream().anyMatch(PORTS::contains);
            case Closes.NothingKnown _ ->
                jail.equals(Jail.RECIDIVE)
                        || WORDS.stream().anyMatch(jail.name().toLowerCase(Locale.ROOT)::contains);
        };
    }

    /** How many seconds a ban lasts. */
    int lasting(Jail jail) {
        return find(jail)
                .map(found -> found.banTime()
                        .map(time -> Math.clamp(time.toSeconds(), 0, Seconds.END))
                        .orElse(Seconds.END))
                .orElse(USUAL_BAN);
    }
}
