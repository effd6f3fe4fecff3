package io.mailban.deploy;

import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.AddressScope;
import io.mailban.ban.Ban;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.Network;
import io.mailban.bot.Inquiries;
import io.mailban.diagnosis.BanCause;
import io.mailban.diagnosis.Diagnoser;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Question;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.JailSettings.Closes;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Tracing;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Login;
import io.mailban.sandbox.MailServer;
import io.mailban.ssh.SshMailServers;
import io.mailban.ssh.SshSurroundings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each finding, reached on a real server: the tests use an address each, so that their order does not matter. */
final class DiagnosisOnRealServersTest extends OnRealServers {
    @ParameterizedTest
    @MethodSource("servers")
    void bannedTellsSinceUntilCauseWhatItBlocksWhoseItIsAndTheLastDelivery(MailServer server) {
        assertThat(real.client("203.0.113.90").sendMail(server, Account.ALICE, "bob@example.org", "hello"))
                .isEqualTo(Login.LOGGED_IN);
        Instant before = Instant.now().minusSeconds(2);
        real.lockOut("203.0.113.7", server);
        Finding.Banned banned = worst(Finding.Banned.class, real.check("203.0.113.7", server));
        assertThat(banned.bans()).extracting(Ban::jail).containsExactly(new Jail("postfix-sasl"));
        assertThat(banned.since().orElseThrow()).isBetween(before, Instant.now());
        assertThat(banned.until().orElseThrow()).isAfter(Instant.now());
        assertThat(banned.cause()).isInstanceOfSatisfying(BanCause.FailedLogins.class, cause -> {
            assertThat(cause.attempts()).isEqualTo(3);
            assertThat(cause.protocol()).contains(Protocol.SMTP);
            assertThat(cause.last()).isBetween(before, Instant.now());
        });
        assertThat(banned.closes())
                .isInstanceOfSatisfying(
                        Closes.Ports.class, closes -> assertThat(closes.ports()).contains(25, 143, 465, 587, 993));
        assertThat(banned.whose())
                .isInstanceOfSatisfying(
                        Whose.Perhaps.class,
                        whose -> assertThat(whose.mailbox()).isEqualTo(new Mailbox("bob@example.org")));
        assertThat(banned.delivery().orElseThrow().mailbox()).isEqualTo(new Mailbox("bob@example.org"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anIpv6AddressIsFoundInAnySpelling(MailServer server) {
        real.lockOut("2001:db8::7", server);
        for (String spelling : List.of("2001:db8::7", "2001:DB8:0:0:0:0:0:7", "2001:0db8::0007", "[2001:db8::7]")) {
            Finding.Banned banned = worst(Finding.Banned.class, real.check(spelling, server));
            assertThat(banned.cause()).isInstanceOf(BanCause.FailedLogins.class);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anIpv4MappedAddressIsTheIpv4Address(MailServer server) {
        real.banByHand("dovecot-invalid", "203.0.113.11", server);
        Finding.Banned banned = worst(Finding.Banned.class, real.check("::ffff:203.0.113.11", server));
        assertThat(banned.address()).isEqualTo(Address.of("203.0.113.11"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void severalJailsAreOneFindingAndAnAddressThatBeginsAlikeIsNoOther(MailServer server) {
        for (String jail : List.of("postfix-sasl", "dovecot-invalid", "recidive")) {
            real.banByHand(jail, "203.0.113.12", server);
        }
        Finding.Banned banned = worst(Finding.Banned.class, real.check("203.0.113.12", server));
        assertThat(banned.bans())
                .extracting(Ban::jail)
                .containsExactlyInAnyOrder(new Jail("dovecot-invalid"), new Jail("postfix-sasl"), Jail.RECIDIVE);
        assertThat(real.check("203.0.113.1", server).worst()).isInstanceOf(Finding.NoTrace.class);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aBannedNetworkCoversItsAddresses(MailServer server) {
        real.banByHand("dovecot-invalid", "198.18.5.0/24", server);
        Finding.CoveredByNetwork covered = worst(Finding.CoveredByNetwork.class, real.check("198.18.5.77", server));
        assertThat(covered.network()).isEqualTo(Network.of("198.18.5.0/24"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void failingIsToldBeforeTheBan(MailServer server) {
        assertThat(real.client("203.0.113.13").smtpLogin(server, Account.BOB.withPassword("old")))
                .isEqualTo(Login.WRONG_PASSWORD);
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            Finding.Failing failing = worst(Finding.Failing.class, real.check("203.0.113.13", server));
            assertThat(failing.jail()).isEqualTo(new Jail("postfix-sasl"));
            assertThat(failing.failures()).isEqualTo(1);
            assertThat(failing.maxRetry()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @MethodSource("servers")
    void gettingInIsToldWithTheLastLogin(MailServer server) {
        assertThat(real.client("203.0.113.14").imapLogin(server, Account.ALICE)).isEqualTo(Login.LOGGED_IN);
        Finding.GettingIn in = worst(Finding.GettingIn.class, real.check("203.0.113.14", server));
        assertThat(in.mailbox()).isEqualTo(new Mailbox("alice@example.org"));
        assertThat(in.lastLogin()).isAfter(Instant.now().minusSeconds(60));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void exemptIsToldWithItsJails(MailServer server) {
        server.exec("fail2ban-client", "set", "postfix-sasl", "addignoreip", "203.0.113.15");
        // How jails are set is remembered for some minutes: a program that is just starting asks.
        try (SshMailServers fresh = fresh(server, server.sshPort())) {
            Diagnosis.OfServer answer = checkWith(fresh, "203.0.113.15");
            assertThat(answer.findings())
                    .contains(new Finding.Exempt(Address.of("203.0.113.15"), Set.of(new Jail("postfix-sasl"))));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void noTraceIsToldWithItsHorizon(MailServer server) {
        Finding.NoTrace none = worst(Finding.NoTrace.class, real.check("203.0.113.16", server));
        assertThat(none.mailLog().begins()).isPresent();
        assertThat(none.banLog().begins()).isPresent();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aPrivateAddressIsToldThatItIsNotWhatTheServerSees(MailServer server) {
        Finding.NotPublic local = worst(Finding.NotPublic.class, real.check("192.168.178.20", server));
        assertThat(local.scope()).isEqualTo(AddressScope.PRIVATE);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void mailThatDoesNotGetIntoTheMailboxIsTold(MailServer server) {
        assertThat(real.client("203.0.113.17").imapLogin(server, Account.ALICE)).isEqualTo(Login.LOGGED_IN);
        server.exec("systemctl", "stop", "dovecot.socket", "dovecot.service");
        try {
            server.exec("sh", "-c", "echo hello | sendmail alice@example.org");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    real.check("203.0.113.17", server).findings())
                            .anySatisfy(finding -> assertThat(finding)
                                    .isInstanceOfSatisfying(
                                            Finding.NotDelivering.class,
                                            stuck -> assertThat(stuck.mailbox())
                                                    .isEqualTo(new Mailbox("alice@example.org")))));
        } finally {
            server.exec("systemctl", "start", "dovecot.service");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void fail2banThatDoesNotRunIsTold(MailServer server) {
        server.exec("systemctl", "stop", "fail2ban");
        try {
            Finding.Fail2banDown down = worst(Finding.Fail2banDown.class, real.check("203.0.113.18", server));
            assertThat(down.cause()).isEqualTo(Fail2banSilent.Cause.NOT_RUNNING);
        } finally {
            server.exec("systemctl", "start", "fail2ban");
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> server.tryExec("fail2ban-client", "ping").status() == 0);
        }
        assertThat(real.check("203.0.113.18", server).worst()).isInstanceOf(Finding.NoTrace.class);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerThatCannotBeReachedIsTold(MailServer server) {
        try (SshMailServers nowhere = fresh(server, 2)) {
            Finding.ServerUnreachable gone = worst(Finding.ServerUnreachable.class, checkWith(nowhere, "203.0.113.19"));
            assertThat(gone.obstacle()).isEqualTo(new Obstacle.PortClosed(server.sshHost(), 2));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aMailboxLeadsToItsBannedAddress(MailServer server) {
        real.lockOut("203.0.113.20", server);
        Diagnosis.OfServer answer = real.checkMailbox("bob@example.org", server);
        assertThat(answer.findings())
                .anySatisfy(finding -> assertThat(finding)
                        .isInstanceOfSatisfying(
                                Finding.Banned.class,
                                banned -> assertThat(banned.address()).isEqualTo(Address.of("203.0.113.20"))));
        assertThat(answer.findings())
                .anySatisfy(finding -> assertThat(finding)
                        .isInstanceOfSatisfying(
                                Finding.MailboxUse.class,
                                use -> assertThat(use.own())
                                        .extracting(Finding.AddressUse::address)
                                        .contains(Address.of("203.0.113.20"))));
        assertThat(real.checkMailbox("nobody@example.org", server).worst()).isInstanceOf(Finding.NoTrace.class);
    }

    @Test
    void logsThatWereRotatedCompressedOrAreEmptyStillTellTheCause() {
        MailServer server = real.withFiles();
        real.lockOut("203.0.113.21", server);
        for (String rotation : List.of("once, so that mail.log is empty", "twice, so that it is compressed")) {
            server.exec("logrotate", "--force", "/etc/logrotate.d/rsyslog");
            server.exec("logrotate", "--force", "/etc/logrotate.d/fail2ban");
            Finding.Banned banned = worst(Finding.Banned.class, real.check("203.0.113.21", server));
            assertThat(banned.cause()).as(rotation).isInstanceOf(BanCause.FailedLogins.class);
            // A log that nothing was written to is not rotated again.
            assertThat(real.client("203.0.113.91").imapLogin(server, Account.ALICE))
                    .isEqualTo(Login.LOGGED_IN);
        }
        assertThat(server.exec("ls", "/var/log")).contains("mail.log.2.gz");
    }

    @Test
    void goodLoginsOnTwoDaysMakeAnAddressKnown() {
        MailServer server = real.withFiles();
        assertThat(real.client("203.0.113.22").imapLogin(server, Account.BOB)).isEqualTo(Login.LOGGED_IN);
        // Dovecot's own lines of today, dated back to the days before, in a log that was rotated since.
        server.exec(
                "sh",
                "-c",
                "for day in 9 5 2; do grep -h 'rip=203.0.113.22,' /var/log/mail.log"
                        + " | sed \"s/^[^T]*T/$(date -u -d \"-$day days\" +%F)T/\"; done > /var/log/mail.log.9");
        real.lockOut("203.0.113.22", server);
        Finding.Banned banned = worst(Finding.Banned.class, real.check("203.0.113.22", server));
        assertThat(banned.whose()).isInstanceOfSatisfying(Whose.Known.class, known -> {
            assertThat(known.mailbox()).isEqualTo(new Mailbox("bob@example.org"));
            assertThat(known.logins()).isGreaterThanOrEqualTo(4);
            assertThat(known.others()).isEmpty();
        });
    }

    @Test
    void allServersAreAskedAtOnceAndTheWorstLeads() {
        real.banByHand("dovecot-invalid", "203.0.113.23", real.withJournal());
        Diagnosis diagnosis =
                real.inquiries().check(new Question.OfAddress(Address.of("203.0.113.23")), Optional.empty());
        assertThat(diagnosis.servers())
                .extracting(server -> server.server().name())
                .containsExactly("mail2", "mail1");
        assertThat(diagnosis.worst()).isInstanceOf(Finding.Banned.class);
    }

    @Test
    void theJournalSaysWhereItIsRead() {
        Tracing.Horizon log = worst(Finding.NoTrace.class, real.check("203.0.113.24", real.withJournal()))
                .mailLog();
        assertThat(log.source()).contains("journal");
        assertThat(log.fault()).isEmpty();
    }

    private SshMailServers fresh(MailServer server, int port) {
        return new SshMailServers(
                List.of(RealServers.reached(server, port)),
                new SshSurroundings(
                        server.key().resolveSibling("home"),
                        List.of(),
                        Optional.of(server.knownHosts()),
                        Optional.empty()),
                Duration.ofSeconds(20));
    }

    private static Diagnosis.OfServer checkWith(SshMailServers servers, String address) {
        return new Inquiries(servers, servers, servers, new Diagnoser(new Recognizer(Set.of())), InstantSource.system())
                .check(new Question.OfAddress(Address.of(address)), Optional.empty())
                .servers()
                .getFirst();
    }

    private static <F extends Finding> F worst(Class<F> kind, Diagnosis.OfServer answer) {
        assertThat(answer.worst()).isInstanceOf(kind);
        return kind.cast(answer.worst());
    }
}
