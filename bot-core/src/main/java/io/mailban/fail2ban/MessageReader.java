package io.mailban.fail2ban;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.fail2ban.LogEvent.AlreadyBanned;
import io.mailban.fail2ban.LogEvent.Banned;
import io.mailban.fail2ban.LogEvent.Flushed;
import io.mailban.fail2ban.LogEvent.JailStarted;
import io.mailban.fail2ban.LogEvent.JailStopped;
import io.mailban.fail2ban.LogEvent.Rebanned;
import io.mailban.fail2ban.LogEvent.RepealedBan;
import io.mailban.fail2ban.LogEvent.RestoredBan;
import io.mailban.fail2ban.LogEvent.ServerStarted;
import io.mailban.fail2ban.LogEvent.ServerStopping;
import io.mailban.fail2ban.LogEvent.Unbanned;
import io.mailban.logtime.LogTime;
import java.util.Optional;

/** Reads fail2ban's messages, each from its first character to its last. */
final class MessageReader {
    private static final String ALREADY_BANNED = " already banned";

    private MessageReader() {}

    static Optional<LogEvent> read(LogTime at, String message) {
        if (message.charAt(0) == '[') {
            int end = message.indexOf("] ");
            return end < 2
                    ? Optional.empty()
                    : jail(message.substring(1, end)).flatMap(jail -> ofJail(at, jail, message.substring(end + 2)));
        }
        if (message.startsWith("Jail ")) {
            return jailLife(at, message);
        }
        if (message.equals("Shutdown in progress...") || message.equals("Exiting Fail2ban")) {
            return Optional.of(new ServerStopping(at));
        }
        String version = behind("Starting Fail2ban v", message);
        return version.isEmpty() || version.indexOf(' ') >= 0
                ? Optional.empty()
                : Optional.of(new ServerStarted(at, version));
    }

    /** {@code Jail 'J' started}, where Python chose the quotes, and Python 2 wrote {@code u'J'}. */
    private static Optional<LogEvent> jailLife(LogTime at, String message) {
        int open = message.startsWith("Jail u") ? 6 : 5;
        char quote = open < message.length() ? message.charAt(open) : ' ';
        int close = message.lastIndexOf(quote);
        if ((quote != '\'' && quote != '"') || close <= open + 1) {
            return Optional.empty();
        }
        Optional<Jail> jail = jail(message.substring(open + 1, close));
        return switch (message.substring(close + 1)) {
            case " started" -> jail.map(j -> new JailStarted(at, j));
            case " stopped" -> jail.map(j -> new JailStopped(at, j));
            default -> Optional.empty();
        };
    }

    private static Optional<Jail> jail(String name) {
        boolean named = !name.isBlank() && name.chars().noneMatch(Character::isISOControl);
        return named ? Optional.of(new Jail(name)) : Optional.empty();
    }

    private static Optional<LogEvent> ofJail(LogTime at, Jail jail, String text) {
        int space = text.indexOf(' ');
        if (space <= 0 || space == text.length() - 1) {
            return Optional.empty();
        }
        String rest = text.substring(space + 1);
        return switch (text.substring(0, space)) {
            case "Ban" -> Optional.of(new Banned(at, jail, BannedId.of(rest), rest));
            case "Unban" -> Optional.of(new Unbanned(at, jail, BannedId.of(rest), rest));
            case "Found" -> Optional.of(DetailReader.found(at, jail, rest));
            case "Restore" -> id("Ban ", rest).map(id -> new RestoredBan(at, jail, BannedId.of(id), id));
            case "Repeal" -> id("Ban ", rest).map(id -> new RepealedBan(at, jail, BannedId.of(id), id));
            case "Increase" -> id("Ban ", rest).flatMap(id -> DetailReader.increased(at, jail, id));
            case "Ignore" -> DetailReader.ignored(at, jail, rest);
            case "Flush" -> id("ticket(s) with ", rest).map(action -> new Flushed(at, jail, action));
            case "Reban" -> Optional.of(rebanned(at, jail, rest));
            default -> alreadyBanned(at, jail, text);
        };
    }

    private static LogEvent rebanned(LogTime at, Jail jail, String rest) {
        int action = rest.endsWith("'") || rest.endsWith("\"") ? rest.lastIndexOf(", action ") : -1;
        String id = action > 0 ? rest.substring(0, action) : rest;
        return new Rebanned(at, jail, BannedId.of(id), id);
    }

    private static Optional<LogEvent> alreadyBanned(LogTime at, Jail jail, String text) {
        if (!text.endsWith(ALREADY_BANNED)) {
            return Optional.empty();
        }
        String id = text.substring(0, text.length() - ALREADY_BANNED.length());
        return Optional.of(new AlreadyBanned(at, jail, BannedId.of(id), id));
    }

    private static Optional<String> id(String words, String text) {
        String id = behind(words, text);
        return id.isEmpty() ? Optional.empty() : Optional.of(id);
    }

    private static String behind(String words, String text) {
        return text.startsWith(words) ? text.substring(words.length()) : "";
    }
}
