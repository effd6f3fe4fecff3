package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Obstacle.NotForwarded.Reason;
import io.mailban.mailserver.Unreachable;
import io.mailban.sandbox.MailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * From here over gate (an sshd on mail1) and inner (on mail2, at an address that this machine can't reach) to the target
 * (on mail1 again, likewise): three real sshds, each with its own port, user and key, none of them used by other tests.
 */
class JumpHostTest {
    private static final MailServer OUTER = SharedSandbox.servers().getFirst();
    private static final MailServer INNER = SharedSandbox.servers().getLast();
    private static final ServerName TARGET = new ServerName("target");
    private static final int GATE_PORT = 2221;
    private static final int INNER_PORT = 2222;
    private static final int TARGET_PORT = 2223;
    private static final int FORBIDDING_PORT = 2224;

    @TempDir
    Path home;

    @BeforeAll
    static void startDaemons() {
        listen(OUTER, GATE_PORT);
        listen(INNER, INNER_PORT);
        listen(OUTER, TARGET_PORT);
        listen(OUTER, FORBIDDING_PORT, "-o", "AllowTcpForwarding=no");
    }

    @Test
    void twoHopsAreOpenedOnceSharedAndEndedTogether() throws IOException {
        try (SshMailServers servers = servers(everything(), allKnown(), Duration.ofSeconds(20))) {
            assertThat(servers.bans(TARGET)).isInstanceOf(BanListing.Standing.class);
            assertThat(servers.describe(TARGET)).isNotInstanceOf(Unreachable.class);
            assertThat(servers.bans(TARGET)).isInstanceOf(BanListing.Standing.class);
            assertThat(sessions(OUTER, GATE_PORT)).isEqualTo(1);
            assertThat(sessions(INNER, INNER_PORT)).isEqualTo(1);
            assertThat(sessions(OUTER, TARGET_PORT)).isEqualTo(1);
        }
        awaitNobody();
    }

    @Test
    void aHopThatBreaksIsGoneThroughAnew() throws IOException {
        try (SshMailServers servers = servers(everything(), allKnown(), Duration.ofSeconds(20))) {
            assertThat(servers.bans(TARGET)).isInstanceOf(BanListing.Standing.class);
            INNER.exec(
                    "sh",
                    "-c",
                    // One of them ends with the other, perhaps before its own turn.
                    ("pids=$(ss -Htnp state established sport = :%d | grep -o 'pid=[0-9]*' | cut -d= -f2 | sort -u)"
                                    + " && [ -n \"$pids\" ] && { kill $pids 2>/dev/null; true; }")
                            .formatted(INNER_PORT));
            assertThat(servers.bans(TARGET)).isInstanceOf(BanListing.Standing.class);
            // The gate was let go with what had gone through it.
            await().untilAsserted(() -> assertThat(sessions(OUTER, GATE_PORT)).isEqualTo(1));
        }
        awaitNobody();
    }

    @Test
    void aHopThatRefusesTheLoginIsNamed() throws IOException {
        String config = everything().replace("User mailban # inner", "User nobody-here");
        assertThat(obstacle(config, allKnown()))
                .isEqualTo(new Obstacle.AtJumpHost(
                        "inner",
                        new Obstacle.LoginRefused(
                                "nobody-here", INNER.ipv4(), key("id_rsa").toString())));
        awaitNobody();
    }

    @Test
    void aHopsHostKeyIsVerifiedLikeTheServersOwn() throws IOException {
        for (String name : List.of("gate", "inner")) {
            List<String> others =
                    allKnown().stream().filter(line -> !line.startsWith(name)).toList();
            assertThat(obstacle(everything(), others)).isInstanceOfSatisfying(Obstacle.AtJumpHost.class, at -> {
                assertThat(at.jumpHost()).isEqualTo(name);
                assertThat(at.there()).isInstanceOf(Obstacle.HostKeyUnknown.class);
            });
        }
        List<String> wrong = new ArrayList<>(
                allKnown().stream().filter(line -> !line.startsWith("inner")).toList());
        keysOf(OUTER).forEach(key -> wrong.add("inner " + key));
        assertThat(obstacle(everything(), wrong))
                .isInstanceOfSatisfying(
                        Obstacle.AtJumpHost.class,
                        at -> assertThat(at.there()).isInstanceOf(Obstacle.HostKeyChanged.class));
    }

    @Test
    void theServersOwnHostKeyIsAskedForThroughItsHops() throws IOException {
        List<String> others =
                allKnown().stream().filter(line -> !line.startsWith("target")).toList();
        HostKeys keys = new HostKeys(surroundings(everything(), others), Duration.ofSeconds(10));
        assertThat(keys.ask(server()))
                .isInstanceOfSatisfying(
                        KeyPresentation.New.class,
                        fresh -> assertThat(keysOf(OUTER))
                                .contains(fresh.key().type() + " " + fresh.key().base64()));
        assertThat(keys.jumpHosts(server()).stream().map(SshServer::host)).containsExactly("gate", "inner");
        awaitNobody();
    }

    @Test
    void aHopThatForbidsForwardingIsToldFromOneThatCannotGetThere() throws IOException {
        String forbidding = everything().replace("Port " + GATE_PORT, "Port " + FORBIDDING_PORT);
        assertThat(obstacle(forbidding, allKnown()))
                .isEqualTo(new Obstacle.NotForwarded("gate", INNER.ipv4(), INNER_PORT, Reason.FORBIDDEN));
        String closed = everything().replace("Port " + TARGET_PORT, "Port 2");
        assertThat(obstacle(closed, allKnown()))
                .isEqualTo(new Obstacle.NotForwarded("inner", OUTER.ipv4(), 2, Reason.NOT_REACHED));
        String unknown = everything().replace("HostName " + INNER.ipv4(), "HostName no-such-host.invalid");
        assertThat(obstacle(unknown, allKnown()))
                .isEqualTo(new Obstacle.NotForwarded("gate", "no-such-host.invalid", INNER_PORT, Reason.NOT_REACHED));
        awaitNobody();
    }

    @Test
    void theDeadlineHoldsOnTheWholeWay() throws IOException {
        // A service that takes connections and says nothing.
        OUTER.exec("timeout", "20", "sh", "-c", """
                setsid python3 -c 'import socket, time; s = socket.create_server(("", 2225)); time.sleep(900)' \\
                    </dev/null >/dev/null 2>&1 &
                until ss -Htln | grep -q :2225; do sleep 0.1; done""");
        String silent = everything().replace("Port " + TARGET_PORT, "Port 2225");
        long begun = System.nanoTime();
        try (SshMailServers servers = servers(silent, allKnown(), Duration.ofSeconds(4))) {
            assertThat(servers.bans(TARGET))
                    .isInstanceOfSatisfying(
                            Unreachable.class,
                            unreachable -> assertThat(unreachable.obstacle())
                                    .isInstanceOfSatisfying(
                                            Obstacle.NoAnswer.class,
                                            silence ->
                                                    assertThat(silence.port()).isEqualTo(2225)));
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(8));
        awaitNobody();
    }

    private static void listen(MailServer server, int port, String... options) {
        List<String> command = new ArrayList<>(
                List.of("/usr/sbin/sshd", "-p", String.valueOf(port), "-o", "PidFile=/run/sshd-" + port + ".pid"));
        command.addAll(List.of(options));
        server.exec(command.toArray(String[]::new));
    }

    private static long sessions(MailServer server, int port) {
        return server.exec("ss", "-Htn", "state", "established", "sport", "=", ":" + port)
                .lines()
                .count();
    }

    private static void awaitNobody() {
        await().untilAsserted(() -> {
            assertThat(sessions(OUTER, GATE_PORT)).isZero();
            assertThat(sessions(INNER, INNER_PORT)).isZero();
            assertThat(sessions(OUTER, TARGET_PORT)).isZero();
        });
    }

    private Obstacle obstacle(String config, List<String> known) throws IOException {
        try (SshMailServers servers = servers(config, known, Duration.ofSeconds(20))) {
            if (servers.bans(TARGET) instanceof Unreachable unreachable) {
                return unreachable.obstacle();
            }
        }
        throw new AssertionError("the target was reached");
    }

    private SshMailServers servers(String config, List<String> known, Duration patience) throws IOException {
        return new SshMailServers(List.of(server()), surroundings(config, known), patience);
    }

    private static SshServer server() {
        SshServer plain = SshServer.at("target");
        return new SshServer(
                TARGET,
                plain.host(),
                plain.user(),
                plain.port(),
                plain.key(),
                plain.passphrase(),
                SharedSandbox.SUDO,
                SharedSandbox.SUDO);
    }

    private SshSurroundings surroundings(String config, List<String> known) throws IOException {
        Path file = Files.writeString(home.resolve("config"), config);
        Path knownHosts = Files.write(home.resolve("known"), known);
        return new SshSurroundings(home, List.of(file), Optional.of(knownHosts), Optional.empty());
    }

    private static String everything() {
        return """
                Host gate
                  HostName %s
                  Port %d
                  User root
                  IdentityFile %s
                Host inner
                  HostName %s
                  Port %d
                  User mailban # inner
                  IdentityFile %s
                Host target
                  HostName %s
                  Port %d
                  User mailban
                  IdentityFile %s
                  ProxyJump gate,inner
                Host gate inner target
                  IdentitiesOnly yes
                Host gate
                  HostKeyAlias gate
                Host inner
                  HostKeyAlias inner
                Host target
                  HostKeyAlias target
                """.formatted(
                        OUTER.sshHost(),
                        GATE_PORT,
                        key("id_ecdsa"),
                        INNER.ipv4(),
                        INNER_PORT,
                        key("id_rsa"),
                        OUTER.ipv4(),
                        TARGET_PORT,
                        key("id_ed25519"));
    }

    private static List<String> allKnown() {
        List<String> lines = new ArrayList<>();
        keysOf(OUTER).forEach(key -> lines.add("gate " + key));
        keysOf(INNER).forEach(key -> lines.add("inner " + key));
        keysOf(OUTER).forEach(key -> lines.add("target " + key));
        return lines;
    }

    /** Its host keys: type and base64. */
    private static List<String> keysOf(MailServer server) {
        return server.exec("sh", "-c", "cut -d' ' -f1,2 /etc/ssh/ssh_host_*_key.pub")
                .lines()
                .toList();
    }

    private static Path key(String name) {
        return OUTER.key().resolveSibling(name);
    }
}
