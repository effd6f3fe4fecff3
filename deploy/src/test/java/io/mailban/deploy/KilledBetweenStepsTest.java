package io.mailban.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.approval.Approval;
import io.mailban.audit.AuditEntry;
import io.mailban.sandbox.MailServer;
import io.mailban.sandbox.Sandbox;
import io.mailban.store.SqliteStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A bot is killed with SIGKILL at every call that it makes of a port, before it and after it, while it requests, approves
 * and carries out an unban on a real server; a second bot then opens the store. Nothing is lost, nothing is done twice.
 */
final class KilledBetweenStepsTest {
    private static final int SIGKILL = 137;

    @TempDir
    private Path directory;

    @Test
    void killedAtAnyStepTheNextBotEndsWhatTheFirstBegan() throws Exception {
        try (Sandbox sandbox = Sandbox.start("mail1=trixie")) {
            MailServer server = sandbox.server("mail1");
            int points = 2 * callsOfAnUndisturbedRun(server);
            assertThat(points).isGreaterThan(16);
            for (int point = 0; point < points; point++) {
                killedAt(point, server);
            }
        }
    }

    private int callsOfAnUndisturbedRun(MailServer server) throws IOException, InterruptedException {
        String address = ban(server, 0);
        Process run = run(Configurations.write(directory, "whole", List.of(server)), address, -1);
        String said = new String(run.getInputStream().readAllBytes(), UTF_8);
        assertThat(run.waitFor()).as(said).isZero();
        assertDone("whole", server, address, 0);
        return Integer.parseInt(said.lines()
                .filter(line -> line.startsWith("calls "))
                .findFirst()
                .orElseThrow()
                .substring("calls ".length()));
    }

    private void killedAt(int point, MailServer server) throws IOException, InterruptedException {
        String address = ban(server, point + 1);
        Path configuration = Configurations.write(directory, "killed-" + point, List.of(server));
        int first = run(configuration, address, point).waitFor();
        // Threads take turns differently: a run can end before the last points are reached.
        assertThat(first).as("killed at %d", point).isIn(SIGKILL, 0);
        Process second = run(configuration, address, -1);
        String said = new String(second.getInputStream().readAllBytes(), UTF_8);
        assertThat(second.waitFor()).as("after a kill at %d: %s", point, said).isZero();
        assertDone("killed-" + point, server, address, point);
    }

    private void assertDone(String name, MailServer server, String address, int point) {
        assertThat(server.exec("fail2ban-client", "get", "postfix-sasl", "banip"))
                .doesNotContain(address);
        assertThat(server.exec("grep", "-c", "Unban " + address + "$", "/var/log/fail2ban.log")
                        .strip())
                .as("lifts after a kill at %d", point)
                .isEqualTo("1");
        try (SqliteStore store = SqliteStore.open(directory.resolve(name + ".db"))) {
            List<Approval> open = store.approvals().open();
            assertThat(open).as("open after a kill at %d", point).isEmpty();
            List<AuditEntry.Act> acts = store.audit().newest(100).stream()
                    .map(AuditEntry::act)
                    .toList()
                    .reversed();
            assertThat(acts)
                    .as("acts after a kill at %d", point)
                    .containsExactly(
                            AuditEntry.Act.REQUESTED,
                            AuditEntry.Act.APPROVED,
                            AuditEntry.Act.APPROVED,
                            AuditEntry.Act.STARTED,
                            AuditEntry.Act.FINISHED,
                            AuditEntry.Act.WATCHED);
        }
    }

    /** An address of its own for each run, all of them banned. */
    private static String ban(MailServer server, int run) {
        String address = "198.18.0." + (run + 1);
        server.exec("fail2ban-client", "set", "postfix-sasl", "banip", address);
        return address;
    }

    private static Process run(Path configuration, String address, int killAt) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledRun.class.getName(),
                        configuration.toString(),
                        address,
                        String.valueOf(killAt))
                .redirectErrorStream(true)
                .start();
    }
}
