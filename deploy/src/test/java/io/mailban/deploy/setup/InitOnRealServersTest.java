package io.mailban.deploy.setup;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mailban.config.ServerSettings;
import io.mailban.sandbox.MailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The first run, typed at a terminal, with real servers. */
class InitOnRealServersTest {
    @TempDir
    private static Path shared;

    private static Clinic clinic;

    private final Path home;
    private final Path written;

    InitOnRealServersTest(@TempDir Path home) {
        this.home = home;
        this.written = home.resolve(".config/mailban/mailban.yml");
    }

    @BeforeAll
    static void open() {
        clinic = new Clinic(shared);
    }

    @AfterAll
    static void close() {
        clinic.close();
    }

    @BeforeEach
    void prepare() throws IOException {
        clinic.makeWell();
        Files.createDirectories(home.resolve(".ssh"));
        Files.writeString(home.resolve(".ssh/config"), """
                Host mail1
                    HostName %s
                    User mailban
                    IdentityFile %s
                Host *.invalid
                    User nobody
                """.formatted(
                        clinic.files().sshHost(), clinic.files().key()));
    }

    @Test
    void twoServersAreAskedForTriedAndWritten() throws Exception {
        try (Typist typist = new Typist(home, "init")) {
            typist.answer("~/.ssh/config knows mail1", "no-such-host.invalid")
                    .await("✗ the name no-such-host.invalid has no address")
                    .answer("Mail server >", "mail1")
                    .await(fingerprint(clinic.files()))
                    .await("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub")
                    .answer("Is it the same?", "yes")
                    .await("✓ trusted")
                    .await("mail1 is well")
                    .await("fail2ban answers (prefix: sudo -n)")
                    .answer("call it in chat? [mail1]", "")
                    .answer("Another server?", "yes")
                    .answer("Mail server >", "root@" + clinic.journal().sshHost())
                    .answer("Is it the same?", "yes")
                    .await("does not let root log in")
                    .answer("Log in as whom? [root]", "")
                    .answer("With which private key?", "/nonexistent/key")
                    .await("there is no such file")
                    .answer("Log in as whom? [root]", "")
                    .answer("With which private key?", clinic.journal().key().toString())
                    .await("fail2ban answers (the login itself may)")
                    .answer("call it in chat?", "mail1")
                    .await("another server is called mail1 already")
                    .answer("call it in chat?", "backup")
                    .answer("Another server?", "")
                    .answer("Where shall it be written?", "")
                    .await("✓ written: " + written)
                    .await("mailban check ADDRESS|MAILBOX mail1");
            assertThat(typist.end()).isZero();
        }
        assertThat(Files.getPosixFilePermissions(written)).isEqualTo(fromString("rw-------"));
        assertThat(Clinic.settings(written).servers())
                .extracting(
                        server -> server.name().name(),
                        server -> server.login().host(),
                        server -> server.prefix().text())
                .containsExactly(
                        tuple("mail1", "mail1", "sudo -n"),
                        tuple("backup", clinic.journal().sshHost(), ""));
        Program doctor = Program.run(home, "doctor");
        assertThat(doctor.status()).as(doctor.out() + doctor.err()).isZero();
        assertThat(filesIn(written.resolveSibling(""))).containsExactly("mailban.yml");
    }

    @Test
    void whoeverLeavesLeavesNothingBehind() throws Exception {
        for (String key : List.of("\003", "\004")) {
            try (Typist typist = new Typist(home, "init")) {
                typist.type("Mail server >", key).await("No configuration was written");
                assertThat(typist.end()).isEqualTo(1);
            }
        }
        try (Typist typist = new Typist(home, "init")) {
            typist.answer("Mail server >", "mail1")
                    .answer("Is it the same?", "no")
                    .await("not trusted")
                    .type("Mail server >", "\003")
                    .await("No configuration was written.");
            assertThat(typist.end()).isEqualTo(1);
        }
        assertThat(home.resolve(".config")).doesNotExist();
        assertThat(home.resolve(".ssh/known_hosts")).doesNotExist();
    }

