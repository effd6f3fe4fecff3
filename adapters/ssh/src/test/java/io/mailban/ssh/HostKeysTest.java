package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.mailserver.Obstacle;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostKeysTest {
    @TempDir
    Path home;

    @Test
    void anUnknownKeyIsShownAndTrustedOnceAccepted() throws IOException {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> false, "RSA")) {
            KeyPresentation first = hostKeys().ask(server(sshd));
            assertThat(first).isInstanceOfSatisfying(KeyPresentation.New.class, fresh -> {
                assertThat(fresh.key().fingerprint()).isEqualTo(sshd.fingerprint(0));
                assertThat(fresh.key().host()).isEqualTo("[127.0.0.1]:" + sshd.port());
                assertThat(fresh.file()).isEqualTo(file());
            });
            accept(first);
            assertThat(Files.readAllLines(file())).containsExactly(sshd.knownHostsLine(0));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
            assertThat(hostKeys().ask(server(sshd))).isInstanceOf(KeyPresentation.Trusted.class);
        }
    }

    @Test
    void aFileThatHashesGoesOnHashing() throws IOException {
        String other = KnownHosts.hashedName(new byte[20], "elsewhere") + " ssh-ed25519 AQID";
        write(other);
        try (TestSshd sshd = new TestSshd((user, offered, session) -> false, "RSA")) {
            accept(hostKeys().ask(server(sshd)));
            List<String> lines = Files.readAllLines(file());
            assertThat(lines).hasSize(2).first().isEqualTo(other);
            assertThat(lines.getLast()).startsWith("|1|").doesNotContain("127.0.0.1");
            assertThat(hostKeys().ask(server(sshd))).isInstanceOf(KeyPresentation.Trusted.class);
        }
    }

    @Test
    void aChangedKeyIsReplacedAndEverythingElseStays() throws IOException {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> false, "RSA")) {
            String host = "[127.0.0.1]:" + sshd.port();
            write(
                    "# a comment",
                    host + ",mail1 ssh-ed25519 AQID",
                    "@revoked " + host + " ssh-ed25519 AQIE",
                    host + " ssh-rsa AQIF",
                    "elsewhere ssh-ed25519 AQIG");
            KeyPresentation changed = hostKeys().ask(server(sshd));
            assertThat(changed).isInstanceOf(KeyPresentation.Changed.class);
            if (changed instanceof KeyPresentation.Changed other) {
                hostKeys().replace(other);
            }
            assertThat(Files.readAllLines(file()))
                    .containsExactly(
                            "# a comment",
                            "mail1 ssh-ed25519 AQID",
                            "@revoked " + host + " ssh-ed25519 AQIE",
                            "elsewhere ssh-ed25519 AQIG",
                            sshd.knownHostsLine(0));
        }
    }

    @Test
    void aRevokedKeyIsNotOffered() throws IOException {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> false, "RSA")) {
            write("@revoked " + sshd.knownHostsLine(0));
            assertThat(hostKeys().ask(server(sshd))).isInstanceOf(KeyPresentation.Revoked.class);
        }
    }

    @Test
    void aServerThatIsNotThereIsTold() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThat(hostKeys().ask(TestSshd.at(port, Optional.empty())))
                .isEqualTo(new KeyPresentation.NotPresented(new Obstacle.PortClosed("127.0.0.1", port)));
    }

    private static SshServer server(TestSshd sshd) {
        // Even a key file that is missing doesn't matter: nobody logs in.
        return sshd.server(Optional.of(Path.of("/missing")));
    }

    private void accept(KeyPresentation presentation) throws IOException {
        assertThat(presentation).isInstanceOf(KeyPresentation.New.class);
        if (presentation instanceof KeyPresentation.New fresh) {
            hostKeys().accept(fresh);
        }
    }

    private void write(String... lines) throws IOException {
        Files.createDirectories(home.resolve(".ssh"));
        Files.write(file(), List.of(lines));
    }

    private Path file() {
        return home.resolve(".ssh/known_hosts");
    }

    private HostKeys hostKeys() {
        return new HostKeys(
                new SshSurroundings(home, List.of(), Optional.empty(), Optional.empty()), Duration.ofSeconds(5));
    }
}
