package io.mailban.deploy.setup;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.sandbox.MailServer;
import io.mailban.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server behind a jump host, with its mail log on another host: each has a key to be trusted, by the program as typed. */
class TrustOnTheWayTest {
    private static final Pattern FINGERPRINT = Pattern.compile("SHA256:\\S+");

    @TempDir
    private Path home;

    @Test
    void eachHostOnTheWayIsTrustedByItsNameAndThenTheServerIsReached() throws IOException {
        try (Sandbox sandbox = Sandbox.start("mail1=trixie", "mail2=bookworm,journal")) {
            MailServer gate = sandbox.server("mail1");
            MailServer target = sandbox.server("mail2");
            String config = configure(gate, target);

            Program nothingTrusted = Program.run(home, "check", "203.0.113.7", "--config", config);
            assertThat(nothingTrusted.status()).as(nothingTrusted.out()).isEqualTo(3);
            assertThat(unwrapped(nothingTrusted))
                    .contains("at the jump host gate: the host key of " + gate.sshHost() + " is not known yet")
                    .contains("mailban trust gate");

            for (String host : List.of("gate", "target", gate.sshHost())) {
                trust(host, config);
            }
            Program trusted = Program.run(home, "check", "203.0.113.7", "--config", config);
            assertThat(trusted.status()).as(trusted.out() + trusted.err()).isZero();
            assertThat(unwrapped(trusted)).contains("/var/log/mail.log on " + gate.sshHost());

            Program unknown = Program.run(home, "trust", "nobody", "--config", config);
            assertThat(unknown.status()).isEqualTo(2);
            assertThat(unknown.err()).contains("no server is named “nobody”");
        }
    }

    private void trust(String host, String config) {
        Program shown = Program.run(home, "trust", host, "--config", config);
        assertThat(shown.status()).as("nobody said yes").isEqualTo(1);
        Matcher fingerprint = FINGERPRINT.matcher(shown.out());
        assertThat(fingerprint.find()).as(shown.out()).isTrue();
        Program trusted = Program.run(home, "trust", host, "--config", config, "--fingerprint", fingerprint.group());
        assertThat(trusted.status()).as(trusted.err()).isZero();
    }

    private static String unwrapped(Program program) {
        return program.out().replaceAll("\\s+", " ");
    }

    private String configure(MailServer gate, MailServer target) throws IOException {
        Path config =
                Files.writeString(home.resolve("ssh_config"), """
                Host gate
                  HostName %s
                  HostKeyAlias gate
                  User root
                Host target
                  HostName %s
                  User root
                  ProxyJump gate
                Host gate target
                  IdentityFile %s
                """.formatted(gate.sshHost(), target.ipv4(), gate.key()));
        return Files.writeString(home.resolve("mailban.yml"), """
                servers:
                  - name: target
                    host: target
                    key: %1$s
                    mail_log:
                      host: %2$s
                      user: root
                      key: %1$s
                ssh:
                  config: %3$s
                  known_hosts: %4$s
                """.formatted(
                                target.key(), gate.sshHost(), config, home.resolve("known_hosts")))
                .toString();
    }
}