    @Test
    void aServerWithoutFail2banIsMendedMeanwhile() throws Exception {
        MailServer server = clinic.files();
        server.exec("bash", "-c", "mkdir -p /opt/fail2ban && mv /usr/bin/fail2ban-client /opt/fail2ban/");
        server.exec("chmod", "-x", "/opt/fail2ban/fail2ban-client");
        trust(server);
        try (Typist typist = new Typist(home, "init", "--config", "here.yml")) {
            typist.answer("Mail server >", "mail1")
                    .await("there is no fail2ban-client on this server")
                    .await("sudo apt-get install fail2ban")
                    .answer("again, keep or a prefix", "doas")
                    .await("no prefix that is known")
                    .await("again, keep or a prefix");
            server.exec("bash", "-c", "cd /opt/fail2ban && chmod +x fail2ban-client && mv fail2ban-client /usr/bin/");
            typist.answer("", "again")
                    .await("fail2ban answers")
                    .answer("call it in chat?", "")
                    .answer("Another server?", "")
                    .answer("Where shall it be written? [here.yml]", "")
                    .await("mailban doctor --config here.yml");
            assertThat(typist.end()).isZero();
        }
        assertThat(Clinic.settings(home.resolve("here.yml")).servers()).hasSize(1);
    }

    @Test
    void aGateIsFoundByTrying() throws Exception {
        MailServer server = clinic.journal();
        server.installGate();
        trust(server);
        Program init = Program.run(
                home,
                "init",
                "--host",
                MailServer.GATE_USER + "@" + server.sshHost(),
                "--server",
                "mail2",
                "--key",
                server.key().toString());
        assertThat(init.status()).as(init.err()).isZero();
        assertThat(Clinic.settings(written).servers().getFirst().prefix()).isEqualTo(ServerSettings.Prefix.GATE);
        assertThat(init.err()).contains("nothing but Mailban's own questions passes");
    }

    @Test
    void whatIsThereStaysAsItIs() throws Exception {
        trust(clinic.files());
        Files.createDirectories(written.resolveSibling(""));
        Files.writeString(written, "servers: [{name: a, host: b}]\n");
        try (Typist typist = new Typist(home, "init")) {
            typist.await(written + " is there already and stays as it is")
                    .answer("Mail server >", "mail1")
                    .answer("call it in chat?", "")
                    .answer("Another server?", "")
                    .await("To be pasted under servers: in " + written)
                    .await("  - name: mail1\n")
                    .await("    prefix: sudo -n\n");
            assertThat(typist.end()).isZero();
        }
        Program script = Program.run(home, "init", "--host", "mail1");
        assertThat(script.status()).isEqualTo(2);
        assertThat(script.err()).contains("init never writes over it").contains("  - name: mail1\n    # host key");
        assertThat(Files.readString(written)).isEqualTo("servers: [{name: a, host: b}]\n");
    }

    @Test
    void aScriptTrustsNothingThatItDoesNotName() throws Exception {
        Program silent = Program.run(home, "init");
        assertThat(silent.status()).isEqualTo(2);
        assertThat(silent.err()).contains("init asks questions, and there is no terminal to ask at");

        String fingerprint = fingerprint(clinic.files());
        Program unknown = Program.run(home, "init", "--host", "mail1");
        assertThat(unknown.status()).isEqualTo(1);
        assertThat(unknown.err()).contains(fingerprint).contains("give it with --fingerprint");
        Program wrong = Program.run(home, "init", "--host", "mail1", "--fingerprint", fingerprint + "x");
        assertThat(wrong.status()).isEqualTo(1);
        assertThat(written).doesNotExist();
        assertThat(home.resolve(".ssh/known_hosts")).doesNotExist();

        clinic.files().exec("systemctl", "stop", "fail2ban");
        Program ill = Program.run(home, "init", "--host", "mail1", "--fingerprint", fingerprint);
        assertThat(ill.status()).isEqualTo(1);
        assertThat(ill.err()).contains("sudo systemctl start fail2ban").contains("nothing was written");
        assertThat(written).doesNotExist();
        Program anyway = Program.run(home, "init", "--host", "mail1", "--anyway");
        assertThat(anyway.status()).as(anyway.err()).isZero();
        assertThat(anyway.out().strip()).isEqualTo(written.toString());
    }

    private static List<String> filesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    private void trust(MailServer server) throws IOException {
        Files.copy(server.knownHosts(), home.resolve(".ssh/known_hosts"));
    }

    private static String fingerprint(MailServer server) {
        return server.exec("ssh-keygen", "-lf", "/etc/ssh/ssh_host_ed25519_key.pub")
                .split(" ", -1)[1];
    }
}
