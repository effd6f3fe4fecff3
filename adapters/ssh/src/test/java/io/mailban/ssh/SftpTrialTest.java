package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.examination.Visit.Power;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.shell.ProcessShellFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers on which SFTP is what it says, something else, or nothing. */
class SftpTrialTest {
    @TempDir
    Path home;

    private final TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA");
    private Connection connection;

    @BeforeEach
    void connect() throws Exception {
        Path key = home.resolve("key");
        Process made = new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString()).start();
        assertThat(made.waitFor()).isZero();
        Files.createDirectories(home.resolve(".ssh"));
        Files.writeString(home.resolve(".ssh/known_hosts"), sshd.knownHostsLine(0) + "\n");
        connection = new Connector(
                        sshd.server(Optional.of(key)),
                        new SshSurroundings(home, List.of(), Optional.empty(), Optional.empty()),
                        Deadline.in(Duration.ofSeconds(10)))
                .connect(() -> {});
    }

    @AfterEach
    void close() {
        connection.close();
        sshd.close();
    }

    /** What OpenSSH 10.0's sftp-server says, up to the first of its extensions. */
    @Test
    void whoeverTellsAVersionHoldsFiles() throws Lost {
        sshd.sftp(shell("head -c 9 >/dev/null; printf '\\000\\000\\000\\005\\002\\000\\000\\000\\003'; cat"));
        assertThat(tried()).isEqualTo(PowerTrials.Outcome.HELD);
    }

    @Test
    void aForcedCommandThatEndsAtOnceRefusesAndTheSessionLives() throws Lost {
        sshd.sftp(EndedCommand::new);
        sshd.commands((channel, command) -> new EndedCommand());
        assertThat(tried()).isEqualTo(PowerTrials.Outcome.REFUSED);
        assertStands();
    }

    @Test
    void aForcedCommandThatTalksRefuses() throws Lost {
        sshd.sftp(shell("echo 'refused: this key opens a gate and nothing else'"));
        assertThat(tried()).isEqualTo(PowerTrials.Outcome.REFUSED);
        assertStands();
    }

    @Test
    void anEchoIsNoVersion() throws Lost {
        sshd.sftp(shell("cat"));
        assertThat(tried()).isEqualTo(PowerTrials.Outcome.REFUSED);
        assertStands();
    }

    @Test
    void aServerWithoutSftpRefuses() throws Lost {
        assertThat(tried()).isEqualTo(PowerTrials.Outcome.REFUSED);
        assertStands();
    }

    @Test
    void aSilentOneTellsNothing() throws Lost {
        sshd.sftp(HangingCommand::new);
        assertThat(SftpTrial.on(connection, Deadline.in(Duration.ofMillis(300))))
                .isEqualTo(PowerTrials.Outcome.UNTOLD);
        assertThat(connection.isDead()).isFalse();
    }

    private PowerTrials.Outcome tried() throws Lost {
        return SftpTrial.on(connection, Deadline.in(Duration.ofSeconds(10)));
    }

    /** All the other trials go through on the same session. */
    private void assertStands() throws Lost {
        PowerTrials powers = new PowerTrials(connection, Deadline.in(Duration.ofSeconds(10)));
        powers.all(Set.of(Power.SHELL));
        assertThat(powers.refused()).contains(Power.FILES);
        assertThat(connection.isDead()).isFalse();
    }

    private static Supplier<Command> shell(String script) {
        return () -> new ProcessShellFactory(script, "sh", "-c", script).createShell(null);
    }
}
