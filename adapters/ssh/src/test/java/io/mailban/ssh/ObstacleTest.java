package io.mailban.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Unreachable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each thing that can stand between us and a server is told from the others, within the deadline. */
class ObstacleTest {
    private static final Duration PATIENCE = Duration.ofMillis(1500);
    private static final ServerName MAIL1 = new ServerName("mail1");

    @TempDir
    Path home;

    private Path key;

    @BeforeEach
    void makeKey() throws Exception {
        Files.createDirectories(home.resolve(".ssh"));
        key = newKey("id_ecdsa", "");
    }

    @Test
    void aNameThatResolvesToNothing() {
        SshServer server = SshServer.at("no-such-host.invalid");
        assertThat(obstacle(server)).isEqualTo(new Obstacle.NameUnknown("no-such-host.invalid"));
    }

    @Test
    void aPortThatNobodyListensOn() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThat(obstacle(TestSshd.at(port, Optional.of(key)))).isEqualTo(new Obstacle.PortClosed("127.0.0.1", port));
    }

    @Test
    void aHostThatNeverSaysWhoItIs() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            assertSilence(silent.getLocalPort());
        }
    }

    @Test
    void aHostThatDripsWithoutEnd() throws IOException {
        try (ServerSocket dripping = listen("x".repeat(3) + "\r\n", Duration.ofMillis(200))) {
            assertSilence(dripping.getLocalPort());
        }
    }

    @Test
    void aHostThatStopsAfterItsBanner() throws IOException {
        try (ServerSocket stopping = listen("SSH-2.0-Stuck\r\n", Duration.ofDays(1))) {
            assertSilence(stopping.getLocalPort());
        }
    }

    @Test
    void aHostThatHangsWhileItJudgesTheKey() throws IOException {
        CompletableFuture<Void> never = new CompletableFuture<>();
        try (TestSshd sshd = new TestSshd((user, offered, session) -> never.isDone() || hang(never), "RSA")) {
            trust(sshd.knownHostsLine(0));
            assertSilence(sshd.port());
            never.complete(null);
        }
    }

    @Test
    void aHostThatSpeaksNoSsh() throws IOException {
        try (ServerSocket web = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket guest = web.accept()) {
                    guest.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(UTF_8));
                } catch (IOException _) {
                    // The test is over.
                }
            });
            assertThat(obstacle(TestSshd.at(web.getLocalPort(), Optional.of(key))))
                    .isInstanceOf(Obstacle.Broken.class);
        }
    }

    @Test
    void aLoginThatIsRefusedNamesWhatWasTried() throws IOException {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> false, "RSA")) {
            trust(sshd.knownHostsLine(0));
            assertThat(obstacle(sshd.server(Optional.empty())))
                    .isEqualTo(new Obstacle.LoginRefused("alice", "127.0.0.1", key.toString()));
        }
    }

    @Test
    void aKeyThatCannotBeUsed() throws Exception {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA")) {
            trust(sshd.knownHostsLine(0));
            Path missing = home.resolve("missing");
            assertThat(obstacle(sshd.server(Optional.of(missing))))
                    .isEqualTo(new Obstacle.KeyUnusable(missing.toString(), "there is no such file"));
            Path text = Files.writeString(home.resolve("text"), "no key\n");
            assertThat(obstacle(sshd.server(Optional.of(text)))).isInstanceOf(Obstacle.KeyUnusable.class);
            Path locked = newKey("locked", "sesame");
            assertThat(obstacle(sshd.server(Optional.of(locked))))
                    .isEqualTo(new Obstacle.KeyUnusable(
                            locked.toString(),
                            "it has a passphrase, and none is configured; the agent doesn't hold it either"));
            assertThat(obstacle(withPassphrase(sshd, locked, "wrong")))
                    .isEqualTo(new Obstacle.KeyUnusable(locked.toString(), "its passphrase is another"));
            assertThat(listing(withPassphrase(sshd, locked, "sesame"))).isInstanceOf(Fail2banSilent.class);
        }
    }

    @Test
    void anUnknownHostKeyIsRefusedWithItsFingerprint() throws IOException {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA")) {
            assertThat(obstacle(sshd.server(Optional.of(key))))
                    .isEqualTo(new Obstacle.HostKeyUnknown("127.0.0.1", "ssh-rsa", sshd.fingerprint(0)));
        }
    }

    @Test
    void aChangedHostKeyIsRefused() throws IOException {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA");
                TestSshd other = new TestSshd((user, offered, session) -> true, "RSA")) {
            trust(other.knownHostsLine(0).replace(":" + other.port(), ":" + sshd.port()));
            assertThat(obstacle(sshd.server(Optional.of(key))))
                    .isEqualTo(new Obstacle.HostKeyChanged("127.0.0.1", "ssh-rsa", sshd.fingerprint(0)));
        }
    }

    @Test
    void aRevokedHostKeyIsRefused() throws IOException {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA")) {
            trust(sshd.knownHostsLine(0), "@revoked " + sshd.knownHostsLine(0));
            assertThat(obstacle(sshd.server(Optional.of(key))))
                    .isEqualTo(new Obstacle.HostKeyRevoked("127.0.0.1", sshd.fingerprint(0)));
        }
    }

    @Test
    void theHostKeyThatIsKnownIsAskedForFirst() throws IOException {
        // The server has a better key too; ssh would not ask for it either.
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "EC", "RSA")) {
            trust(sshd.knownHostsLine(1));
            assertThat(listing(sshd.server(Optional.of(key)))).isInstanceOf(Fail2banSilent.class);
        }
    }

    @Test
    void aServerThatHangsInTheMiddleOfACommandIsTold() throws IOException {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA")) {
            trust(sshd.knownHostsLine(0));
            sshd.commands((channel, command) -> new HangingCommand());
            assertThat(listing(sshd.server(Optional.of(key))))
                    .isInstanceOfSatisfying(
                            Fail2banSilent.class,
                            silent -> assertThat(silent.words()).contains("did not answer within"));
        }
    }

    @Test
    void aDeadServerDelaysNobodyElse() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA")) {
            trust(sshd.knownHostsLine(0));
            SshServer dead = TestSshd.at(silent.getLocalPort(), Optional.of(key));
            SshServer alive = renamed(sshd.server(Optional.of(key)), "mail2");
            try (SshMailServers servers = servers(List.of(dead, alive))) {
                CompletableFuture<BanListing> waiting = new CompletableFuture<>();
                Thread.ofVirtual().start(() -> waiting.complete(servers.bans(MAIL1)));
                assertThat(servers.bans(alive.name())).isInstanceOf(Fail2banSilent.class);
                assertThat(waiting).isNotDone();
                assertThat(waiting.join()).isInstanceOf(Unreachable.class);
            }
        }
    }

    @Test
    void aServerThatWasRestartedIsReachedAgainWithinTheSameCall() throws IOException {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA")) {
            trust(sshd.knownHostsLine(0));
            try (SshMailServers servers = servers(List.of(sshd.server(Optional.of(key))))) {
                assertThat(servers.bans(MAIL1)).isInstanceOf(Fail2banSilent.class);
                sshd.cutConnections();
                assertThat(servers.bans(MAIL1)).isInstanceOf(Fail2banSilent.class);
            }
        }
    }

    private void assertSilence(int port) {
        long start = System.nanoTime();
        assertThat(obstacle(TestSshd.at(port, Optional.of(key))))
                .isInstanceOfSatisfying(
                        Obstacle.NoAnswer.class,
                        silence -> assertThat(silence.port()).isEqualTo(port));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(PATIENCE.multipliedBy(2));
    }

    private Obstacle obstacle(SshServer server) {
        BanListing listing = listing(server);
        assertThat(listing).isInstanceOf(Unreachable.class);
        return listing instanceof Unreachable unreachable ? unreachable.obstacle() : new Obstacle.Broken("", "reached");
    }

    private BanListing listing(SshServer server) {
        try (SshMailServers servers = servers(List.of(server))) {
            return servers.bans(server.name());
        }
    }

    private SshMailServers servers(List<SshServer> servers) {
        return new SshMailServers(
                servers, new SshSurroundings(home, List.of(), Optional.empty(), Optional.empty()), PATIENCE);
    }

    private void trust(String... lines) throws IOException {
        Files.write(home.resolve(".ssh/known_hosts"), List.of(lines));
    }

    private Path newKey(String name, String passphrase) throws Exception {
        Path file = home.resolve(".ssh").resolve(name);
        Process made =
                new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", passphrase, "-f", file.toString()).start();
        assertThat(made.waitFor()).isZero();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        return file;
    }

    private static SshServer withPassphrase(TestSshd sshd, Path key, String passphrase) {
        SshServer server = sshd.server(Optional.of(key));
        return new SshServer(
                server.name(),
                server.host(),
                server.user(),
                server.port(),
                server.key(),
                Optional.of(passphrase::toCharArray),
                server.client(),
                server.logs());
    }

    private static SshServer renamed(SshServer server, String name) {
        return new SshServer(
                new ServerName(name),
                server.host(),
                server.user(),
                OptionalInt.of(server.port().orElseThrow()),
                server.key(),
                server.passphrase(),
                server.client(),
                server.logs());
    }

    private static boolean hang(CompletableFuture<Void> until) {
        until.join();
        return false;
    }

    /** Accepts, says something again and again, and reads on. */
    private static ServerSocket listen(String words, Duration pause) throws IOException {
        ServerSocket listening = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try (Socket guest = listening.accept()) {
                guest.setSoTimeout((int) Math.min(pause.toMillis(), Integer.MAX_VALUE));
                InputStream in = guest.getInputStream();
                while (!listening.isClosed()) {
                    guest.getOutputStream().write(words.getBytes(UTF_8));
                    drain(in);
                }
            } catch (IOException _) {
                // The test is over.
            }
        });
        return listening;
    }

    private static void drain(InputStream in) throws IOException {
        try {
            while (in.read() >= 0) {
                // Whatever the guest says.
            }
            throw new IOException("the guest left");
        } catch (SocketTimeoutException _) {
            // Time to speak again.
        }
    }
}
