package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.ban.ServerName;
import io.mailban.mailserver.Fail2banSilent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One connection for all, and another when it is dead. The server has no fail2ban, which is answer enough. */
class ReconnectTest {
    private static final ServerName MAIL1 = new ServerName("mail1");

    @TempDir
    Path home;

    private Path key;

    @BeforeEach
    void makeKey() throws Exception {
        Files.createDirectories(home.resolve(".ssh"));
        key = home.resolve("key");
        Process made = new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString()).start();
        assertThat(made.waitFor()).isZero();
    }

    @Test
    void askersAtTheSameTimeShareOneConnection() throws Exception {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA");
                Relay relay = new Relay(sshd.port());
                SshMailServers servers = open(sshd, relay)) {
            List<CompletableFuture<Object>> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                CompletableFuture<Object> answer = new CompletableFuture<>();
                answers.add(answer);
                Thread.ofVirtual().start(() -> answer.complete(servers.bans(MAIL1)));
            }
            assertThat(answers).allSatisfy(answer -> assertThat(answer.join()).isInstanceOf(Fail2banSilent.class));
            assertThat(relay.connections()).isEqualTo(1);
        }
    }

    @Test
    void aServerThatDiedWithoutAWordIsReachedAnewWithinTheSameCall() throws Exception {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA");
                Relay relay = new Relay(sshd.port());
                SshMailServers servers = open(sshd, relay)) {
            assertThat(servers.bans(MAIL1)).isInstanceOf(Fail2banSilent.class);
            relay.swallow();
            assertThat(servers.bans(MAIL1)).isInstanceOf(Fail2banSilent.class);
            assertThat(relay.connections()).isEqualTo(2);
        }
    }

    @Test
    void aLostConnectionIsMadeAgainBeforeSomebodyAsks() throws Exception {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA");
                Relay relay = new Relay(sshd.port());
                SshMailServers servers = open(sshd, relay)) {
            assertThat(servers.bans(MAIL1)).isInstanceOf(Fail2banSilent.class);
            sshd.cutConnections();
            await().atMost(Duration.ofSeconds(10)).until(() -> relay.connections() == 2);
        }
    }

    private SshMailServers open(TestSshd sshd, Relay relay) throws Exception {
        Files.writeString(
                home.resolve(".ssh/known_hosts"),
                sshd.knownHostsLine(0).replace(":" + sshd.port(), ":" + relay.port()) + "\n");
        return new SshMailServers(
                List.of(TestSshd.at(relay.port(), Optional.of(key))),
                new SshSurroundings(home, List.of(), Optional.empty(), Optional.empty()),
                Duration.ofSeconds(9));
    }
}
