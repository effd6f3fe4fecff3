package io.mailban.deploy.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.examination.Check;
import io.mailban.examination.Examination;
import io.mailban.examination.Examination.Verdict;
import io.mailban.examination.Flaw;
import io.mailban.examination.Good;
import io.mailban.examination.Mending;
import io.mailban.examination.Mending.Where;
import io.mailban.examination.Visit.Power;
import io.mailban.sandbox.MailServer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The doctor tries the gate on a real server: whole, ajar, open, outdated, gone. */
class DoctorBehindTheGateTest {
    private static final String GATE = "/usr/local/sbin/mailban-gate";
    private static final String KEYS = "/var/lib/mailban-gate/.ssh/authorized_keys";
    private static final Map<String, String> GATED = Map.of("user", MailServer.GATE_USER, "prefix", "gate");

    @TempDir
    private static Path directory;

    private static Clinic clinic;

    @BeforeAll
    static void open() {
        clinic = new Clinic(directory);
    }

    @AfterAll
    static void close() {
        clinic.close();
    }

    @BeforeEach
    void install() {
        clinic.sandbox().servers().forEach(server -> {
            server.install("--undo");
            server.installGate();
        });
    }

    @Test
    void throughTheGateNothingElsePasses() {
        for (MailServer server : clinic.sandbox().servers()) {
            Examination examination = clinic.examine(server, GATED);
            assertThat(examination.verdict()).as(Clinic.text(examination)).isEqualTo(Verdict.WELL);
            Good.Confined confined = examination.checks().stream()
                    .filter(Check.Well.class::isInstance)
                    .map(check -> ((Check.Well) check).good())
                    .filter(Good.Confined.class::isInstance)
                    .map(Good.Confined.class::cast)
                    .findFirst()
                    .orElseThrow();
            // No shell that could tell whether an agent came along.
            assertThat(confined.refused()).isEqualTo(EnumSet.complementOf(EnumSet.of(Power.AGENT)));
            assertThat(server.exec("bash", "-c", "journalctl --no-pager -o cat -t mailban-gate"))
                    .contains("refused (this key opens Mailban's gate and nothing else")
                    .contains("mailban-doctor-tries-this");
            assertThat(server.exec("fail2ban-client", "banned")).doesNotContain("192.0.2.1");
        }
    }

    @Test
    void aKeyWithAShellThoughAGateIsConfigured() {
        MailServer server = clinic.files();
        server.exec("sed", "-i", "s/^restrict[^ ]* -n [^ ]* //", KEYS);
        Examination examination = clinic.examine(server, GATED);
        assertThat(Clinic.text(examination))
                .contains("a gate is configured, and this key is given a shell, a terminal, port forwarding, agent"
                        + " forwarding, file transfer");
        assertThat(Clinic.mendings(examination))
                .anySatisfy(mending -> assertThat(mending.line())
                        .startsWith("sudo sh mailserver/install --only --user gatekeeper 'ssh-ed25519 AAAA"));
        assertMended(examination, server);
    }

    @Test
    void aGateThatIsAjar() {
        MailServer server = clinic.files();
        server.exec("sed", "-i", "s/^restrict,//", KEYS);
        Examination examination = clinic.examine(server, GATED);
        assertThat(Clinic.text(examination))
                .contains("a gate is configured, and this key is given a terminal, port forwarding")
                .doesNotContain("given a shell");
        assertMended(examination, server);
    }

    @Test
    void theUsualLoginWithPrefixGate() {
        Map<String, String> wrong = Map.of("user", "mailban", "prefix", "gate");
        Examination examination = clinic.examine(clinic.files(), wrong);
        assertThat(Clinic.text(examination)).contains("the gate does not answer", "this key is given a shell");
        assertThat(Clinic.mendings(examination))
                .contains(new Mending(Where.CONFIGURATION, "user: " + MailServer.GATE_USER));
    }

    @Test
    void aGateThatIsGone() {
        MailServer server = clinic.files();
        server.exec("rm", GATE);
        Examination examination = clinic.examine(server, GATED);
        assertThat(Clinic.text(examination)).contains("the gate does not answer: ", "command not found");
        assertMended(examination, server);
    }

    @Test
    void aGateWithoutItsRuleForSudo() {
        MailServer server = clinic.files();
        server.exec("rm", "/etc/sudoers.d/mailban-gate");
        Examination examination = clinic.examine(server, GATED);
        assertThat(Clinic.text(examination)).contains("the gate does not answer: sudo: a password is required");
        assertMended(examination, server);
    }

    @Test
    void aGateOfAnotherVersion() {
        MailServer server = clinic.files();
        server.exec("sed", "-i", "s/\"traces\": (/\"trails\": (/", GATE);
        Examination examination = clinic.examine(server, GATED);
        assertThat(examination.checks())
                .filteredOn(Check.Fault.class::isInstance)
                .extracting(check -> ((Check.Fault) check).flaw())
                .isNotEmpty()
                .allSatisfy(flaw -> assertThat(flaw).isInstanceOf(Flaw.GateOutdated.class));
        assertMended(examination, server);
    }

    @Test
    void aKeyThatTheGateDoesNotKnow() {
        MailServer server = clinic.files();
        server.exec("truncate", "-s", "0", KEYS);
        Examination examination = clinic.examine(server, GATED);
        assertThat(Clinic.text(examination)).contains("does not let " + MailServer.GATE_USER + " log in");
        assertMended(examination, server);
    }

    private static void assertMended(Examination examination, MailServer server) {
        assertThat(examination.verdict()).as(Clinic.text(examination)).isEqualTo(Verdict.TO_MEND);
        assertThat(Clinic.mendings(examination))
                .anySatisfy(mending -> assertThat(mending.line()).startsWith("scp -r deploy/mailserver "));
        Clinic.obey(examination, server);
        Examination after = clinic.examine(server, GATED);
        assertThat(after.verdict()).as(Clinic.text(after)).isEqualTo(Verdict.WELL);
    }
}
