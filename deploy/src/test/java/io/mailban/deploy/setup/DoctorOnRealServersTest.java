package io.mailban.deploy.setup;

import static io.mailban.deploy.setup.Clinic.USUAL;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.examination.Check;
import io.mailban.examination.Examination;
import io.mailban.examination.Examination.Verdict;
import io.mailban.examination.Flaw;
import io.mailban.examination.Mending;
import io.mailban.examination.Mending.Where;
import io.mailban.examination.Visit.Log;
import io.mailban.mailserver.Obstacle;
import io.mailban.sandbox.MailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Set-ups that are wrong, each made so on a real server: the doctor names the fault, and what it prescribes mends it. */
class DoctorOnRealServersTest {
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
    void makeWell() {
        clinic.makeWell();
    }

    @Test
    void aServerThatIsSetUpRightlyIsWell() {
        for (MailServer server : clinic.sandbox().servers()) {
            Examination examination = clinic.examine(server, USUAL);
            assertThat(examination.verdict()).as(Clinic.text(examination)).isEqualTo(Verdict.WELL);
            assertThat(Clinic.text(examination))
                    .contains("whoever holds this key is root there: fail2ban runs what it is told to run")
                    .contains("a shell, a terminal, port forwarding, agent forwarding, file transfer")
                    .doesNotContain("/etc/shadow");
        }
    }

    @Test
    void aKeyThatIsNotAuthorized() {
        clinic.files().exec("rm", "/home/mailban/.ssh/authorized_keys");
        Examination examination = clinic.examine(clinic.files(), USUAL);
        assertThat(Clinic.text(examination))
                .contains("does not let mailban log in (tried ")
                .contains("not tried: it can't log in");
        assertThat(Clinic.mendings(examination))
                .singleElement()
                .satisfies(mending -> assertThat(mending.line())
                        .startsWith("sudo -H -u mailban sh -c 'umask 077; mkdir -p ~/.ssh && printf ")
                        .contains("ssh-ed25519 AAAA"));
        assertMended(examination, clinic.files(), USUAL);
    }

    @Test
    void aHostKeyThatIsUnknownAndOneThatHasChanged() throws IOException {
        MailServer server = clinic.files();
        Path known = Files.writeString(directory.resolve("known_hosts"), "");
        Examination unknown = clinic.examine(server, USUAL, known);
        assertThat(Clinic.text(unknown)).contains("the host key of " + server.sshHost() + " is not known yet: ssh-");
        assertThat(Clinic.mendings(unknown)).contains(new Mending(Where.HERE, "mailban trust mail1"));
        Clinic.obey(unknown, server);

        String other = Files.readAllLines(server.knownHosts()).stream()
                .filter(line -> line.startsWith(clinic.journal().sshHost() + " ssh-ed25519"))
                .findFirst()
                .orElseThrow();
        Files.writeString(known, other.replace(clinic.journal().sshHost(), server.sshHost()) + "\n");
        Examination changed = clinic.examine(server, USUAL, known);
        assertThat(Clinic.text(changed)).contains("HAS CHANGED");
        Path config = clinic.configure(server, USUAL, known);

        Program refused = Program.run(directory, "trust", "mail1", "--config", config.toString());
        assertThat(refused.status()).isEqualTo(1);
        assertThat(Program.run(
                                directory,
                                "trust",
                                "mail1",
                                "--config",
                                config.toString(),
                                "--fingerprint",
                                fingerprint(changed))
                        .status())
                .isZero();
        assertThat(clinic.examine(server, USUAL, known).verdict()).isEqualTo(Verdict.WELL);
    }

    @Test
    void aPortThatIsClosed() {
        Map<String, String> wrong = with("port", "2222");
        Examination examination = clinic.examine(clinic.files(), wrong);
        assertThat(Clinic.text(examination))
                .contains("refuses connections on port 2222; an SSH server answers on port 22");
        assertThat(Clinic.mendings(examination)).containsExactly(new Mending(Where.CONFIGURATION, "port: 22"));
        assertThat(clinic.examine(clinic.files(), with("port", "22")).verdict()).isEqualTo(Verdict.WELL);
    }

