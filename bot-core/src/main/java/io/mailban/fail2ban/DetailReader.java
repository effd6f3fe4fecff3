package io.mailban.fail2ban;

import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.fail2ban.LogEvent.Found;
import io.mailban.fail2ban.LogEvent.Ignored;
import io.mailban.fail2ban.LogEvent.IncreasedBan;
import io.mailban.logtime.LogTime;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the messages that say more than an id. The id may be any text, so the rest is taken from the end, in short
 * pieces; patterns see only those pieces.
 */
final class DetailReader {
    private static final String EXPIRED = ", expired bantime";
    private static final String BY_OBSERVER = ", bad";

    /** {@code yyyy-MM-dd HH:mm:ss}, as {@code MyTime.time2str} writes. */
    private static final int DATE_LENGTH = 19;

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** {@code 2026-11-22 10:48:46, 1 # -> 2.0[, Ban]} ({@code observer.py}, {@code failureFound}). */
    private static final Pattern OBSERVED =
            Pattern.compile("(.{19}), ([0-9]{1,9}) # -> ([0-9]{1,9}(?:\\.[0-9]{1,9})?)(?:, Ban)?");

    /** {@code 4 # 16:00:00 -> 2021-04-07 19:43:15)} ({@code observer.py}, {@code banFound}). */
    private static final Pattern INCREASED = Pattern.compile("([0-9]{1,9}) # ([^()>]{1,60}) -> (.{1,30})\\)");

    /** Longer than the longest such piece. */
    private static final int LONGEST_PIECE = 120;

    private DetailReader() {}

    static LogEvent found(LogTime at, Jail jail, String text) {
        int dash = text.lastIndexOf(" - ");
        String piece = dash < 0 ? "" : text.substring(dash + 3);
        if (dash > 0 && piece.length() == DATE_LENGTH && date(piece).isPresent()) {
            String id = text.substring(0, dash);
            return new Found(at, jail, BannedId.of(id), id, date(piece), Optional.empty());
        }
        boolean observed = dash > BY_OBSERVER.length() && text.startsWith(BY_OBSERVER, dash - BY_OBSERVER.length());
        Matcher matcher = OBSERVED.matcher(piece);
        if (observed && piece.length() < LONGEST_PIECE && matcher.matches()) {
            String id = text.substring(0, dash - BY_OBSERVER.length());
            Escalation escalation =
                    new Escalation(Integer.parseInt(matcher.group(2)), Double.parseDouble(matcher.group(3)));
            return new Found(at, jail, BannedId.of(id), id, date(matcher.group(1)), Optional.of(escalation));
        }
        return new Found(at, jail, BannedId.of(text), text, Optional.empty(), Optional.empty());
    }

    static Optional<LogEvent> increased(LogTime at, Jail jail, String text) {
        int open = text.lastIndexOf(" (");
        String piece = open <= 0 ? "" : text.substring(open + 2);
        Matcher matcher = INCREASED.matcher(piece);
        if (piece.length() >= LONGEST_PIECE || !matcher.matches()) {
            return Optional.empty();
        }
        String id = text.substring(0, open);
        int count = Integer.parseInt(matcher.group(1));
        return Optional.of(
                new IncreasedBan(at, jail, BannedId.of(id), id, count, matcher.group(2), date(matcher.group(3))));
    }

    static Optional<LogEvent> ignored(LogTime at, Jail jail, String text) {
        if (text.endsWith(EXPIRED)) {
            return ignored(at, jail, text.substring(0, text.length() - EXPIRED.length()), EXPIRED.substring(2));
        }
        int by = text.lastIndexOf(" by ");
        return by < 0 ? Optional.empty() : ignored(at, jail, text.substring(0, by), text.substring(by + 4));
    }

    private static Optional<LogEvent> ignored(LogTime at, Jail jail, String id, String reason) {
        return id.isEmpty() || reason.isEmpty()
                ? Optional.empty()
                : Optional.of(new Ignored(at, jail, BannedId.of(id), id, reason));
    }

    private static Optional<LocalDateTime> date(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text, DATE));
        } catch (DateTimeParseException e) {
            // "infinite", or no date of fail2ban's.
            return Optional.empty();
        }
    }
}
