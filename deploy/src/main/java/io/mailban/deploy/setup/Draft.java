package io.mailban.deploy.setup;

import io.mailban.examination.Check;
import io.mailban.examination.Examination;
import io.mailban.examination.Good;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/** A configuration that is being written: what was answered, and the rest as short hints. */
record Draft(List<Entry> servers) {
    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z/~][A-Za-z0-9._/~@+ -]*[A-Za-z0-9._/~@+-]|[A-Za-z0-9]");
    private static final Set<String> WORDS_OF_YAML =
            Set.of("y", "n", "yes", "no", "on", "off", "true", "false", "null");

    /** A server; {@code key} as it was typed, {@code notes} what was found out about it. */
    record Entry(
            String name,
            String host,
            Optional<String> user,
            OptionalInt port,
            Optional<String> key,
            String prefix,
            String logPrefix,
            List<String> notes) {
        Entry {
            notes = List.copyOf(notes);
        }
    }

    Draft {
        servers = List.copyOf(servers);
    }

    /** What is worth knowing about a server when its entry is read again. */
    static List<String> notes(Examination examination) {
        List<String> notes = new ArrayList<>();
        for (Check check : examination.checks()) {
            if (check instanceof Check.Well(var subject, var good)) {
                switch (good) {
                    case Good.LoggedIn(var user, var host, var port, var hostKey) -> notes.add("host key " + hostKey);
                    case Good.Answers(var version, var client) -> notes.add("fail2ban " + version);
                    case Good.LogRead(var source, var newest) -> notes.add("reads " + source);
                    case Good.Guarding _, Good.InTime _, Good.Confined _, Good.OfSlack _ -> {}
                }
            }
        }
        return notes;
    }

    /** The whole file. */
    String yaml(LocalDate day) {
        return """
                # Mailban's configuration, begun by `mailban init` on %s. It is yours: init never writes over it.
                # config/mailban.example.yml has every key with its unit, default and reason. `mailban config check` tells
                # everything that is wrong with this file, `mailban doctor` what a server lets Mailban do.

                # The mail servers. What is left out comes from ~/.ssh/config, as it would for `ssh HOST`.
                servers:
                %s
                # Addresses that are your own people's whatever the logs say: the office, a monitoring host.
                #known_addresses: [198.51.100.20]

                # Who may do what. Without it, whoever may read this file holds every role at the terminal, and nobody
                # anywhere else. Accounts are written PLATFORM:ACCOUNT; none of the roles contains another.
                #access:
                #  readers: [terminal:alice]
                #  helpers: [terminal:alice]
                #  requesters: [terminal:alice]
                #  approvers: [terminal:alice]

                # How a request lives: self_approval (single-address or refused), expires_after (30m), watch_for (10m).
                #approval:
                #  expires_after: 30m

                # What the bot remembers. Default: ~/.local/state/mailban/mailban.db
                #store: /var/lib/mailban/mailban.db
                """.formatted(day, entries().stripTrailing() + "\n");
    }

    /** The entries below {@code servers:}, with a blank line after each. */
    String entries() {
        StringBuilder out = new StringBuilder();
        for (Entry entry : servers) {
            out.append("  - name: ").append(scalar(entry.name())).append('\n');
            entry.notes()
                    .forEach(note -> out.append("    # ").append(oneLine(note)).append('\n'));
            put(out, "host", entry.host());
            entry.user().ifPresent(user -> put(out, "user", user));
            entry.port().ifPresent(port -> out.append("    port: ").append(port).append('\n'));
            entry.key().ifPresent(key -> put(out, "key", key));
            if (!entry.prefix().isEmpty()) {
                out.append("    # What stands before fail2ban-client there.\n");
                put(out, "prefix", entry.prefix());
            }
            if (!entry.logPrefix().isEmpty() && !entry.prefix().equals("gate")) {
                out.append("    # What stands before the commands that read the logs.\n");
                put(out, "log_prefix", entry.logPrefix());
            }
            out.append('\n');
        }
        return out.toString();
    }

    private static void put(StringBuilder out, String key, String value) {
        out.append("    ").append(key).append(": ").append(scalar(value)).append('\n');
    }

    /** A word that YAML takes for nothing but itself. */
    private static String scalar(String value) {
        boolean plain = PLAIN.matcher(value).matches() && !WORDS_OF_YAML.contains(value.toLowerCase(Locale.ROOT));
        return plain ? value : "\"" + oneLine(value).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }

    /** What a server says of itself can't begin a line of its own. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}|[\\u0085\\u2028\\u2029]", "?");
    }
}