    @Test
    void sudoThatAsksForAPassword() {
        clinic.files().exec("bash", "-c", "echo 'mailban ALL=(root) ALL' >/etc/sudoers.d/mailban");
        Examination examination = clinic.examine(clinic.files(), USUAL);
        assertThat(Clinic.text(examination)).contains("sudo wants a password of mailban for /usr/bin/fail2ban-client");
        assertThat(Clinic.mendings(examination))
                .singleElement()
                .isEqualTo(new Mending(
                        Where.SERVER,
                        "printf '%s\\n' 'mailban ALL=(root) NOPASSWD: /usr/bin/fail2ban-client' | sudo tee"
                                + " /etc/sudoers.d/mailban-may-fail2ban-client"
                                + " && sudo chmod 440 /etc/sudoers.d/mailban-may-fail2ban-client"));
        assertMended(examination, clinic.files(), USUAL);
    }

    @Test
    void aSudoersLineForAnotherProgramOnly() {
        clinic.files()
                .exec("bash", "-c", "echo 'mailban ALL=(root) NOPASSWD: /usr/bin/systemctl' >/etc/sudoers.d/mailban");
        Examination examination = clinic.examine(clinic.files(), USUAL);
        assertThat(flaws(examination)).containsExactly(new Flaw.SudoRefuses("mailban", "/usr/bin/fail2ban-client"));
        assertMended(examination, clinic.files(), USUAL);
        assertThat(clinic.files().exec("cat", "/etc/sudoers.d/mailban")).contains("/usr/bin/systemctl");
    }

    @Test
    void aPrefixThatIsMissing() {
        Map<String, String> bare = Map.of("user", "mailban");
        Examination examination = clinic.examine(clinic.files(), bare);
        assertThat(Clinic.text(examination)).contains("mailban is not root; sudo lets it, with the right prefix");
        assertThat(Clinic.mendings(examination)).containsExactly(new Mending(Where.CONFIGURATION, "prefix: sudo -n"));

        clinic.files().exec("rm", "/etc/sudoers.d/mailban");
        Examination both = clinic.examine(clinic.files(), bare);
        assertThat(Clinic.mendings(both)).extracting(Mending::where).containsExactly(Where.SERVER, Where.CONFIGURATION);
        assertMended(both, clinic.files(), USUAL);
    }

    @Test
    void fail2banThatDoesNotRun() {
        for (MailServer server : clinic.sandbox().servers()) {
            server.exec("systemctl", "stop", "fail2ban");
            Examination examination = clinic.examine(server, USUAL);
            assertThat(Clinic.text(examination))
                    .contains("fail2ban is not running")
                    .contains("not tried: fail2ban did not answer");
            assertThat(Clinic.mendings(examination))
                    .containsExactly(new Mending(Where.SERVER, "sudo systemctl start fail2ban"));
            assertMended(examination, server, USUAL);
        }
    }

    @Test
    void aClientThatIsNotInThePathAndOneThatIsNotThere() {
        MailServer server = clinic.files();
        server.exec("bash", "-c", "mkdir -p /opt/fail2ban && mv /usr/bin/fail2ban-client /opt/fail2ban/");
        Map<String, String> root = Map.of("user", "root");
        Examination elsewhere = clinic.examine(server, root);
        assertThat(Clinic.text(elsewhere))
                .contains("fail2ban-client is not in the PATH of this login, but here: /opt/fail2ban/fail2ban-client");
        assertMended(elsewhere, server, root);

        server.exec("bash", "-c", "rm /usr/local/bin/fail2ban-client; chmod -x /opt/fail2ban/fail2ban-client");
        Examination nowhere = clinic.examine(server, root);
        server.exec("chmod", "+x", "/opt/fail2ban/fail2ban-client");
        assertThat(Clinic.text(nowhere)).contains("there is no fail2ban-client on this server");
        assertThat(Clinic.mendings(nowhere))
                .containsExactly(new Mending(Where.SERVER, "sudo apt-get install fail2ban"));
    }

