package io.mailban.ssh;

import io.mailban.ban.Jail;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the texts of {@code fail2ban-client} ({@code beautifier.py}, {@code banmanager.py}), 0.8 to 1.1. */
final class ClientText {
    /** {@code 203.0.113.7 TAB2026-11-22 10:40:48 + 600 = 2026-11-22 10:50:48}; the id before it can be any text. */
    private static final Pattern TIMES =
            Pattern.compile("\\s*(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) \\+ (-?\\d{1,18}) = .*");

    private static final DateTimeFormatter LOCAL =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withResolverStyle(ResolverStyle.STRICT);

    /** fail2ban's {@code MAX_TIME} is a date of the year 9999 or later: a ban that ends then doesn't end. */
    private static final Duration FOR_EVER = Duration.ofDays(365L * 1000);

    private ClientText() {}

    /** When a ban began, and when it will end; empty where never. */
    record Times(Instant since, Optional<Instant> until) {}

    /** Reads the answer to {@code banned}: the ids by jail. Empty where it is none. */
    static Optional<Map<Jail, List<String>>> banned(String text) {
        try {
            if (!(PythonText.read(text) instanceof PythonText.Value.Many(var jails))) {
                return Optional.empty();
            }
            Map<Jail, List<String>> read = new LinkedHashMap<>();
            for (PythonText.Value jail : jails) {
                if (!(jail instanceof PythonText.Value.Table(var entries))) {
                    return Optional.empty();
                }
                entries.forEach((name, ids) -> read.put(new Jail(name), texts(ids)));
            }
            return Optional.of(read);
        } catch (PythonText.Unreadable | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static List<String> texts(PythonText.Value ids) {
        return switch (ids) {
            case PythonText.Value.Many(var values) -> {
                List<String> texts = new ArrayList<>(values.size());
                for (PythonText.Value value : values) {
                    texts.addAll(texts(value));
                }
                yield texts;
            }
            case PythonText.Value.Text(var text) -> List.of(text);
            case PythonText.Value.Table(var entries) -> List.copyOf(entries.keySet());
        };
    }

    /**
     * Reads the answer to {@code get J banip --with-time}: times by id, by our clock. Lines of another form are passed
     * over. A ban that stands has not ended: where it would have, its beginning is of the second time that the clock
     * showed it, in the hour that comes twice.
     */
    static Map<String, Times> bansWithTime(String text, ServerClock clock, Instant now) {
        Map<String, Times> read = new HashMap<>();
        for (String line : text.split("\n", -1)) {
            int tab = line.lastIndexOf(" \t");
            Matcher times = TIMES.matcher(tab < 0 ? "" : line.substring(tab + 2));
            if (!times.matches()) {
                continue;
            }
            try {
                Instant first = LocalDateTime.parse(times.group(1), LOCAL)
                        .atZone(clock.zone())
                        .toInstant();
                Duration lasting = Duration.ofSeconds(Long.parseLong(times.group(2)));
                boolean ends = !lasting.isNegative() && lasting.compareTo(FOR_EVER) < 0;
                Instant since = clock.ours(
                        ends && first.plus(lasting).isBefore(clock.theirs(now))
                                ? clock.secondTime(first).orElse(first)
                                : first);
                read.put(
                        line.substring(0, tab),
                        new Times(since, ends ? Optional.of(since.plus(lasting)) : Optional.empty()));
            } catch (DateTimeParseException _) {
                // 2026-02-31: no time that we could tell anybody.
            }
        }
        return read;
    }

    /** Reads the jails from the answer to {@code status}: {@code `- Jail list: TABdovecot, postfix-sasl}. */
    static List<Jail> jails(String status) {
        String listed = after(status, "Jail list:").orElse("");
        List<Jail> jails = new ArrayList<>();
        for (String name : listed.split(",", -1)) {
            if (!name.isBlank()) {
                jails.add(new Jail(name.strip()));
            }
        }
        return jails;
    }

    /** Reads the banned ids from the answer to {@code status J}: {@code `- Banned IP list: TAB203.0.113.7 …}. */
    static List<String> bannedOf(String jailStatus) {
        return words(after(jailStatus, "Banned IP list:")
                .or(() -> after(jailStatus, "IP list:"))
                .orElse(""));
    }

    /** Reads a tree such as {@code These IP addresses/networks are ignored:}: the texts behind {@code |-} and {@code `-}. */
    static List<String> tree(String text) {
        List<String> leaves = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("|- ") || line.startsWith("`- ")) {
                leaves.add(line.substring(3).strip());
            }
        }
        return leaves;
    }

    /** Reads a list behind a sentence: {@code The jail J has the following actions:}, and a line with commas. */
    static List<String> listed(String text) {
        int line = text.indexOf(":\n");
        return line < 0 ? List.of() : commaSeparated(text.substring(line + 2));
    }

    private static List<String> commaSeparated(String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    private static List<String> words(String text) {
        return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+", -1));
    }

    /** What stands behind a label, on its line. */
    private static Optional<String> after(String text, String label) {
        int at = text.indexOf(label);
        if (at < 0) {
            return Optional.empty();
        }
        int end = text.indexOf('\n', at);
        return Optional.of(text.substring(at + label.length(), end < 0 ? text.length() : end));
    }
}
