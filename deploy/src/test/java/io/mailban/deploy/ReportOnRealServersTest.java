package io.mailban.deploy;

import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.bot.Reports;
import io.mailban.deploy.shell.ReportJson;
import io.mailban.reply.ReplyWriter;
import io.mailban.report.Device;
import io.mailban.report.Report;
import io.mailban.report.Reporting;
import io.mailban.report.StaleDevice;
import io.mailban.sandbox.MailServer;
import io.mailban.terminal.CardText;
import io.mailban.terminal.Look;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A lock-out that was provoked on a real server, and what the report says of it: in files, and in the journal. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReportOnRealServersTest {
    private static final Jail SASL = new Jail("postfix-sasl");
    private final RealServers servers = new RealServers();

    @AfterAll
    void end() {
        servers.close();
    }

    private Reporting.Told report(MailServer server, Set<Address> listed) {
        Reports reports = new Reports(servers.ssh(), servers.ssh(), listed, InstantSource.system());
        ServerName name = new ServerName(server.name());
        Reporting answer = List.copyOf(reports.of(List.of(name), Duration.ofDays(30), (_, _, _, _, _) -> {})
                        .values())
                .getFirst();
        if (answer instanceof Reporting.Told told) {
            return told;
        }
        throw new AssertionError("could not be told: " + answer);
    }

    @Test
    void aUserKnownFromARotatedFileIsFoundLockedOut() {
        MailServer server = servers.withFiles();
        server.exec("sh", "-c", """
                for day in 9 6 3; do
                    echo "$(date -u -d "$day days ago" +%Y-%m-%dT%H:%M:%S+00:00) mail1 dovecot: imap-login: Logged in: user=<bob@example.org>, method=PLAIN, rip=203.0.113.71, lip=192.0.2.11, mpid=7, TLS, session=<x>"
                done | gzip >/var/log/mail.log.2.gz
                touch -d '3 days ago' /var/log/mail.log.2.gz
                """);
        servers.lockOut("203.0.113.71", server);

        Reporting.Told told = report(server, Set.of());

        requireBobsLockOut(told.report(), "203.0.113.71");
        String text = CardText.of(
                ReplyWriter.report(told), new Look(100, ZoneOffset.UTC, Look.Ink.NONE, Look.Frame.NONE), Instant.now());
        assertThat(text.replaceAll("\\s+", " "))
                .startsWith("🟠 mail1: fail2ban locked out 1 known user 1 time in 30 days")
                .contains("bob@example.org at 203.0.113.71: 1 time")
                .contains("banned now in postfix-sasl until")
                .contains("maxretry = 4 it would have locked out no known user");
    }

    @Test
    void anAddressThatTheOperatorNamedIsFoundLockedOutInTheJournal() {
        MailServer server = servers.withJournal();
        servers.lockOut("203.0.113.72", server);

        Reporting.Told told = report(server, Set.of(Address.of("203.0.113.72")));

        requireBobsLockOut(told.report(), "203.0.113.72");
        JsonNode json =
                ReportJson.of(List.of(told), Instant.now(), Duration.ofDays(30)).at("/servers/0");
        assertThat(json.at("/outcome").asText()).isEqualTo("answered");
        assertThat(json.at("/bans_by_jail/postfix-sasl").asInt()).isEqualTo(1);
        assertThat(json.at("/lock_outs/0/address").asText()).isEqualTo("203.0.113.72");
        assertThat(json.at("/lock_outs/0/since").asText()).endsWith("Z");
        assertThat(json.at("/failing_now/0/standing/kind").asText()).isEqualTo("banned");
        assertThat(json.at("/failing_now/0/protocol").asText()).isEqualTo("smtp");
        assertThat(json.at("/jails/0/advice/kind").asText()).isEqualTo("change");
        assertThat(json.at("/jails/0/advice/setting/max_retry").asInt()).isEqualTo(4);
        assertThat(json.at("/read/mail_log/fault").isNull()).isTrue();
        assertThat(report(server, Set.of()).report().lockOuts())
                .as("by its logins alone it is nobody's: they are of one day")
                .isEmpty();
    }

    @Test
    void whoeverStopsItLeavesNoProcessOnTheServer(@TempDir Path directory) throws Exception {
        MailServer server = servers.withFiles();
        // All of it comes over, which takes seconds.
        server.exec(
                "sh",
                "-c",
                "yes \"$(date -d yesterday '+%b %e %T') mail1 dovecot: imap-login: Logged in: user=<eve>, method=PLAIN,"
                        + " rip=203.0.113.73\" | head -c 600000000 >/var/log/mail.log.1; touch -d yesterday"
                        + " /var/log/mail.log.1");
        Path config = directory.resolve("mailban.yml");
        Files.writeString(config, """
                servers:
                  - name: mail1
                    host: %s
                    port: %d
                    user: mailban
                    key: %s
                    prefix: sudo -n
                    log_prefix: sudo -n
                ssh:
                  known_hosts: %s
                """.formatted(server.sshHost(), server.sshPort(), server.key(), server.knownHosts()));
        String before = held(server);
        Process report = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "report",
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("out").toFile())
                .start();
        try {
            await().atMost(Duration.ofSeconds(30)).until(() -> held(server), is -> is.contains("grep"));
            new ProcessBuilder("sh", "-c", "kill -INT " + report.pid()).start().waitFor();

            assertThat(report.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(report.exitValue()).as("as Ctrl-C ends a program").isEqualTo(130);
            await().atMost(Duration.ofSeconds(10)).until(() -> held(server), before::equals);
        } finally {
            report.destroyForcibly();
            server.exec("rm", "-f", "/var/log/mail.log.1");
        }
    }

    /** What runs below the server's sshd; of sudo, its waiting parent too. */
    private static String held(MailServer server) {
        return server.exec("sh", "-c", """
                ps -e -o pid=,ppid=,comm= | awk '
                    { parent[$1] = $2; comm[$1] = $3 }
                    END { for (p in parent) if (comm[p] !~ /^sshd/)
                            for (q = parent[p]; q > 1; q = parent[q]) if (comm[q] ~ /^sshd/) { print comm[p]; break } }' | sort
                """).strip();
    }

    private static void requireBobsLockOut(Report report, String address) {
        Device laptop = new Device(Address.of(address), Optional.of(new Mailbox("bob@example.org")));
        assertThat(report.mailLog().fault()).isEmpty();
        assertThat(report.banLog().fault()).isEmpty();
        assertThat(report.lockOuts()).singleElement().satisfies(lockOut -> {
            assertThat(lockOut.devices()).containsExactly(laptop);
            assertThat(lockOut.jails()).containsExactly(SASL);
            assertThat(lockOut.lasted()).isBetween(Duration.ZERO, Duration.ofMinutes(2));
        });
        assertThat(report.stale()).singleElement().satisfies(stale -> {
            assertThat(stale.device()).isEqualTo(laptop);
            assertThat(stale.failures()).isEqualTo(3);
            assertThat(stale.standing())
                    .isInstanceOfSatisfying(
                            StaleDevice.Standing.Banned.class,
                            banned -> assertThat(banned.jail()).isEqualTo(SASL));
        });
        assertThat(report.jails().getFirst().jail()).isEqualTo(SASL);
    }
}