    @Test
    void logsThatTheLoginMayNotRead() {
        leaveGroups(clinic.files());
        Examination files = clinic.examine(clinic.files(), USUAL);
        assertThat(Clinic.text(files))
                .contains("mailban may not read /var/log/mail.log", "mailban may not read /var/log/fail2ban.log");
        assertThat(Clinic.mendings(files))
                .containsExactly(new Mending(Where.SERVER, "sudo usermod -aG adm,systemd-journal mailban"));
        assertMended(files, clinic.files(), USUAL);

        leaveGroups(clinic.journal());
        Examination journal = clinic.examine(clinic.journal(), USUAL);
        assertThat(Clinic.text(journal)).contains("mailban may not read the journal, and the mail log is nowhere else");
        assertMended(journal, clinic.journal(), USUAL);
    }

    @Test
    void aLogPrefixThatSudoDoesNotAllow() {
        Examination examination = clinic.examine(clinic.files(), with("log_prefix", "sudo -n"));
        assertThat(Clinic.text(examination))
                .contains("log_prefix is sudo -n, and sudo does not let mailban run a shell");
        assertThat(Clinic.mendings(examination)).contains(new Mending(Where.CONFIGURATION, "log_prefix: \"\""));
    }

    @Test
    void aMailLogThatNobodyWritesToAnyMore() {
        MailServer server = clinic.files();
        server.exec(
                "bash",
                "-c",
                "cp -p /var/log/mail.log /root/; systemctl stop rsyslog syslog.socket; at=$(date -d '3 days ago' +%FT%T.%6N%:z);"
                        + " echo \"$at mail1 postfix/qmgr[9]: A1: removed\" >/var/log/mail.log;"
                        + " touch -d '3 days ago' /var/log/mail.log");
        Examination examination = clinic.examine(server, USUAL);
        server.exec("bash", "-c", "cp -p /root/mail.log /var/log/mail.log; systemctl start rsyslog");
        assertThat(flaws(examination))
                .singleElement()
                .isInstanceOfSatisfying(
                        Flaw.LogStale.class, stale -> assertThat(stale.log()).isEqualTo(Log.MAIL));
        assertThat(Clinic.mendings(examination))
                .contains(new Mending(Where.SERVER, "sudo systemctl status --no-pager rsyslog postfix dovecot"));
    }

    @Test
    void aFail2banThatLivesInAnotherZone() {
        MailServer server = clinic.files();
        String dropIns = "/etc/systemd/system/fail2ban.service.d";
        server.exec(
                "bash",
                "-c",
                "mkdir -p " + dropIns + "; printf '[Service]\\nEnvironment=TZ=America/New_York\\n' >" + dropIns
                        + "/a.conf; systemctl daemon-reload; systemctl restart fail2ban");
        Examination examination = clinic.examine(server, USUAL);
        assertThat(Clinic.text(examination))
                .contains(
                        "/var/log/fail2ban.log is written 5 h behind the server's own zone: fail2ban has a TZ of its own");
        assertMended(examination, server, USUAL);
        server.exec("bash", "-c", "rm -r " + dropIns + "; systemctl daemon-reload; systemctl restart fail2ban");
    }

    @Test
    void recidiveThatFindsNothingInTheJournal() {
        MailServer server = clinic.journal();
        String ours = "/etc/fail2ban/filter.d/recidive.local";
        server.exec("bash", "-c", "mv " + ours + " /root/ && fail2ban-client reload recidive");
        server.exec("fail2ban-client", "set", "postfix-sasl", "banip", "203.0.113.98");
        server.awaitBan("postfix-sasl", "203.0.113.98");
        Examination examination = clinic.examine(server, USUAL);
        assertThat(Clinic.text(examination))
                .contains("recidive can't see the bans that other jails make: its filter does not know");
        Clinic.obey(examination, server);
        server.exec("fail2ban-client", "set", "postfix-sasl", "banip", "203.0.113.97");
        server.exec(
                "timeout",
                "20",
                "bash",
                "-c",
                "until fail2ban-client status recidive | grep -q 'Total failed:.*[1-9]'; do sleep 0.1; done");
        assertThat(Clinic.text(clinic.examine(server, USUAL))).doesNotContain("recidive can't see");
        server.exec("bash", "-c", "mv /root/recidive.local " + ours + "; fail2ban-client unban --all");
    }

