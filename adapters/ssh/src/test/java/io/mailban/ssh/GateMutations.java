package io.mailban.ssh;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ssh.LogScripts.Verb;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;

/** Lines that Mailban sends through the gate, and what an attacker might make of them. The same seed gives the same lines. */
final class GateMutations {
    private static final CommandPrefix GATE = new CommandPrefix.Gate();
    private static final Address ADDRESS = Address.of("203.0.113.7");
    private static final Jail SASL = new Jail("postfix-sasl");
    private static final String DATABASE = "/var/lib/fail2ban/fail2ban.sqlite3";

    /** Each would leave a trace if anything ran it. */
    private static final String CANARY = "touch /tmp/canary";

    private static final String CHARACTERS =
            ";|&$()<>'\"\\`~!#*?[]{}^%=:,.@/+-_ \t\r\n\u0001\u007f\u00a0\u2028éß０0189afxz";

    private static final List<String> PIECES = List.of(
            "; " + CANARY,
            "$(" + CANARY + ")",
            "`" + CANARY + "`",
            "| sh -c '" + CANARY + "'",
            "\n" + CANARY + "\n",
            "' ; " + CANARY + " #",
            "&& " + CANARY,
            "../../etc/shadow",
            "/etc/shadow",
            "/proc/self/environ",
            "/var/log/mail.log/../../../etc/shadow",
            "--all",
            "--",
            "-i",
            "-s",
            "-f/etc/shadow",
            "-r",
            "stop",
            "unban",
            "reload",
            "action",
            "actionban",
            "addaction",
            "banip",
            "set",
            "get",
            "logtarget",
            "dbfile",
            "loglevel",
            "syslogsocket",
            "0.0.0.0/0",
            "::/0",
            "203.0.113.0/24",
            "198.51.100.0/24",
            "203.0.113.007",
            "::ffff:203.0.113.7",
            "2001:db8:0:0:0:0:0:7",
            "fe80::1%eth0",
            "203.0.113.7 203.0.113.8",
            "99999999999999999999",
            "-1",
            "0x10",
            "");

    private final Random random;

    GateMutations(long seed) {
        random = new Random(seed);
    }

    /** As the one builder makes them. */
    static List<List<String>> commandLines() {
        List<String> search = List.of("mark0a1b2cn", "1795375184", "9", "4194304", "-aF");
        List<String> traces = new ArrayList<>(search);
        traces.addAll(List.of("mail", "/var/log/mail.log", "mail", "", "ban", "/var/log/fail2ban.log"));
        List<String> deliveries = new ArrayList<>(search);
        deliveries.addAll(List.of("4194304", "/var/log/mail.log", ""));
        return List.of(
                words(Verb.TRACES, traces),
                words(Verb.DELIVERIES, deliveries),
                words(Verb.SURVEY, List.of("mark0a1b2cn", "/var/log/mail.log", "/var/log/maillog")),
                words(Verb.ZONE, List.of()),
                words(Verb.EVIDENCE, List.of("mark0a1b2cn", DATABASE, ADDRESS.text())),
                words(Verb.FIREWALL, List.of("mark0a1b2cn", "2001:db8::7")),
                List.of("mailban-gate", "fail2ban-client", "-i"));
    }

    /** As they follow on the standing client's standard input. */
    static List<List<String>> clientLines() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(ClientCommand.version().words());
        lines.add(ClientCommand.status().words());
        lines.add(ClientCommand.status(SASL).words());
        lines.add(ClientCommand.banned().words());
        lines.add(ClientCommand.bansWithTime(SASL).words());
        lines.add(ClientCommand.logTarget().words());
        lines.add(ClientCommand.echo("mark0a1b2cn7").words());
        for (String property : List.of("actionstart", "actionban", "blocktype")) {
            lines.add(ClientCommand.get(SASL, "nftables-multiport", property).words());
        }
        lines.add(ClientCommand.lift(SASL, ADDRESS).words());
        lines.add(ClientCommand.lift(SASL, Address.of("2001:db8::7")).words());
        lines.add(ClientCommand.lift(SASL, Network.of("198.51.100.0/24")).words());
        lines.add(List.of("set", SASL.name(), "addignoreip", ADDRESS.text()));
        for (String setting : List.of("maxretry", "findtime", "bantime", "ignoreip", "logpath", "actions")) {
            lines.add(ClientCommand.get(SASL, setting).words());
        }
        return lines;
    }

    /** A line out of the corpus with one to four changes: to its words, then quoted as ours are, or to its text. */
    String mutated(List<List<String>> corpus) {
        List<String> words = new ArrayList<>(any(corpus));
        int changes = 1 + random.nextInt(4);
        if (random.nextInt(3) > 0) {
            for (int i = 0; i < changes; i++) {
                changeWords(words, any(corpus));
            }
            return quoted(words);
        }
        StringBuilder text = new StringBuilder(quoted(words));
        for (int i = 0; i < changes; i++) {
            changeText(text);
        }
        return text.toString();
    }

    static String quoted(List<String> words) {
        return words.stream().map(RemoteCommand::quoted).collect(Collectors.joining(" "));
    }

    private void changeWords(List<String> words, List<String> other) {
        int at = words.isEmpty() ? 0 : random.nextInt(words.size());
        switch (words.isEmpty() ? 0 : random.nextInt(7)) {
            case 0 -> words.add(at, any(PIECES));
            case 1 -> words.set(at, any(PIECES));
            case 2 -> words.set(at, any(other));
            case 3 -> words.remove(at);
            case 4 -> words.add(at, words.get(random.nextInt(words.size())));
            case 5 -> words.addAll(other);
            default -> {
                StringBuilder word = new StringBuilder(words.get(at));
                changeText(word);
                words.set(at, word.toString());
            }
        }
    }

    private void changeText(StringBuilder text) {
        int at = random.nextInt(text.length() + 1);
        int next = Math.min(text.length(), at + 1);
        switch (random.nextInt(5)) {
            case 0 -> text.insert(at, CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
            case 1 -> text.replace(at, next, String.valueOf(CHARACTERS.charAt(random.nextInt(CHARACTERS.length()))));
            case 2 -> text.delete(at, next);
            case 3 -> text.insert(at, any(PIECES));
            default -> text.setLength(at);
        }
    }

    private static List<String> words(Verb verb, List<String> parameters) {
        List<String> words = new ArrayList<>(GATE.words());
        words.add(verb.word());
        words.addAll(parameters);
        return words;
    }

    private <T> T any(List<T> things) {
        return things.get(random.nextInt(things.size()));
    }
}
