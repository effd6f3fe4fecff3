package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import io.mailban.sandbox.MailServer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Logs, as the gate lets them be read: as a user of the groups {@code adm} and {@code systemd-journal} where that does. */
class GatedLogsTest extends LogsContract {
    private static final String LINE = "%s mail1 dovecot: imap-login: Login: user=<old@example.org>, method=PLAIN,"
            + " rip=%s, lip=192.0.2.11, mpid=1, TLS, session=<x>";
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    GatedLogsTest() {
        super(SharedSandbox::gated);
    }

    @Test
    void aLogThatIsRootsAloneIsReadAsRoot() {
        MailServer server = files();
        server.exec("chmod", "600", "/var/log/mail.log");
        try {
            Tracing.Traced traced = lookFor("203.0.113.121", server);
            assertThat(traced.mailLog().fault()).isEmpty();
            assertThat(traced.mailLog().begins()).isPresent();
        } finally {
            server.exec("chmod", "640", "/var/log/mail.log");
        }
    }

    @Test
    void otherwiseRootIsGivenUp() {
        MailServer server = files();
        write(server, "/var/log/mail.log.1", now, LINE.formatted(now, "203.0.113.122"));
        server.exec("chmod", "600", "/var/log/mail.log.1");
        try {
            Tracing.Traced traced = lookFor("203.0.113.122", server);
            assertThat(traced.traces()).isEmpty();
            assertThat(traced.mailLog().fault().orElseThrow().toString())
                    .contains("/var/log/mail.log.1", "Permission denied");
        } finally {
            server.exec("rm", "/var/log/mail.log.1");
        }
    }

    @Test
    void noLinkLeadsOutOfTheLogs() {
        MailServer server = files();
        write(server, "/tmp/elsewhere", now, LINE.formatted(now, "203.0.113.123"));
        server.exec("ln", "-s", "/tmp/elsewhere", "/var/log/mail.log.1");
        try {
            assertThat(lookFor("203.0.113.123", server).traces()).isEmpty();
            // The same as a file is read.
            server.exec("cp", "--remove-destination", "-p", "/tmp/elsewhere", "/var/log/mail.log.1");
            assertThat(lookFor("203.0.113.123", server).traces()).hasSize(1);
        } finally {
            server.exec("rm", "/var/log/mail.log.1", "/tmp/elsewhere");
        }
    }

    private Tracing.Traced lookFor(String address, MailServer server) {
        return traced(mailServers().traces(name(server), TraceQuery.of(Address.of(address), longAgo)));
    }
}