    /** The kernel's clock is everybody's here, so the server's {@code date} is what is off. */
    @Test
    void aClockThatIsMinutesOff() {
        MailServer server = clinic.files();
        server.exec("sh", "-c", """
                printf '#!/bin/sh\\nexec /usr/bin/date -d "-300 seconds" "$@"\\n' >/usr/local/bin/date
                chmod 755 /usr/local/bin/date""");
        try {
            Examination examination = clinic.examine(server, USUAL);
            assertThat(examination.verdict()).isEqualTo(Verdict.TO_MEND);
            assertThat(Clinic.text(examination)).contains("the clock is 5 min behind ours");
            assertThat(Clinic.mendings(examination))
                    .contains(new Mending(Where.SERVER, "sudo timedatectl set-ntp true"));
        } finally {
            server.exec("rm", "/usr/local/bin/date");
        }
        assertThat(clinic.examine(server, USUAL).verdict()).isEqualTo(Verdict.WELL);
    }

    @Test
    void aNetworkThatIsBannedWithoutEffect() {
        for (MailServer server : clinic.sandbox().servers()) {
            server.exec("fail2ban-client", "set", "postfix-sasl", "banip", "203.0.113.0/24");
            Examination examination = clinic.examine(server, USUAL);
            assertThat(Clinic.text(examination))
                    .contains("postfix-sasl bans the network 203.0.113.0/24, but its nftables set takes single");
            assertThat(server.exec("nft", "list", "ruleset")).doesNotContain("203.0.113.0/24");
            Clinic.obey(examination, server);
            server.awaitBan("postfix-sasl", "203.0.113.0/24");
            assertThat(Clinic.text(clinic.examine(server, USUAL))).doesNotContain("single addresses only");
            server.exec(
                    "bash",
                    "-c",
                    "fail2ban-client unban --all; rm /etc/fail2ban/action.d/nftables.local; systemctl restart fail2ban");
        }
    }

    @Test
    void theProgramSaysItAndExitsAccordingly() throws Exception {
        clinic.files().exec("systemctl", "stop", "fail2ban");
        String config = clinic.configure(clinic.files(), USUAL, clinic.files().knownHosts())
                .toString();
        Program faulty = Program.run(directory, "doctor", "--config", config);
        assertThat(faulty.status()).isEqualTo(1);
        assertThat(faulty.out()).contains("mail1: 1 thing to mend").contains("\n     sudo systemctl start fail2ban\n");
        Clinic.obey(clinic.examine(clinic.files(), USUAL), clinic.files());
        Program well = Program.run(directory, "doctor", "mail1", "--json", "--config", config);
        assertThat(well.status()).as(well.out()).isZero();
        assertThat(well.json().at("/servers/0/verdict").asText()).isEqualTo("well");
        assertThat(well.json().at("/servers/0/checks").findValuesAsText("outcome"))
                .contains("well", "hint")
                .doesNotContain("fault");
        assertThat(Program.run(directory, "doctor", "mail9", "--config", config).status())
                .isEqualTo(2);
    }

    private static void assertMended(Examination examination, MailServer server, Map<String, String> keys) {
        assertThat(examination.verdict()).as(Clinic.text(examination)).isEqualTo(Verdict.TO_MEND);
        Clinic.obey(examination, server);
        Examination after = clinic.examine(server, keys);
        assertThat(after.verdict()).as(Clinic.text(after)).isEqualTo(Verdict.WELL);
    }

    private static void leaveGroups(MailServer server) {
        server.exec("usermod", "-G", "", "mailban");
    }

    private static List<Flaw> flaws(Examination examination) {
        return examination.checks().stream()
                .filter(Check.Fault.class::isInstance)
                .map(Check.Fault.class::cast)
                .map(Check.Fault::flaw)
                .toList();
    }

    private static String fingerprint(Examination examination) {
        return flaws(examination).stream()
                .filter(Flaw.Obstructed.class::isInstance)
                .map(flaw -> ((Flaw.Obstructed) flaw).obstacle())
                .filter(Obstacle.HostKeyChanged.class::isInstance)
                .map(obstacle -> ((Obstacle.HostKeyChanged) obstacle).fingerprint())
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> keys = new HashMap<>(USUAL);
        keys.put(key, value);
        return keys;
    }
}
