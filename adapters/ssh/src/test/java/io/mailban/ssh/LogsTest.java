package io.mailban.ssh;

import static io.mailban.ssh.SharedSandbox.NONE;
import static io.mailban.ssh.SharedSandbox.SUDO;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import io.mailban.sandbox.MailServer;
import org.junit.jupiter.api.Test;

/** Logs, as a login in the group {@code adm} reads them. */
class LogsTest extends LogsContract {
    LogsTest() {
        super(server -> SharedSandbox.reached(server, SUDO, NONE));
    }

    @Test
    void aLogThatMayNotBeReadIsTold() {
        MailServer server = files();
        server.exec("chmod", "600", "/var/log/mail.log");
        try {
            Tracing.Traced traced =
                    traced(mailServers().traces(name(server), TraceQuery.of(Address.of("203.0.113.109"), longAgo)));
            assertThat(traced.mailLog().fault().orElseThrow().toString())
                    .contains("/var/log/mail.log", "Permission denied");
            assertThat(traced.banLog().fault()).isEmpty();
        } finally {
            server.exec("chmod", "640", "/var/log/mail.log");
        }
    }

    @Test
    void logsAreReadWhileFail2banIsDown() {
        MailServer server = files();
        try (SshMailServers others =
                SharedSandbox.open(SharedSandbox.reached(server, new CommandPrefix.Docker("none"), NONE))) {
            assertThat(traced(others.traces(name(server), TraceQuery.of(BOB, longAgo)))
                            .mailLog()
                            .begins())
                    .isPresent();
        }
    }
}
