package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.Lifting;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.sshd.server.shell.ProcessShellCommandFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client that ends after it got an order may have passed it on: a second one could lift more than was asked for. */
class OrderOnceTest {
    private static final String CLIENT = """
            if [ "$1" != -i ]; then
                case $* in
                    banned) echo "[{'j': ['203.0.113.0/24']}]" ;;
                    *) echo "$*" >>ORDERS; echo 2 ;;
                esac
                exit
            fi
            echo "Fail2Ban reads log file"
            while printf 'fail2ban> '; read -r word rest; do
                case $word in
                    echo) echo "$rest" ;;
                    banned) echo "[{'j': ['203.0.113.0/24']}]" ;;
                    set) echo "$word $rest" >>ORDERS; exit 1 ;;
                esac
            done
            """;

    @TempDir
    Path home;

    @Test
    void anOrderWhoseClientEndedIsNotGivenAgain() throws Exception {
        Path orders = home.resolve("orders");
        Path client = home.resolve("client");
        Path key = home.resolve("key");
        Files.writeString(client, CLIENT.replace("ORDERS", orders.toString()));
        Files.createDirectories(home.resolve(".ssh"));
        Process made = new ProcessBuilder("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", key.toString()).start();
        assertThat(made.waitFor()).isZero();
        try (TestSshd sshd = new TestSshd((user, offered, session) -> true, "RSA")) {
            sshd.commands((channel, command) -> ProcessShellCommandFactory.INSTANCE.createCommand(
                    channel, command.replace("fail2ban-client", "sh " + client)));
            Files.writeString(home.resolve(".ssh/known_hosts"), sshd.knownHostsLine(0) + "\n");
            try (SshMailServers servers = new SshMailServers(
                    List.of(sshd.server(Optional.of(key))),
                    new SshSurroundings(home, List.of(), Optional.empty(), Optional.empty()),
                    Duration.ofSeconds(9))) {
                assertThat(servers.lift(new ServerName("mail1"), new Jail("j"), Network.of("203.0.113.0/24")))
                        .isNotInstanceOf(Lifting.Lifted.class);
                assertThat(Files.readAllLines(orders)).hasSize(1);
            }
        }
    }
}
