package io.mailban.sandbox;

import static io.mailban.sandbox.Account.ALICE;
import static io.mailban.sandbox.Account.BOB;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The incident that Mailban is about, with real daemons and without Mailban. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IncidentTest {

    private Sandbox sandbox;

    @BeforeAll
    void boot() {
        sandbox = Sandbox.start("mail1=trixie", "mail2=bookworm,journal");
    }

    @AfterAll
    void end() {
        sandbox.close();
    }

    List<MailServer> servers() {
        return sandbox.servers();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void threeWrongSmtpPasswordsCloseImapUntilTheBanIsLifted(MailServer server) {
        assertLockedOutUntilUnbanned(server, "203.0.113.7");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void theSameHappensOverIpv6(MailServer server) {
        assertLockedOutUntilUnbanned(server, "2001:db8::7");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void threeWrongImapPasswordsBanInTheDovecotJail(MailServer server) {
        var laptop = sandbox.client("203.0.113.8");
        failThreeTimes(() -> laptop.imapLogin(server, BOB.withPassword("old")));
        server.awaitBan("dovecot-invalid", "203.0.113.8");
        assertThat(laptop.pop3Login(server, BOB)).isEqualTo(Login.REFUSED);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void mailIsDelivered(MailServer server) {
        var phone = sandbox.client("203.0.113.9");
        assertThat(phone.sendMail(server, ALICE, BOB.mailbox(), "hello")).isEqualTo(Login.LOGGED_IN);
        var log = server.logs() == LogKeeping.FILES
                ? List.of("cat", "/var/log/mail.log")
                : List.of("journalctl", "--no-pager", "--all", "--unit=dovecot");
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() ->
                        assertThat(server.exec(log.toArray(String[]::new))).contains("saved mail to INBOX"));
    }

    private void assertLockedOutUntilUnbanned(MailServer server, String address) {
        var laptop = sandbox.client(address);
        assertThat(laptop.imapLogin(server, BOB)).isEqualTo(Login.LOGGED_IN);

        failThreeTimes(() -> laptop.smtpLogin(server, BOB.withPassword("old")));
        server.awaitBan("postfix-sasl", address);
        assertThat(laptop.imapLogin(server, BOB)).isEqualTo(Login.REFUSED);

        assertThat(server.exec("fail2ban-client", "set", "postfix-sasl", "unbanip", address))
                .isEqualToIgnoringNewLines("1");
        assertThat(laptop.imapLogin(server, BOB)).isEqualTo(Login.LOGGED_IN);
    }

    private static void failThreeTimes(Supplier<Login> attempt) {
        for (int i = 0; i < 3; i++) {
            assertThat(attempt.get()).isEqualTo(Login.WRONG_PASSWORD);
        }
    }
}
