package io.mailban.ssh;

import static io.mailban.ssh.SharedSandbox.NONE;
import static io.mailban.ssh.SharedSandbox.SUDO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.fail2ban.LogEvent;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.LogSweep;
import io.mailban.mailserver.Sweeping;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Unreachable;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Client;
import io.mailban.sandbox.MailServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading whole logs: files and the journal, rotated and compressed, with and without the gate. */
class SweepTest {
    private final Instant longAgo = Instant.now().minus(Duration.ofDays(60));

    static Stream<SshServer> ways() {
        return SharedSandbox.servers().stream()
                .flatMap(server -> Stream.of(SharedSandbox.reached(server, SUDO, NONE), SharedSandbox.gated(server)));
    }

    private static MailServer at(SshServer way) {
        return SharedSandbox.servers().stream()
                .filter(server -> server.name().equals(way.name().name()))
                .findFirst()
                .orElseThrow();
    }

    /** What came, and in what order it was begun. */
    private static final class Basket implements LogSweep.Sink {
        private final List<Trace> traces = new ArrayList<>();
        private final List<String> sources = new ArrayList<>();

        @Override
        public void add(Trace trace) {
            traces.add(trace);
        }

        @Override
        public void begin(String source, int number, int count, long bytes) {
            sources.add(source);
        }

        Stream<MailEvent> mail() {
            return traces.stream()
                    .flatMap(trace -> trace instanceof Trace.OfMail mail ? Stream.of(mail.event()) : Stream.of());
        }

        Stream<LogEvent> ban() {
            return traces.stream()
                    .flatMap(trace -> trace instanceof Trace.OfFail2ban ban ? Stream.of(ban.event()) : Stream.of());
        }
    }

