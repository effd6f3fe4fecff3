package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.sandbox.MailServer;
import io.mailban.ssh.GateVisitor.Got;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The gate as installed, attacked by somebody who holds its key, through a real sshd. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateTest {
    private static final String REFUSED = "mailban-gate: refused: ";

    static List<MailServer> servers() {
        return SharedSandbox.servers();
    }

    @BeforeAll
    void install() {
        servers().forEach(MailServer::installGate);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "id",
                "sh -c id",
                "sudo -n fail2ban-client -i 2>&1",
                "/usr/lib/openssh/sftp-server",
                "scp -t /tmp",
                "mailban-gate",
                "mailban-gate ",
                "mailban-gate id",
                "mailban-gate fail2ban-client status",
                "mailban-gate fail2ban-client -i 2>&1",
                "mailban-gate fail2ban-client -i; id",
                "mailban-gate fail2ban-client -i -s /tmp/socket",
                "mailban-gate zone; id",
                "mailban-gate zone\nid",
                "mailban-gate zone $(id)",
                "mailban-gate  zone",
                "mailban-gate 'zone'",
                "mailban-gate zone more",
                "mailban-gate survey mark /etc/shadow",
                "mailban-gate survey mark /var/log/../../etc/shadow",
                "mailban-gate survey mark /var/log/mail.log.1",
                "mailban-gate survey mark -f",
                "mailban-gate survey 'm k' /var/log/mail.log",
                "mailban-gate traces mark 0 5 10000 -r mail /var/log/mail.log",
                "mailban-gate traces mark 0 5 10000 -f/etc/shadow mail /var/log/mail.log",
                "mailban-gate traces mark 0 5 10000 -aF mail",
                "mailban-gate traces mark 0 5 10000 -aF mail /etc/passwd",
                "mailban-gate traces mark 0x1 5 10000 -aF mail /var/log/mail.log",
                "mailban-gate traces mark 0 99999999 10000 -aF mail /var/log/mail.log",
                "mailban-gate deliveries mark 0 5 10000 -aF",
                "mailban-gate evidence mark /etc/shadow 203.0.113.7",
                "mailban-gate evidence mark /var/lib/fail2ban/fail2ban.sqlite3 203.0.113.0/24",
                "mailban-gate firewall mark '203.0.113.7 }; flush ruleset'",
                "mailban-gate firewall mark ::ffff:203.0.113.7",
            })
    void aCommandThatIsNotMailbansIsRefusedAndLogged(String line) {
        MailServer server = servers().getLast();
        String before = journal(server);
        Got got = new GateVisitor(server).ask(line, "id\n");
        assertThat(got.err()).contains(REFUSED);
        assertThat(got.status()).isEqualTo(1);
        assertThat(got.out()).isEmpty();
        await().untilAsserted(() -> assertThat(journal(server).substring(before.length()))
                .contains("refused (")
                .contains(server.sshHost()));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void thereIsNoWayAroundTheCommand(MailServer server) {
        GateVisitor visitor = new GateVisitor(server);
        assertThat(visitor.ssh(List.of("-W", "127.0.0.1:25"), "").err()).contains("administratively prohibited");
        assertThat(visitor.ssh(
                                List.of("-o", "ExitOnForwardFailure=yes", "-R", "127.0.0.1:0:127.0.0.1:25"),
                                "",
                                "mailban-gate zone")
                        .err())
                .contains("remote port forwarding failed");
        assertThat(visitor.ssh(List.of("-tt"), "", "mailban-gate zone").err())
                .contains("PTY allocation request failed");
        assertThat(visitor.ssh(List.of("-s"), "", "sftp"))
                .as("a subsystem has no stream for complaints")
                .isEqualTo(new Got(1, "", ""));
        List<String> scp = new ArrayList<>(List.of("scp"));
        scp.addAll(visitor.sshOptions());
        scp.addAll(List.of(visitor.address() + ":/etc/passwd", "/dev/null"));
        assertThat(GateVisitor.run(scp, "").status()).isNotZero();
        // Nor for a shell of that user, had anybody one.
        Got shell = sudo(server, "/bin/sh", "-c", "id");
        assertThat(shell.status()).isNotZero();
        assertThat(sudo(server, "/usr/local/sbin/mailban-gate", "zone").status())
                .isNotZero();
        assertThat(sudo(server, "/usr/local/sbin/mailban-gate").err()).contains(REFUSED);
    }

    private static final List<String> LINES = List.of(
            "",
            " ",
            "stop",
            "start",
            "restart",
            "reload",
            "exit",
            "help",
            "ping 1",
            "unban --all",
            "unban 203.0.113.7",
            "add mine polling",
            "set postfix-sasl banip 203.0.113.7",
            "set postfix-sasl addaction mine",
            "set postfix-sasl action nftables-multiport actionban 'touch /tmp/owned'",
            "set postfix-sasl idle on",
            "set postfix-sasl bantime 1",
            "set postfix-sasl addlogpath /etc/shadow",
            "set postfix-sasl unbanip --all",
            "set postfix-sasl unbanip 203.0.113.7 203.0.113.8",
            "set postfix-sasl unbanip 203.0.113.007",
            "set postfix-sasl unbanip 2001:db8:0:0:0:0:0:7",
            "set postfix-sasl unbanip fe80::1%eth0",
            "set postfix-sasl unbanip 203.0.113.0/24",
            "set postfix-sasl addignoreip 0.0.0.0/0",
            "set --all unbanip 203.0.113.7",
            "set logtarget unbanip 203.0.113.7",
            "set dbfile addignoreip 203.0.113.7",
            "set loglevel delignoreip 203.0.113.7",
            "set nosuchjail unbanip 203.0.113.7",
            "get postfix-sasl action nftables-multiport actionban",
            "get --all logpath",
            "status ",
            " status",
            "status  postfix-sasl",
            "status 'postfix-sasl'",
            "status;id",
            "status postfix-sasl short",
            "status\u0001",
            "status\tpostfix-sasl",
            "status\u2028",
            "echo 'fail2ban> 1'",
            "echo $(id)",
            "'");

    @ParameterizedTest
    @MethodSource("servers")
    void fail2banIsToldNothingElse(MailServer server) {
        String before = server.exec("fail2ban-client", "get", "logtarget");
        List<String> told = new ArrayList<>();
        LINES.forEach(line -> told.addAll(List.of(line, "ping")));
        List<String> answers = new GateVisitor(server).tell(told.toArray(String[]::new));
        assertThat(answers).hasSameSizeAs(told);
        for (int i = 0; i < told.size(); i += 2) {
            assertThat(answers.get(i)).as(told.get(i)).startsWith(REFUSED).doesNotContain("\n");
            assertThat(answers.get(i + 1)).isEqualTo("Server replied: pong");
        }
        assertThat(server.exec("fail2ban-client", "get", "logtarget")).isEqualTo(before);
        assertThat(server.tryExec("test", "-e", "/tmp/owned").status()).isNotZero();
    }

    @Test
    void anEndlessLineEndsIt() {
        Got got = new GateVisitor(servers().getFirst())
                .ssh(List.of(), "echo " + "x".repeat(1 << 20) + "\nversion\n", "mailban-gate fail2ban-client -i");
        assertThat(got.out()).doesNotContain("xxx").doesNotContain("1.1.0\n");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aFail2banThatHangsLeavesNothingBehind(MailServer server) {
        server.exec("pkill", "-STOP", "-f", "fail2ban-server");
        try {
            Got got = new GateVisitor(server).ssh(List.of(), "status\n", "mailban-gate fail2ban-client -i");
            assertThat(got.out()).doesNotContain("Number of jail");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> server.tryExec("pgrep", "-f", "mailban-gate|fail2ban-client")
                                    .status()
                            != 0);
        } finally {
            server.exec("pkill", "-CONT", "-f", "fail2ban-server");
        }
    }

    private static Got sudo(MailServer server, String... command) {
        List<String> words = new ArrayList<>(List.of("runuser", "-u", MailServer.GATE_USER, "--", "sudo", "-n"));
        words.addAll(List.of(command));
        var result = server.tryExec(words.toArray(String[]::new));
        return new Got(result.status(), result.output(), result.errors());
    }

    private static String journal(MailServer server) {
        return server.exec("journalctl", "-q", "-t", "mailban-gate", "-o", "cat");
    }
}
