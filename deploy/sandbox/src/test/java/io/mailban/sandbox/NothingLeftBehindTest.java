package io.mailban.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NothingLeftBehindTest {

    private static final Duration SOON = Duration.ofSeconds(15);

    @Test
    void aClosedSandboxIsGone() throws IOException {
        var sandbox = Sandbox.start("mail1=trixie");
        var processes = sandbox.lead().descendants().toList();
        int link = linkOf(sandbox);
        assertThat(processes).hasSizeGreaterThan(10);
        sandbox.close();
        assertThat(processes).noneMatch(ProcessHandle::isAlive);
        assertThat(NetworkInterface.getByIndex(link)).isNull();
        assertThat(sandbox.directory()).doesNotExist();
        assertThat(cgroupsOf(sandbox)).isEmpty();
    }

    @Test
    void whenItsLeadIsKilledTheKernelEndsEverythingAndTheNextSweepTheRest() throws Exception {
        var sandbox = Sandbox.start("mail1=trixie");
        sandbox.client("203.0.113.7").exec("true");
        var processes = sandbox.lead().descendants().toList();
        int link = linkOf(sandbox);

        sandbox.lead().destroyForcibly();
        await().atMost(SOON).untilAsserted(() -> {
            assertThat(processes).noneMatch(ProcessHandle::isAlive);
            assertThat(NetworkInterface.getByIndex(link)).isNull();
            assertThat(Files.readAllLines(Path.of("/proc/self/mounts")))
                    .noneMatch(mount -> mount.contains(sandbox.directory().toString()));
        });

        assertThat(Script.find().process(List.of("sweep")).inheritIO().start().waitFor())
                .isZero();
        assertThat(sandbox.directory()).doesNotExist();
        assertThat(cgroupsOf(sandbox)).isEmpty();
    }

    @Test
    void twoSandboxesLiveSideBySide() {
        try (var first = Sandbox.start("mail1=trixie");
                var second = Sandbox.start("mail1=trixie")) {
            assertThat(first.server("mail1").sshHost())
                    .isNotEqualTo(second.server("mail1").sshHost());
            assertThat(first.client("203.0.113.7").imapLogin(first.server("mail1"), Account.BOB))
                    .isEqualTo(Login.LOGGED_IN);
            assertThat(second.client("203.0.113.7").imapLogin(second.server("mail1"), Account.BOB))
                    .isEqualTo(Login.LOGGED_IN);
        }
    }

    /** The number of its link to this machine; a name would be taken again by the next sandbox. */
    private static int linkOf(Sandbox sandbox) throws IOException {
        var base = Files.readString(sandbox.directory().resolve("base")).strip();
        return NetworkInterface.getByName("mailban" + base).getIndex();
    }

    private static List<Path> cgroupsOf(Sandbox sandbox) throws IOException {
        try (var paths = Files.walk(Path.of("/sys/fs/cgroup"), 2)) {
            return paths.filter(path -> path.endsWith(
                            "mailban-sandbox-" + sandbox.directory().getFileName()))
                    .toList();
        }
    }
}
