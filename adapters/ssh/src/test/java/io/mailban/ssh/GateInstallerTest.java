package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.sandbox.CommandResult;
import io.mailban.sandbox.MailServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code deploy/mailserver/install}, run as an administrator would. */
class GateInstallerTest {
    private static final String OTHER_KEY =
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBwI3ir+hCfNGH8ArLt4inDktDWcgtFy97M0+i/SgMMl other";
    private static final List<String> MADE = List.of(
            "755 root /usr/local/sbin/mailban-gate",
            "755 root /usr/local/sbin/mailban-logs",
            "440 root /etc/sudoers.d/mailban-gate",
            "755 root /var/lib/mailban-gate",
            "755 root /var/lib/mailban-gate/.ssh",
            "644 root /var/lib/mailban-gate/.ssh/authorized_keys");

    static List<MailServer> servers() {
        return SharedSandbox.servers();
    }

    @BeforeEach
    @AfterEach
    void undo() {
        servers()
                .forEach(server -> assertThat(server.install("--undo").status()).isZero());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void undoingLeavesWhatStoodBefore(MailServer server) {
        String before = everything(server);
        install(server);
        assertThat(everything(server)).isNotEqualTo(before);
        assertThat(server.install("--undo").output()).contains("removed the user gatekeeper");
        assertThat(everything(server)).isEqualTo(before);
        assertThat(server.install("--undo"))
                .isEqualTo(new CommandResult(0, "install: nothing to undo: the gate is not installed here\n", ""));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aSecondRunChangesNothing(MailServer server) {
        install(server);
        String made = everything(server);
        CommandResult second = server.install(server.publicKey());
        assertThat(second.status()).isZero();
        assertThat(second.output()).startsWith("install: nothing to change\n").doesNotContain("made");
        assertThat(everything(server)).isEqualTo(made);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void nothingOfItCanBeChangedByItsUserWhoMayRunTheGateAlone(MailServer server) {
        install(server);
        for (String made : MADE) {
            assertThat(server.exec("stat", "-c", "%a %U %n", made.substring(made.indexOf('/')))
                            .strip())
                    .isEqualTo(made);
        }
        assertThat(server.exec("sudo", "-l", "-U", "gatekeeper").lines().toList())
                .last()
                .asString()
                .endsWith("(root) NOPASSWD: /usr/local/sbin/mailban-gate \"\"");
        assertThat(server.tryExec("visudo", "-c").status()).isZero();
        assertThat(server.exec("cat", "/var/lib/mailban-gate/.ssh/authorized_keys"))
                .isEqualTo("restrict,command=\"sudo -n /usr/local/sbin/mailban-gate\" " + server.publicKey() + "\n");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatWasTamperedWithIsMendedAndTold(MailServer server) {
        install(server);
        String made = everything(server);
        server.exec(
                "sh", "-c", "echo '# more' >> /usr/local/sbin/mailban-gate; chmod 666 /usr/local/sbin/mailban-logs");
        assertThat(server.install(server.publicKey()).output())
                .contains("replaced /usr/local/sbin/mailban-gate", "replaced /usr/local/sbin/mailban-logs");
        assertThat(everything(server)).isEqualTo(made);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anotherKeyIsAddedOrTakesTheFirstOnesPlace(MailServer server) {
        install(server);
        assertThat(server.install(OTHER_KEY).output())
                .contains("2 key(s) open the gate", OTHER_KEY, server.publicKey());
        assertThat(new GateVisitor(server)
                        .ssh(List.of(), "", "mailban-gate zone")
                        .status())
                .isZero();
        assertThat(server.install("--only", OTHER_KEY).output())
                .contains("1 key(s) open the gate", OTHER_KEY)
                .doesNotContain(server.publicKey());
        assertThat(new GateVisitor(server)
                        .ssh(List.of(), "", "mailban-gate zone")
                        .err())
                .contains("Permission denied");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatCannotBeIsRefusedInOneSentenceBeforeAnythingIsDone(MailServer server) {
        String before = everything(server);
        assertRefused(server.install(), "name the public key");
        assertRefused(server.install("no key"), "\"no key\" is no public key");
        assertRefused(server.install("command=\"id\" " + OTHER_KEY), "is no public key");
        assertRefused(server.install(OTHER_KEY + "\nssh-ed25519 AAAA more"), "is no public key");
        assertRefused(server.install("ssh-ed25519 AAAA cut"), "was it copied whole?");
        assertRefused(server.install("--user", "Bad Name", OTHER_KEY), "\"Bad Name\" is no name for a user");
        // The sandbox's own administrator has that name.
        assertRefused(server.install(OTHER_KEY), "a user mailban exists here already");
        assertRefused(without(server, "/usr/bin/fail2ban-client"), "there is no fail2ban-client here");
        assertRefused(without(server, "/usr/sbin/visudo"), "there is no sudo");
        server.exec("touch", "/usr/local/sbin/mailban-gate");
        assertRefused(
                server.install("--user", "gatekeeper", OTHER_KEY),
                "/usr/local/sbin/mailban-gate exists and is not of this script's making");
        server.exec("rm", "/usr/local/sbin/mailban-gate");
        assertThat(everything(server)).isEqualTo(before);
    }

    private static CommandResult without(MailServer server, String program) {
        server.exec("mv", program, program + ".away");
        try {
            return server.install("--user", "gatekeeper", OTHER_KEY);
        } finally {
            server.exec("mv", program + ".away", program);
        }
    }

    private static void assertRefused(CommandResult result, String words) {
        assertThat(result.status()).as(result.errors()).isEqualTo(1);
        assertThat(result.errors()).startsWith("install: ").contains(words);
        assertThat(result.output()).isEmpty();
    }

    private static void install(MailServer server) {
        assertThat(server.install("--user", "gatekeeper", server.publicKey()).status())
                .isZero();
    }

    /** Files and accounts where an installer could leave something, with owners, rights and contents. */
    private static String everything(MailServer server) {
        return server.exec("sh", "-c", """
                find /usr/local /etc/sudoers.d /var/lib/mailban-gate /etc/passwd /etc/group /etc/shadow \\
                    -printf '%M %u %g %p\\n' 2>/dev/null | sort
                find /usr/local /etc/sudoers.d /var/lib/mailban-gate -type f -exec cksum {} + 2>/dev/null | sort
                getent passwd | sort; getent group | sort; ls /home""");
    }
}