    @ParameterizedTest
    @MethodSource("ways")
    void everyLoginAndEveryBanComesHome(SshServer way) {
        String client = "203.0.113." + (way.user().equals(Optional.of("mailban")) ? 61 : 62);
        Address address = Address.of(client);
        MailServer server = at(way);
        Client laptop = SharedSandbox.sandbox().client(client);
        laptop.imapLogin(server, Account.BOB);
        for (int i = 0; i < 3; i++) {
            laptop.smtpLogin(server, Account.BOB.withPassword("old"));
        }
        server.awaitBan("postfix-sasl", client);
        try (SshMailServers servers = SharedSandbox.open(way)) {
            // rsyslog and the journal write a moment after the fact.
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
                Basket basket = new Basket();
                Sweeping sweeping = servers.sweep(way.name(), longAgo, basket);

                assertThat(sweeping).isInstanceOfSatisfying(Sweeping.Swept.class, swept -> {
                    assertThat(swept.mailLog().fault()).isEmpty();
                    assertThat(swept.banLog().fault()).isEmpty();
                    assertThat(swept.mailLog().begins()).isPresent();
                    assertThat(swept.volume().lines()).isEqualTo(basket.traces.size());
                });
                assertThat(basket.mail())
                        .anyMatch(event -> event instanceof MailEvent.Login login
                                && login.address().equals(Optional.of(address)));
                assertThat(basket.mail()
                                .filter(event -> event instanceof MailEvent.AuthFailure failure
                                        && failure.address().equals(Optional.of(address))
                                        && failure.attempts().isPresent()))
                        .hasSize(3);
                assertThat(basket.ban()
                                .filter(event -> event instanceof LogEvent.Found found
                                        && found.jail().equals(new Jail("postfix-sasl"))
                                        && found.id().equals(address)))
                        .hasSize(3);
                assertThat(basket.ban()
                                .filter(event -> event instanceof LogEvent.Banned ban
                                        && ban.id().equals(address)))
                        .hasSize(1);
            });
        }
    }

    @Test
    void rotatedAndCompressedFilesComeInTheOrderOfTheirAge() {
        MailServer server = SharedSandbox.servers().getFirst();
        server.exec("sh", "-c", """
                line() {
                    echo "$(date -d "$1 days ago" +%Y-%m-%dT%H:%M:%S+00:00) mail1 dovecot: imap-login: Logged in: user=<$2>, method=PLAIN, rip=203.0.113.63, lip=192.0.2.1, TLS, session=<x>"
                    echo "$(date -d "$1 days ago" +%Y-%m-%dT%H:%M:%S+00:00) mail1 postfix/qmgr[1]: 4ABC: removed"
                }
                cd /var/log
                line 40 older | gzip >mail.log.3.gz; touch -d '39 days ago' mail.log.3.gz
                line 20 packed | gzip >mail.log.2.gz; touch -d '19 days ago' mail.log.2.gz
                line 9 plain >mail.log.1; touch -d '8 days ago' mail.log.1
                : | gzip >mail.log.4.gz
                line 90 ancient >mail.log.5; touch -d '89 days ago' mail.log.5
                """);
        try (SshMailServers servers = SharedSandbox.open(SharedSandbox.reached(server, SUDO, SUDO))) {
            Basket basket = new Basket();
            Sweeping sweeping = servers.sweep(new ServerName(server.name()), longAgo, basket);

            assertThat(basket.sources)
                    .containsSubsequence(
                            "/var/log/mail.log.3.gz",
                            "/var/log/mail.log.2.gz",
                            "/var/log/mail.log.1",
                            "/var/log/mail.log")
                    .doesNotContain("/var/log/mail.log.5");
            assertThat(basket.mail()
                            .flatMap(event -> event instanceof MailEvent.Login login
                                            && login.address().equals(Optional.of(Address.of("203.0.113.63")))
                                    ? Stream.of(login.mailbox().name())
                                    : Stream.of()))
                    // The first line of a file that is searched there is how it begins, and comes once more as a match.
                    .containsExactly("older", "packed", "plain");
            assertThat(sweeping)
                    .isInstanceOfSatisfying(
                            Sweeping.Swept.class,
                            swept -> assertThat(swept.mailLog().begins().orElseThrow())
                                    .isBetween(
                                            Instant.now().minus(Duration.ofDays(41)),
                                            Instant.now().minus(Duration.ofDays(39))));
        } finally {
            server.exec("sh", "-c", "rm -f /var/log/mail.log.[1-9]*");
        }
    }

    @Test
    void aFileThatIsRotatedAwayBeforeItsTurnIsToldAsNotRead() {
        MailServer server = SharedSandbox.servers().getFirst();
        server.exec("sh", "-c", ": | gzip >/var/log/mail.log.2.gz; touch -d yesterday /var/log/mail.log.2.gz");
        try (SshMailServers servers = SharedSandbox.open(SharedSandbox.reached(server, SUDO, SUDO))) {
            Sweeping sweeping = servers.sweep(new ServerName(server.name()), longAgo, new LogSweep.Sink() {
                @Override
                public void add(Trace trace) {}

                @Override
                public void begin(String source, int number, int count, long bytes) {
                    if (number == 1) {
                        server.exec("sh", "-c", "cd /var/log && mv mail.log mail.log.1 && : >mail.log");
                    }
                }
            });

            assertThat(sweeping).isInstanceOfSatisfying(Sweeping.Swept.class, swept -> {
                assertThat(swept.mailLog().fault())
                        .contains(new Tracing.Fault.Said(
                                "/var/log/mail.log was rotated away before its turn came; ask once more"));
                assertThat(swept.banLog().fault()).isEmpty();
            });
        } finally {
            // rsyslog still writes to the one that it opened.
            server.exec("sh", "-c", "cd /var/log && mv mail.log.1 mail.log && rm mail.log.2.gz");
        }
    }

    @Test
    void whoeverLeavesInTheMiddleLeavesNoProcessBehind() {
        MailServer server = SharedSandbox.servers().getFirst();
        server.exec(
                "sh",
                "-c",
                "yes \"$(date -d yesterday '+%b %e %T') mail1 dovecot: imap-login: Logged in: user=<bob>, method=PLAIN,"
                        + " rip=203.0.113.64\" | head -c 30000000 >/var/log/mail.log.1; touch -d yesterday /var/log/mail.log.1");
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch gone = new CountDownLatch(1);
        long left;
        try {
            CompletableFuture<Sweeping> sweeping;
            try (SshMailServers servers = SharedSandbox.open(SharedSandbox.reached(server, SUDO, SUDO))) {
                sweeping = CompletableFuture.supplyAsync(() ->
                        servers.sweep(new ServerName(server.name()), longAgo, new LogSweep.Sink() {
                            @Override
                            public void add(Trace trace) {
                                begun.countDown();
                                awaited(gone);
                            }

                            @Override
                            public void begin(String source, int number, int count, long bytes) {}
                        }));
                awaited(begun);
                assertThat(searching(server))
                        .as("it waits for us, and holds only what fits")
                        .isEqualTo("1");
                left = System.nanoTime();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - left))
                    .as("whoever closes does not wait for whoever reads")
                    .isLessThan(Duration.ofSeconds(5));
            await().atMost(Duration.ofSeconds(10)).until(() -> searching(server).equals("0"));
            gone.countDown();
            assertThat(sweeping).succeedsWithin(Duration.ofSeconds(5)).isInstanceOf(Unreachable.class);
        } finally {
            gone.countDown();
            server.exec("rm", "-f", "/var/log/mail.log.1");
        }
    }

    private static String searching(MailServer server) {
        return server.exec("sh", "-c", "pgrep -xc grep || true").strip();
    }

    private static void awaited(CountDownLatch latch) {
        try {
            if (!latch.await(1, TimeUnit.MINUTES)) {
                throw new IllegalStateException("it did not come");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
