package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.fail2ban.LogEvent;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.JailSettings;
import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.MailServer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.assertj.core.data.TemporalUnitOffset;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Discovery, and looking into logs, in files and in the journal, rotated and compressed: what it must do on real mail
 * servers, whoever we log in as.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LogsContract {
    static final Mailbox BOB = new Mailbox("bob@example.org");
    final Instant longAgo = Instant.now().minus(Duration.ofDays(30));
    private final Function<MailServer, SshServer> reached;
    private SshMailServers mailServers = SharedSandbox.open();

    LogsContract(Function<MailServer, SshServer> reached) {
        this.reached = reached;
    }

    SshMailServers mailServers() {
        return mailServers;
    }

    static List<MailServer> servers() {
        return SharedSandbox.servers();
    }

    @BeforeAll
    void connect() {
        mailServers.close();
        mailServers = new SshMailServers(
                servers().stream().map(reached).toList(), SharedSandbox.surroundings(), Duration.ofSeconds(20));
    }

    @AfterAll
    void disconnect() {
        mailServers.close();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerDescribesItself(MailServer server) {
        assertThat(mailServers.describe(name(server)))
                .isInstanceOfSatisfying(Description.Described.class, described -> {
                    assertThat(described.fail2banVersion()).matches("1[.][01][.]\\d");
                    assertThat(described.zone().getId()).isEqualTo("Etc/UTC");
                    assertThat(described.jails())
                            .extracting(JailSettings::jail)
                            .containsExactlyInAnyOrder(
                                    new Jail("dovecot-invalid"), new Jail("postfix-sasl"), Jail.RECIDIVE);
                    JailSettings sasl = described.jails().stream()
                            .filter(jail -> jail.jail().name().equals("postfix-sasl"))
                            .findFirst()
                            .orElseThrow();
                    assertThat(sasl.maxRetry()).isEqualTo(3);
                    assertThat(sasl.banTime()).contains(Duration.ofHours(1));
                    assertThat(sasl.closes()).isEqualTo(new Closes.Ports(List.of(25, 110, 143, 465, 587, 993, 995)));
                    assertThat(described.jails()).anyMatch(jail -> jail.closes() instanceof Closes.Everything);
                    switch (server.logs()) {
                        case FILES -> {
                            assertThat(described.banLog()).isEqualTo("/var/log/fail2ban.log");
                            assertThat(described.mailLogs()).containsExactly("/var/log/mail.log");
                        }
                        case JOURNAL -> {
                            assertThat(described.banLog()).isEqualTo("the journal");
                            assertThat(described.mailLogs()).containsExactly("the journal");
                        }
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aNewJailIsNoticed(MailServer server) {
        assertThat(jails(server)).doesNotContain(new Jail("newcomer"));
        server.exec("fail2ban-client", "add", "newcomer", "polling");
        try {
            mailServers.bans(name(server));
            assertThat(jails(server)).contains(new Jail("newcomer"));
        } finally {
            server.exec("fail2ban-client", "stop", "newcomer");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatAClientDidIsTraced(MailServer server) {
        var laptop = SharedSandbox.sandbox().client("203.0.113.107");
        laptop.imapLogin(server, Account.BOB);
        laptop.imapLogin(server, Account.BOB.withPassword("old"));
        server.exec("fail2ban-client", "set", "postfix-sasl", "banip", "203.0.113.107");
        TraceQuery query = TraceQuery.of(Address.of("203.0.113.107"), longAgo);
        Tracing.Traced traced = await().until(
                        () -> traced(mailServers.traces(name(server), query)),
                        found -> found.traces().stream().anyMatch(trace -> trace instanceof Trace.OfFail2ban)
                                && events(found).anyMatch(MailEvent.AuthFailure.class::isInstance));
        assertThat(events(traced)).anyMatch(MailEvent.Login.class::isInstance);
        assertThat(traced.traces()).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
        assertThat(traced.traces()).allSatisfy(trace -> assertThat(trace.at()).isCloseTo(Instant.now(), within(10)));
        assertThat(traced.mailLog().begins()).isPresent();
        assertThat(traced.mailLog().fault()).isEmpty();
        assertThat(traced.banLog().begins()).isPresent();

        Tracing.Traced others =
                traced(mailServers.traces(name(server), TraceQuery.of(Address.of("203.0.113.10"), longAgo)));
        assertThat(others.traces()).isEmpty();
        Tracing.Traced bobs = traced(mailServers.traces(name(server), TraceQuery.of(BOB, longAgo)));
        assertThat(events(bobs)).anyMatch(MailEvent.Login.class::isInstance);
        server.exec("fail2ban-client", "unban", "203.0.113.107");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void theLastDeliveryIsFound(MailServer server) {
        Instant before = Instant.now();
        SharedSandbox.sandbox().client("203.0.113.108").sendMail(server, Account.ALICE, Account.BOB.mailbox(), "hello");
        Set<Mailbox> asked = Set.of(BOB, new Mailbox("nobody@example.org"));
        Tracing.Traced found = await().until(
                        () -> traced(mailServers.lastDeliveries(name(server), asked)),
                        deliveries -> deliveries.traces().stream()
                                .anyMatch(trace -> trace.at().isAfter(before.minusSeconds(1))));
        assertThat(events(found))
                .singleElement()
                .isInstanceOfSatisfying(
                        MailEvent.Delivered.class,
                        delivered -> assertThat(delivered.recipient()).isEqualTo(BOB));
    }

    @Test
    void rotatedAndCompressedFilesAreReadToo() {
        MailServer server = files();
        String line = "%s mail1 dovecot: imap-login: Login: user=<old@example.org>, method=PLAIN, rip=203.0.113.109,"
                + " lip=192.0.2.11, mpid=1, TLS, session=<x>";
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant yesterday = now.minus(Duration.ofDays(1));
        Instant lastWeek = now.minus(Duration.ofDays(7));
        Instant lastYear = now.minus(Duration.ofDays(365));
        write(server, "/var/log/mail.log.1", yesterday, line.formatted(yesterday));
        write(server, "/var/log/mail.log.2", lastWeek, line.formatted(lastWeek));
        write(server, "/var/log/mail.log-20251122", lastYear, line.formatted(lastYear));
        server.exec("sh", "-c", "gzip /var/log/mail.log.2; touch -d '7 days ago' /var/log/mail.log.2.gz");
        try {
            Tracing.Traced traced =
                    traced(mailServers.traces(name(server), TraceQuery.of(Address.of("203.0.113.109"), longAgo)));
            assertThat(traced.traces()).extracting(Trace::at).containsExactly(lastWeek, yesterday);
            assertThat(traced.mailLog().begins()).contains(lastWeek);
            assertThat(traced.mailLog().fault()).isEmpty();
        } finally {
            server.exec("sh", "-c", "rm -f /var/log/mail.log.* /var/log/mail.log-*");
        }
    }

    @Test
    void passwordsAreTakenOutOfLines() {
        MailServer server = files();
        String line = Instant.now() + " mail1 dovecot: auth: passwd-file(bob@example.org,203.0.113.110,<x>):"
                + " Password mismatch (given password: hunter(2))";
        server.exec("sh", "-c", "printf '%s\\n' \"$1\" >> /var/log/mail.log", "sh", line);
        Tracing.Traced traced =
                traced(mailServers.traces(name(server), TraceQuery.of(Address.of("203.0.113.110"), longAgo)));
        assertThat(traced.traces())
                .isNotEmpty()
                .allSatisfy(trace ->
                        assertThat(trace.line()).doesNotContain("hunter").contains("given password: …)"));
    }

    @Test
    void bansAreToldByTheirLogEvents() {
        MailServer server = files();
        server.exec("fail2ban-client", "set", "postfix-sasl", "banip", "203.0.113.111");
        TraceQuery query = TraceQuery.of(Address.of("203.0.113.111"), longAgo);
        await().until(() -> traced(mailServers.traces(name(server), query)).traces().stream()
                .anyMatch(trace -> trace instanceof Trace.OfFail2ban ban && ban.event() instanceof LogEvent.Banned));
        server.exec("fail2ban-client", "unban", "203.0.113.111");
    }

    private List<Jail> jails(MailServer server) {
        return mailServers.describe(name(server)) instanceof Description.Described described
                ? described.jails().stream().map(JailSettings::jail).toList()
                : List.of();
    }

    static MailServer files() {
        return servers().getFirst();
    }

    static void write(MailServer server, String path, Instant when, String line) {
        server.exec(
                "sh",
                "-c",
                "printf '%s\\n' \"$2\" > \"$1\"; touch -d \"$3\" \"$1\"; chmod 644 \"$1\"",
                "sh",
                path,
                line,
                when.toString());
    }

    static Tracing.Traced traced(Tracing tracing) {
        assertThat(tracing).isInstanceOf(Tracing.Traced.class);
        return tracing instanceof Tracing.Traced traced ? traced : new Tracing.Traced(List.of(), nothing(), nothing());
    }

    private static Tracing.Horizon nothing() {
        return new Tracing.Horizon("", Optional.empty(), Optional.empty());
    }

    static Stream<MailEvent> events(Tracing.Traced traced) {
        return traced.traces().stream()
                .filter(Trace.OfMail.class::isInstance)
                .map(trace -> ((Trace.OfMail) trace).event());
    }

    private static TemporalUnitOffset within(int minutes) {
        return new TemporalUnitWithinOffset(minutes, ChronoUnit.MINUTES);
    }

    static ServerName name(MailServer server) {
        return new ServerName(server.name());
    }
}
