package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.sandbox.MailServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Mutated lines through a real sshd, a real sudo and the real gate to a real fail2ban, while strace has the kernel tell of every
 * program that starts. Fewer than {@link GateFuzzTest}'s, since each costs processes; but here nothing is stood in for, and what
 * fail2ban holds afterwards is what it held before.
 */
class GateUnderWatchTest {
    private static final long SEED = Long.getLong("mailban.fuzz.seed", 20261122);
    private static final int COMMAND_LINES = 100;
    private static final int CLIENT_LINES = 1_000;

    /** What a login itself starts: sshd's own parts, and the message of the day. */
    private static final Set<String> OF_A_LOGIN = Set.of(
            "/usr/sbin/sshd",
            "/usr/lib/openssh/sshd-session",
            "/usr/lib/openssh/sshd-auth",
            "/usr/sbin/unix_chkpwd",
            "/usr/bin/env",
            "/usr/bin/run-parts",
            "/etc/update-motd.d/10-uname",
            "/usr/bin/uname");

    /** What mailban-logs starts, whose words are its own. */
    private static final Set<String> TOOLS = Set.of(
            "awk",
            "cat",
            "date",
            "grep",
            "head",
            "journalctl",
            "mawk",
            "nft",
            "python3",
            "readlink",
            "sort",
            "stat",
            "tail",
            "tr");

    private final MailServer server = SharedSandbox.servers().getFirst();

    @Test
    void nothingElseIsStarted() throws Exception {
        server.installGate();
        GateVisitor visitor = new GateVisitor(server);
        GateMutations mutations = new GateMutations(SEED);
        String before = state();
        try (Strace strace = Strace.of(server)) {
            for (int i = 0; i < COMMAND_LINES; i++) {
                visitor.ask(mutated(mutations, GateMutations.commandLines()), "");
            }
            List<String> told = new ArrayList<>();
            for (int i = 0; i < CLIENT_LINES; i++) {
                // Of lines, since a line break in one makes two.
                told.addAll(
                        List.of(mutated(mutations, GateMutations.clientLines()).split("\n", -1)));
            }
            assertThat(visitor.tell(told.toArray(String[]::new)))
                    .as("an answer for each")
                    .hasSameSizeAs(told);

            List<Strace.Started> started = strace.started();
            assertThat(started)
                    .allSatisfy(one -> assertThat(isOnTheList(one))
                            .as("seed " + SEED + ": " + one)
                            .isTrue());
            assertThat(count(started, "/usr/local/sbin/mailban-gate")).isEqualTo(COMMAND_LINES + 1);
            assertThat(count(started, "/usr/local/sbin/mailban-logs")).isPositive();
            assertThat(count(started, "/usr/bin/fail2ban-client")).isGreaterThan(10);
        }
        assertThat(state()).isEqualTo(before);
        assertThat(server.tryExec("test", "-e", "/tmp/canary").status()).isNotZero();
    }

    private static String mutated(GateMutations mutations, List<List<String>> corpus) {
        // No argument of a program can hold NUL; ssh trims nothing else.
        return mutations.mutated(corpus).replace("\0", "");
    }

    private static boolean isOnTheList(Strace.Started one) {
        String program = one.program();
        List<String> words = one.words();
        String name = program.substring(program.lastIndexOf('/') + 1);
        return switch (program) {
            case "/usr/bin/sh", "/bin/sh" ->
                words.equals(List.of("sh", "-c", "sudo -n /usr/local/sbin/mailban-gate"))
                        || (words.size() == 4 && words.getLast().contains("/etc/update-motd.d"));
            case "/usr/bin/sudo" -> words.equals(List.of("sudo", "-n", "/usr/local/sbin/mailban-gate"));
            case "/usr/local/sbin/mailban-gate" -> words.size() == 1;
            case "/usr/bin/fail2ban-client" -> words.equals(List.of("fail2ban-client", "-i"));
            case "/usr/local/sbin/mailban-logs" ->
                Set.of("traces", "deliveries", "survey", "zone", "evidence", "firewall")
                        .contains(words.get(1));
            default -> OF_A_LOGIN.contains(program) || TOOLS.contains(name);
        };
    }

    private static long count(List<Strace.Started> started, String program) {
        return started.stream().filter(one -> one.program().equals(program)).count();
    }

    /** What fail2ban is set to; but for exemptions, which are among what may be ordered. */
    private String state() {
        return server.exec("sh", "-c", """
                fail2ban-client status; pgrep -x fail2ban-server
                for setting in logtarget loglevel dbfile syslogsocket; do fail2ban-client get $setting; done
                for jail in postfix-sasl dovecot-invalid recidive; do
                    for setting in maxretry findtime bantime logpath actions banip usedns failregex; do
                        fail2ban-client get $jail $setting
                    done
                    for action in $(fail2ban-client get $jail actions | tail -n 1 | tr -d ','); do
                        fail2ban-client get $jail action $action actionban
                    done
                done""");
    }
}
