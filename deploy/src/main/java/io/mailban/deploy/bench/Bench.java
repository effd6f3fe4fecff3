package io.mailban.deploy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import io.mailban.bot.Inquiries;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Question;
import io.mailban.known.Recognizer;
import io.mailban.mailserver.BanListing;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.MailServer;
import io.mailban.sandbox.Sandbox;
import io.mailban.ssh.CommandPrefix;
import io.mailban.ssh.SshMailServers;
import io.mailban.ssh.SshServer;
import io.mailban.ssh.SshSurroundings;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Boots one real mail server with 100 MB of mail log, bans a client on it, and times the diagnosis in every way: five
 * {@code ssh} calls, one {@code ssh} call, Mailban; and forty servers by {@code clush} and by Mailban. The ways take turns
 * in each round, so that a machine that slows down slows them all. Prints ratios of medians, and what they are made of.
 */
public final class Bench {
    private static final Address CLIENT = Address.of("203.0.113.7");
    private static final ServerName MAIL1 = new ServerName("mail1");
    private static final int FLEET = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What an administrator types, in this order, to learn what {@code check} tells. */
    private static final List<String> DIAGNOSIS = List.of(
            "fail2ban-client status",
            "fail2ban-client banned " + CLIENT,
            "fail2ban-client get postfix-sasl banip --with-time",
            "grep -aF " + CLIENT + " /var/log/fail2ban.log",
            "grep -aF " + CLIENT + " /var/log/mail.log");

    private final Sandbox sandbox;
    private final MailServer server;
    private final int rounds;
    private final ObjectNode figures = new ObjectMapper().createObjectNode();

    private Bench(Sandbox sandbox, int rounds) {
        this.sandbox = sandbox;
        this.server = sandbox.server("mail1");
        this.rounds = rounds;
    }

