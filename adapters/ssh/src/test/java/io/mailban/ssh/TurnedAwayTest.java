package io.mailban.ssh;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An sshd that ends connections before it says who it is, as OpenSSH does beyond {@code MaxStartups}. */
class TurnedAwayTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    Path home;

    private Path key;

    @BeforeEach
    void makeKey() throws Exception {
        Path directory = Files.createDirectories(home.resolve(".ssh"));
        key = directory.resolve("id_ecdsa");
        Process made = new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString()).start();
        assertThat(made.waitFor()).isZero();
    }

    /** OpenSSH 8.4 says nothing, 9.2 the first, 10.0 also the second. */
    @ParameterizedTest
    @ValueSource(strings = {"", "Exceeded MaxStartups\r\n", "Not allowed at this time\r\n"})
    void aHostThatTurnsEverybodyAwayIsAskedTwiceAndTold(String goodbye) throws IOException {
        try (Doorman doorman = new Doorman(goodbye, Integer.MAX_VALUE, 0)) {
            assertThat(listing(TestSshd.at(doorman.port(), Optional.of(key))))
                    .isEqualTo(new Unreachable(
                            new ServerName("mail1"),
                            new Obstacle.TurnedAway("127.0.0.1", doorman.port(), goodbye.strip())));
            assertThat(doorman.seen()).isEqualTo(2);
        }
    }

    @Test
    void aHostThatTurnsAwayOnceIsReachedAllTheSame() throws IOException {
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA");
                Doorman doorman = new Doorman("", 1, sshd.port())) {
            Files.writeString(
                    home.resolve(".ssh/known_hosts"),
                    sshd.knownHostsLine(0).replace(":" + sshd.port(), ":" + doorman.port()) + "\n");
            // There is no fail2ban-client behind it, which was found out by logging in.
            assertThat(listing(TestSshd.at(doorman.port(), Optional.of(key)))).isInstanceOf(Fail2banSilent.class);
            assertThat(doorman.seen()).isEqualTo(2);
        }
    }

    @Test
    void aHostWhoseNameIsRightAndWhosePortIsClosedIsNotAskedTwice() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        assertThat(listing(TestSshd.at(port, Optional.of(key))))
                .isEqualTo(new Unreachable(new ServerName("mail1"), new Obstacle.PortClosed("127.0.0.1", port)));
    }

    private BanListing listing(SshServer server) {
        SshSurroundings surroundings = new SshSurroundings(home, List.of(), Optional.empty(), Optional.empty());
        try (SshMailServers servers = new SshMailServers(List.of(server), surroundings, PATIENCE)) {
            return servers.bans(server.name());
        }
    }

    /** Turns so many guests away with these words, and shows the others in. */
    private static final class Doorman implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        private final AtomicInteger seen = new AtomicInteger();

        Doorman(String goodbye, int turnedAway, int port) throws IOException {
            Thread.ofVirtual().start(() -> {
                try {
                    while (true) {
                        Socket guest = door.accept();
                        if (seen.incrementAndGet() <= turnedAway) {
                            guest.getOutputStream().write(goodbye.getBytes(UTF_8));
                            guest.close();
                        } else {
                            show(guest, new Socket(InetAddress.getLoopbackAddress(), port));
                        }
                    }
                } catch (IOException _) {
                    // The test is over.
                }
            });
        }

        private static void show(Socket guest, Socket host) {
            carry(guest, host);
            carry(host, guest);
        }

        private static void carry(Socket from, Socket to) {
            Thread.ofVirtual().start(() -> {
                try (from;
                        to) {
                    from.getInputStream().transferTo(to.getOutputStream());
                } catch (IOException _) {
                    // One of them has left.
                }
            });
        }

        int port() {
            return door.getLocalPort();
        }

        int seen() {
            return seen.get();
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }
}
