package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Unreachable;
import io.mailban.sandbox.MailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in to real OpenSSH servers, as {@code ssh} would. */
class LoginTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"id_ed25519", "id_ecdsa", "id_rsa"})
    void everyTypeOfKeyLogsIn(String key) throws IOException {
        for (MailServer server : SharedSandbox.servers()) {
            assertLogsIn(server, config(server, "IdentityFile " + key(server, key)), Optional.empty());
        }
    }

    @Test
    void aKeyIsUnlockedByItsPassphrase() {
        for (MailServer server : SharedSandbox.servers()) {
            SshServer reached = SharedSandbox.reached(server, SharedSandbox.SUDO, SharedSandbox.NONE);
            SshServer locked = new SshServer(
                    reached.name(),
                    reached.host(),
                    reached.user(),
                    reached.port(),
                    Optional.of(key(server, "id_ed25519_pass")),
                    Optional.of("sesame"::toCharArray),
                    reached.client(),
                    reached.logs());
            try (SshMailServers servers = SharedSandbox.open(locked)) {
                assertThat(servers.bans(locked.name())).isInstanceOf(BanListing.Standing.class);
            }
        }
    }

    @Test
    void theAgentsKeysAreOfferedAndSignForAFileThatIsLocked() throws Exception {
        MailServer server = SharedSandbox.servers().getFirst();
        Path socket = home.resolve("agent");
        Process agent = new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                .redirectErrorStream(true)
                .start();
        try {
            await().until(() -> Files.exists(socket));
            ProcessBuilder add =
                    new ProcessBuilder("ssh-add", "-q", key(server, "id_ecdsa").toString());
            add.environment().put("SSH_AUTH_SOCK", socket.toString());
            assertThat(add.inheritIO().start().waitFor()).isZero();

            assertLogsIn(server, config(server, ""), Optional.of(socket));

            // Of a key that is only named, the public half tells which of the agent's it is.
            Path named = home.resolve("named");
            Files.copy(Path.of(key(server, "id_ecdsa") + ".pub"), Path.of(named + ".pub"));
            assertLogsIn(
                    server, config(server, "IdentityFile " + named + "\n  IdentitiesOnly yes"), Optional.of(socket));
        } finally {
            agent.destroy();
            agent.waitFor();
        }
    }

    @Test
    void withoutAnyKeyTheLoginIsRefused() throws IOException {
        MailServer server = SharedSandbox.servers().getFirst();
        try (SshMailServers servers = open(config(server, ""), Optional.empty())) {
            assertThat(servers.bans(new ServerName("alias")))
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            unreachable -> assertThat(unreachable.obstacle())
                                    .isEqualTo(
                                            new Obstacle.LoginRefused("mailban", server.sshHost(), "no key at all")));
        }
    }

    private void assertLogsIn(MailServer server, Path config, Optional<Path> agent) {
        try (SshMailServers servers = open(config, agent)) {
            assertThat(servers.bans(new ServerName("alias")))
                    .as("%s, %s", server, config)
                    .isInstanceOf(BanListing.Standing.class);
        }
    }

    private SshMailServers open(Path config, Optional<Path> agent) {
        SshServer alias = SshServer.at("alias");
        SshServer reached = new SshServer(
                alias.name(),
                alias.host(),
                alias.user(),
                alias.port(),
                alias.key(),
                alias.passphrase(),
                SharedSandbox.SUDO,
                SharedSandbox.NONE);
        return new SshMailServers(
                List.of(reached),
                new SshSurroundings(home, List.of(config), Optional.empty(), agent),
                Duration.ofSeconds(20));
    }

    private Path config(MailServer server, String more) throws IOException {
        return Files.writeString(
                home.resolve("config"), """
                Host alias
                  HostName %s
                  Port %d
                  User mailban
                  UserKnownHostsFile %s
                  %s
                """.formatted(server.sshHost(), server.sshPort(), server.knownHosts(), more));
    }

    private static Path key(MailServer server, String name) {
        return server.key().resolveSibling(name);
    }
}