    /** {@code [--json] [--rounds N]}. */
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        int at = words.indexOf("--rounds");
        int rounds = at < 0 ? 15 : Integer.parseInt(words.get(at + 1));
        try (Sandbox sandbox = Sandbox.start("mail1=trixie,aliases=" + FLEET)) {
            Bench bench = new Bench(sandbox, rounds);
            bench.prepare();
            bench.diagnosis();
            bench.gate();
            bench.fleet();
            bench.coldCheck();
            bench.slack();
            bench.print(words.contains("--json"), System.out);
        }
    }

    /** The incident, and then 100 MB of other people's log lines around it. */
    private void prepare() throws IOException {
        System.err.println("bench: making the incident and 100 MB of mail log");
        sandbox.client("203.0.113.90").sendMail(server, Account.ALICE, Account.BOB.mailbox(), "lunch?");
        var laptop = sandbox.client(CLIENT.text());
        laptop.imapLogin(server, Account.BOB);
        for (int i = 0; i < 3; i++) {
            laptop.smtpLogin(server, Account.BOB.withPassword("old"));
        }
        server.awaitBan("postfix-sasl", CLIENT.text());
        server.exec("sh", "-c", MAIL_LOG_OF_OTHERS);
    }

    private static final String MAIL_LOG_OF_OTHERS = """
            awk 'BEGIN {
              while (size < 100000000) {
                n++
                a = "198.18." int(n / 250) % 250 "." n % 250
                t = strftime("%Y-%m-%dT%H:%M:%S+00:00", systime() - 86400 + int(n / 8))
                line = t " mail1 dovecot: imap-login: Login: user=<user" n % 900 "@example.org>, method=PLAIN, rip=" a ", lip=192.0.2.25, mpid=" n ", TLS, session=<s" n ">"
                if (n % 3 == 0) line = t " mail1 postfix/smtpd[" n % 30000 "]: connect from unknown[" a "]"
                if (n % 7 == 0) line = t " mail1 postfix/lmtp[" n % 30000 "]: 4ABC" n ": to=<user" n % 900 "@example.org>, relay=mail1[private/dovecot-lmtp], delay=0.2, dsn=2.0.0, status=sent (250 2.0.0 Saved)"
                print line
                size += length(line) + 1
              }
            }' > /tmp/others && cat /var/log/mail.log >> /tmp/others && cat /tmp/others > /var/log/mail.log && rm /tmp/others
            """;

    private void diagnosis() throws Exception {
        Samples five = new Samples();
        Samples one = new Samples();
        Samples verdict = new Samples();
        Samples whole = new Samples();
        try (SshMailServers warm = servers(List.of(at(MAIL1.name(), server.sshHost())))) {
            Inquiries inquiries = inquiries(warm);
            Question question = new Question.OfAddress(CLIENT);
            for (int i = 0; i < 300; i++) {
                requireBan(warm.bans(MAIL1, CLIENT));
            }
            for (int i = 0; i < 5; i++) {
                requireBan(inquiries.check(question, Optional.empty()));
            }
            for (int round = 0; round < rounds; round++) {
                System.err.println("bench: diagnosis, round " + (round + 1) + " of " + rounds);
                five.time(() -> {
                    StringBuilder said = new StringBuilder();
                    for (String command : DIAGNOSIS) {
                        said.append(ssh(command));
                    }
                    requireBan(said.toString());
                });
                one.time(() -> requireBan(ssh(String.join("; ", DIAGNOSIS))));
                for (int i = 0; i < 100; i++) {
                    verdict.time(() -> requireBan(warm.bans(MAIL1, CLIENT)));
                }
                for (int i = 0; i < 3; i++) {
                    whole.time(() -> requireBan(inquiries.check(question, Optional.empty())));
                }
            }
        }
        put(
                "verdict_vs_five_ssh",
                five.median() / verdict.median(),
                "five_ssh_ms",
                five.median(),
                "verdict_ms",
                verdict.median());
        put(
                "verdict_p99_vs_one_ssh",
                one.median() / verdict.p99(),
                "one_ssh_ms",
                one.median(),
                "verdict_p99_ms",
                verdict.p99());
        put(
                "diagnosis_vs_five_ssh",
                five.median() / whole.median(),
                "five_ssh_ms",
                five.median(),
                "diagnosis_ms",
                whole.median());
    }

    /** The verdict as root gets it, and as the gate gives it to a login that may nothing else. */
    private void gate() throws Exception {
        server.installGate();
        Samples direct = new Samples();
        Samples gated = new Samples();
        try (SshMailServers asRoot = servers(List.of(at(MAIL1.name(), server.sshHost())));
                SshMailServers behindGate = servers(List.of(gated(MAIL1.name(), server.sshHost())))) {
            for (int i = 0; i < 300; i++) {
                requireBan(asRoot.bans(MAIL1, CLIENT));
                requireBan(behindGate.bans(MAIL1, CLIENT));
            }
            for (int round = 0; round < rounds; round++) {
                System.err.println("bench: the gate, round " + (round + 1) + " of " + rounds);
                for (int i = 0; i < 100; i++) {
                    direct.time(() -> requireBan(asRoot.bans(MAIL1, CLIENT)));
                    gated.time(() -> requireBan(behindGate.bans(MAIL1, CLIENT)));
                }
            }
        }
        put(
                "gate_verdict_vs_direct",
                gated.median() / direct.median(),
                "gate_ms",
                gated.median(),
                "direct_ms",
                direct.median());
    }

    private void fleet() throws Exception {
        Samples typed = new Samples();
        Samples mailban = new Samples();
        List<SshServer> fleet = new ArrayList<>();
        for (String alias : server.sshAliases()) {
            fleet.add(at("mail-" + alias, alias));
        }
        List<String> clush = List.of(
                "clush",
                "-f",
                String.valueOf(FLEET),
                "-l",
                "root",
                "-o",
                String.join(" ", sshOptions()),
                "-w",
                String.join(",", server.sshAliases()),
                "fail2ban-client",
                "banned");
        try (SshMailServers warm = servers(fleet);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                askAll(warm, threads);
            }
            for (int round = 0; round < rounds; round++) {
                System.err.println("bench: " + FLEET + " servers, round " + (round + 1) + " of " + rounds);
                typed.time(() -> requireBan(run(clush)));
                for (int i = 0; i < 5; i++) {
                    mailban.time(() -> askAll(warm, threads));
                }
            }
        }
        put(
                "fleet40_vs_clush",
                typed.median() / mailban.median(),
                "clush_ms",
                typed.median(),
                "mailban_ms",
                mailban.median());
    }

    private static void askAll(SshMailServers fleet, ExecutorService threads) throws Exception {
        List<Callable<BanListing>> questions = new ArrayList<>();
        for (ServerName name : fleet.names()) {
            questions.add(() -> fleet.bans(name, CLIENT));
        }
        for (Future<BanListing> answer : threads.invokeAll(questions)) {
            requireBan(answer.get());
        }
    }

    /** Mailban's program is running, and has not talked to this server yet: connection, discovery and all. */
    private void coldCheck() throws Exception {
        Samples ssh = new Samples();
        Samples cold = new Samples();
        for (int round = 0; round < rounds; round++) {
            ssh.time(() -> requireBan(ssh("fail2ban-client banned " + CLIENT)));
            cold.time(() -> {
                try (SshMailServers fresh = servers(List.of(at(MAIL1.name(), server.sshHost())))) {
                    requireBan(inquiries(fresh).check(new Question.OfAddress(CLIENT), Optional.empty()));
                }
            });
        }
        put(
                "cold_check_minus_ssh_ms",
                cold.median() - ssh.median(),
                "cold_check_ms",
                cold.median(),
                "ssh_ms",
                ssh.median());
    }

    /** From a slash command to its acknowledgement and to the verdict in the channel, Slack being on this machine too. */
    private void slack() throws Exception {
        System.err.println("bench: Slack");
        SlackBench.Result said = SlackBench.run(server, CLIENT, rounds * 10);
        Samples ack = said.ack();
        Samples verdict = said.verdict();
        put("slack_ack_p95_ms", ack.p95(), "median_ms", ack.median(), "slowest_of_200_ms", said.slowestOfCrowdMs());
        put("slack_verdict_p95_ms", verdict.p95(), "median_ms", verdict.median(), "p99_ms", verdict.p99());
    }

    private static Inquiries inquiries(SshMailServers servers) {
        return new Inquiries(
                servers, servers, servers, new Diagnoser(new Recognizer(Set.of())), InstantSource.system());
    }

    private SshMailServers servers(List<SshServer> servers) {
        SshSurroundings ours = SshSurroundings.ofThisUser();
        return new SshMailServers(
                servers,
                new SshSurroundings(ours.home(), List.of(), Optional.of(server.knownHosts()), Optional.empty()),
                PATIENCE);
    }

    private SshServer at(String name, String host) {
        return at(name, host, "root", new CommandPrefix.None());
    }

    private SshServer gated(String name, String host) {
        return at(name, host, MailServer.GATE_USER, new CommandPrefix.Gate());
    }

    private SshServer at(String name, String host, String user, CommandPrefix prefix) {
        return new SshServer(
                new ServerName(name),
                host,
                Optional.of(user),
                OptionalInt.of(server.sshPort()),
                Optional.of(server.key()),
                Optional.empty(),
                prefix,
                prefix);
    }

    /** Options for OpenSSH: this sandbox's key and host keys, and nobody's own configuration. */
    private List<String> sshOptions() {
        return List.of(
                "-F", "none",
                "-o", "BatchMode=yes",
                "-o", "IdentitiesOnly=yes",
                "-o", "IdentityFile=" + server.key(),
                "-o", "UserKnownHostsFile=" + server.knownHosts());
    }

    private String ssh(String command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("ssh"));
        words.addAll(sshOptions());
        words.addAll(List.of("-p", String.valueOf(server.sshPort()), "root@" + server.sshHost(), command));
        return run(words);
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(String.join(" ", command) + " failed: " + said);
        }
        return said;
    }

    /** A fast wrong answer is none. */
    private static void requireBan(String said) {
        if (!said.contains("postfix-sasl") && !said.contains(CLIENT.text())) {
            throw new IllegalStateException("the ban was not seen: " + said);
        }
    }

    private static void requireBan(BanListing listing) {
        if (!(listing instanceof BanListing.Standing(var bans))
                || bans.stream().noneMatch(ban -> ban.id().equals(CLIENT))) {
            throw new IllegalStateException("the ban was not seen: " + listing);
        }
    }

    private static void requireBan(Diagnosis diagnosis) {
        if (!(diagnosis.worst() instanceof Finding.Banned banned)
                || banned.since().isEmpty()
                || diagnosis.servers().getFirst().lines().isEmpty()) {
            throw new IllegalStateException("the ban was not explained: " + diagnosis);
        }
    }

    private void put(String figure, double value, String first, double firstMs, String second, double secondMs) {
        figures.putObject(figure)
                .put("value", rounded(value))
                .put(first, rounded(firstMs))
                .put(second, rounded(secondMs));
    }

    private static double rounded(double number) {
        return Math.round(number * 1000) / 1000.0;
    }

    private void print(boolean json, PrintStream out) throws IOException {
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(figures));
            return;
        }
        figures.properties().forEach(figure -> {
            StringBuilder parts = new StringBuilder();
            figure.getValue().properties().forEach(part -> {
                if (!part.getKey().equals("value")) {
                    parts.append(parts.isEmpty() ? "" : ", ")
                            .append(part.getKey())
                            .append(' ')
                            .append(part.getValue());
                }
            });
            out.printf(
                    Locale.ROOT,
                    "%-26s %10.1f   (%s)%n",
                    figure.getKey(),
                    figure.getValue().get("value").asDouble(),
                    parts);
        });
    }
}
