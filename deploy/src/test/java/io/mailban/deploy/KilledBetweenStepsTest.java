package io.mailban.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.audit.AuditEntry;
import io.mailban.deploy.KilledRun.Plot;
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

    @Test
    void killedWhileItWaitsToTryAgainOrAsksAnewTheNextBotGoesOn() throws Exception {
        try (Sandbox sandbox = Sandbox.start("mail1=trixie")) {
            MailServer server = sandbox.server("mail1");
            String address = ban(server, 0);
            diesAndIsFollowed(Plot.DEATH_WHILE_RETRYING, server, address);
            assertThat(acts(Plot.DEATH_WHILE_RETRYING.name()))
                    .containsExactly(
                            AuditEntry.Act.REQUESTED,
                            AuditEntry.Act.APPROVED,
                            AuditEntry.Act.APPROVED,
                            AuditEntry.Act.STARTED,
                            AuditEntry.Act.RETRYING,
                            AuditEntry.Act.STARTED,
                            AuditEntry.Act.FINISHED,
                            AuditEntry.Act.WATCHED);
            assertLiftedOnce(server, "postfix-sasl", address);
            for (Plot plot : List.of(Plot.DEATH_BEFORE_ASKING_ANEW, Plot.DEATH_AFTER_ASKING_ANEW)) {
                String both = ban(server, plot == Plot.DEATH_BEFORE_ASKING_ANEW ? 1 : 2);
                server.exec("fail2ban-client", "set", "recidive", "banip", both);
                diesAndIsFollowed(plot, server, both);
                assertThat(acts(plot.name()))
                        .as("%s: two asked for once, and once more for both jails", plot)
                        .containsExactly(
                                AuditEntry.Act.REQUESTED,
                                AuditEntry.Act.APPROVED,
                                AuditEntry.Act.APPROVED,
                                AuditEntry.Act.REPLACED,
                                AuditEntry.Act.REQUESTED,
                                AuditEntry.Act.APPROVED,
                                AuditEntry.Act.APPROVED,
                                AuditEntry.Act.STARTED,
                                AuditEntry.Act.RAN,
                                AuditEntry.Act.FINISHED,
                                AuditEntry.Act.WATCHED);
                assertLiftedOnce(server, "postfix-sasl", both);
                assertLiftedOnce(server, "recidive", both);
            }
        }
    }

    private void diesAndIsFollowed(Plot plot, MailServer server, String address)
            throws IOException, InterruptedException {
        Path configuration = Configurations.write(directory, plot.name(), List.of(server));
        Process first = run(configuration, address, -1, plot);
        String words = new String(first.getInputStream().readAllBytes(), UTF_8);
        assertThat(first.waitFor()).as("%s: %s", plot, words).isEqualTo(SIGKILL);
        assertThat(server.exec("fail2ban-client", "get", "postfix-sasl", "banip"))
                .contains(address);
        Process second = run(configuration, address, -1, Plot.NONE);
        String said = new String(second.getInputStream().readAllBytes(), UTF_8);
        assertThat(second.waitFor()).as("after %s: %s", plot, said).isZero();
    }

    private static void assertLiftedOnce(MailServer server, String jail, String address) {
        assertThat(server.exec("fail2ban-client", "get", jail, "banip")).doesNotContain(address);
        assertThat(server.exec("grep", "-cF", "[" + jail + "] Unban " + address, "/var/log/fail2ban.log")
                        .strip())
                .as("lifts of %s in %s", address, jail)
                .isEqualTo("1");
    }

    private List<AuditEntry.Act> acts(String name) {
        try (SqliteStore store = SqliteStore.open(directory.resolve(name + ".db"))) {
            assertThat(store.approvals().open()).as("open after %s", name).isEmpty();
            return store.audit().newest(100).stream()
                    .map(AuditEntry::act)
                    .toList()
                    .reversed();
        }
    }

    private int callsOfAnUndisturbedRun(MailServer server) throws IOException, InterruptedException {
        String address = ban(server, 0);
        Process run = run(Configurations.write(directory, "whole", List.of(server)), address, -1, Plot.NONE);
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
        int first = run(configuration, address, point, Plot.NONE).waitFor();
        // Threads take turns differently: a run can end before the last points are reached.
        assertThat(first).as("killed at %d", point).isIn(SIGKILL, 0);
        Process second = run(configuration, address, -1, Plot.NONE);
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
        assertThat(acts(name))
                .as("acts after a kill at %d", point)
                .containsExactly(
                        AuditEntry.Act.REQUESTED,
                        AuditEntry.Act.APPROVED,
                        AuditEntry.Act.APPROVED,
                        AuditEntry.Act.STARTED,
                        AuditEntry.Act.FINISHED,
                        AuditEntry.Act.WATCHED);
    }

    /** An address of its own for each run, all of them banned. */
    private static String ban(MailServer server, int run) {
        String address = "198.18.0." + (run + 1);
        server.exec("fail2ban-client", "set", "postfix-sasl", "banip", address);
        return address;
    }

    private static Process run(Path configuration, String address, int killAt, Plot plot) throws IOException {
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
                        String.valueOf(killAt),
                        plot.name())
                .redirectErrorStream(true)
                .start();
    }
}
