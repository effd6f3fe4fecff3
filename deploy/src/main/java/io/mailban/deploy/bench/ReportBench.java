package io.mailban.deploy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mailban.sandbox.MailServer;
import io.mailban.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Puts four weeks of logs on a real mail server, 1 GB of text, and times {@code mailban report} on it, from the start of the
 * program to its end, while it counts the processes that are held on the server. What the report says must be what was
 * made.
 */
public final class ReportBench {
    private static final long GIGABYTE = 1_000_000_000;
    private static final Duration PERIOD = Duration.ofDays(28);

    /** The sandbox's jail; what the mill plays is what fail2ban there would do. */
    private static final LogMill.Rule RULE = new LogMill.Rule("postfix-sasl", 3, 600, 3600);

    /** Until it is told to stop, counts the processes below sshd; prints the most at a time, and what all were called. */
    private static final String SAMPLER = """
            rm -f /tmp/enough
            most=0; names=
            while [ ! -e /tmp/enough ]; do
                held=$(ps -e -o pid=,ppid=,comm= | awk '
                    { parent[$1] = $2; comm[$1] = $3 }
                    END { for (p in parent) if (comm[p] !~ /^sshd/)
                            for (q = parent[p]; q > 1; q = parent[q]) if (comm[q] ~ /^sshd/) { print comm[p]; break } }')
                set -- $held
                [ $# -le "$most" ] || most=$#
                for name; do case "$names " in *" $name "*) ;; *) names="$names $name" ;; esac; done
                sleep 0.02
            done
            echo "$most$names"
            """;

    private ReportBench() {}

    /** {@code [--json|--show] [--megabytes N]}. */
    public static void main(String[] args) throws Exception {
        List<String> words = List.of(args);
        int at = words.indexOf("--megabytes");
        long bytes = at < 0 ? GIGABYTE : Long.parseLong(words.get(at + 1)) * 1_000_000;
        try (Sandbox sandbox = Sandbox.start("mail1=trixie")) {
            MailServer server = sandbox.server("mail1");
            Path shelf = Files.createTempDirectory("mailban-bench");
            try {
                run(server, shelf, bytes, words.contains("--json"));
                if (words.contains("--show")) {
                    System.out.print(said(server));
                }
            } finally {
                delete(shelf);
            }
        }
    }

    private static void run(MailServer server, Path shelf, long bytes, boolean json) throws Exception {
        System.err.println("bench: making " + bytes / 1_000_000 + " MB of logs");
        Instant to = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        long text;
        LogMill mill;
        try (LogShelf files = new LogShelf(shelf, to.minus(PERIOD), to)) {
            mill = new LogMill(RULE, 3, files);
            mill.run(to.minus(PERIOD), to, bytes);
            text = files.bytes();
        }
        System.err.println("bench: putting them on the server");
        server.exec("systemctl", "stop", "fail2ban", "rsyslog");
        shell("tar -C " + shelf + " -c . | ssh " + String.join(" ", ssh(server))
                + " tar -C /var/log --no-same-owner -x");
        server.exec("systemctl", "start", "fail2ban");
        server.exec("timeout", "60", "sh", "-c", "until fail2ban-client ping >/dev/null 2>&1; do sleep 0.2; done");

        System.err.println("bench: mailban report");
        CompletableFuture<String> sampled =
                CompletableFuture.supplyAsync(() -> server.exec("timeout", "600", "sh", "-c", SAMPLER));
        long begin = System.nanoTime();
        JsonNode report = new ObjectMapper().readTree(said(server, "--json"));
        double seconds = (System.nanoTime() - begin) / 1e9;
        server.exec("touch", "/tmp/enough");
        String held = sampled.get(1, TimeUnit.MINUTES).strip();
        requireTruth(report, mill);

        ObjectNode figures = new ObjectMapper().createObjectNode();
        figures.put("report_seconds", Math.round(seconds * 10) / 10.0);
        figures.put("megabytes", text / 1_000_000);
        figures.put("megabytes_per_second", Math.round(text / 1e6 / seconds));
        figures.put("megabytes_sent", report.at("/servers/0/read/sent").asLong() / 1_000_000);
        figures.put("lines", report.at("/servers/0/read/lines").asLong());
        int space = held.indexOf(' ');
        figures.put("most_processes", Integer.parseInt(space < 0 ? held : held.substring(0, space)));
        figures.put("processes_seen", space < 0 ? "" : held.substring(space + 1));
        if (json) {
            System.out.println(new ObjectMapper().writeValueAsString(figures));
        } else {
            figures.properties()
                    .forEach(figure -> System.out.printf(
                            Locale.ROOT,
                            "%-26s %s%n",
                            figure.getKey(),
                            figure.getValue().asText()));
        }
    }

    /** The whole program, as a person starts it. */
    private static String said(MailServer server, String... options) throws IOException, InterruptedException {
        Path config = Files.createTempFile("mailban-bench", ".yml");
        try {
            Files.writeString(
                    config, """
                    servers:
                      - name: mail1
                        host: %s
                        port: %d
                        user: root
                        key: %s
                    ssh:
                      known_hosts: %s
                    """.formatted(server.sshHost(), server.sshPort(), server.key(), server.knownHosts()));
            List<String> command = new ArrayList<>(List.of(
                    System.getProperty("java.home") + "/bin/java",
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    "io.mailban.deploy.Main",
                    "report",
                    "--config",
                    config.toString()));
            command.addAll(List.of(options));
            Process mailban = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            mailban.getOutputStream().close();
            String said = new String(mailban.getInputStream().readAllBytes(), UTF_8);
            int status = mailban.waitFor();
            if (status > 1) {
                throw new IllegalStateException("mailban report exited with " + status + ": " + said);
            }
            return said;
        } finally {
            Files.delete(config);
        }
    }

    /** A fast wrong answer is none. */
    private static void requireTruth(JsonNode report, LogMill mill) {
        JsonNode server = report.at("/servers/0");
        int told = server.at("/lock_outs").size();
        int devices = server.at("/devices").size();
        int others = server.at("/others/bans").asInt();
        if (told != mill.lockOuts() || devices != LogMill.STALE_DEVICES || others != mill.guessersBans()) {
            throw new IllegalStateException("made were " + mill.lockOuts() + " lock-outs of " + LogMill.STALE_DEVICES
                    + " devices and " + mill.guessersBans() + " other bans; told were " + told + ", " + devices
                    + " and "
                    + others);
        }
    }

    private static List<String> ssh(MailServer server) {
        return List.of(
                "-F",
                "none",
                "-o",
                "BatchMode=yes",
                "-o",
                "IdentitiesOnly=yes",
                "-o",
                "IdentityFile=" + server.key(),
                "-o",
                "UserKnownHostsFile=" + server.knownHosts(),
                "-p",
                String.valueOf(server.sshPort()),
                "root@" + server.sshHost());
    }

    private static void shell(String line) throws IOException, InterruptedException {
        int status = new ProcessBuilder("sh", "-c", line).inheritIO().start().waitFor();
        if (status != 0) {
            throw new IllegalStateException(line + " exited with " + status);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
