package io.mailban.deploy;

import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Mailbox;
import io.mailban.diagnosis.Finding;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.TroubleKind;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Client;
import io.mailban.sandbox.Login;
import io.mailban.sandbox.MailServer;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What else than a ban keeps clients and mail out, each provoked on real daemons by real clients. */
final class TroublesOnRealServersTest extends OnRealServers {
    private static final Mailbox BOB = new Mailbox("bob@example.org");

    @ParameterizedTest
    @MethodSource("servers")
    void aClientThatDoesNotAcceptTheCertificate(MailServer server) {
        real.client("203.0.113.80").exec("curl", "--silent", "--max-time", "10", "imaps://" + server.ipv4() + "/");
        expect("203.0.113.80", server, TroubleKind.CERTIFICATE_REFUSED);
        assertThat(real.client("203.0.113.80").imapLogin(server, Account.BOB)).isEqualTo(Login.LOGGED_IN);
        assertThat(real.check("203.0.113.80", server).worst()).isInstanceOf(Finding.GettingIn.class);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aClientWithTooManyImapConnections(MailServer server) {
        real.configureDovecot(server, "protocol imap {\n  mail_max_userip_connections = 1\n}");
        try {
            awaitDovecot(server);
            // One connection stays open while the other is tried.
            real.client("203.0.113.81").exec("bash", "-c", """
                    coproc S { openssl s_client -quiet -connect "$0:993" 2>/dev/null; }
                    exec 3<&"${S[0]}" 4>&"${S[1]}"
                    read -ru 3 greeting
                    printf 'a login bob@example.org bobs-password\\r\\n' >&4
                    read -ru 3 answer
                    curl --silent --insecure --max-time 10 --user bob@example.org:bobs-password "imaps://$0/"
                    printf 'b logout\\r\\n' >&4
                    wait
                    """, server.ipv4());
            expect("203.0.113.81", server, TroubleKind.CONNECTION_LIMIT);
        } finally {
            real.configureDovecot(server, "");
            awaitDovecot(server);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aClientThatConnectsToPostfixTooOften(MailServer server) {
        postfix(server, "smtpd_client_connection_rate_limit=1");
        try {
            Client client = real.client("203.0.113.82");
            for (int i = 0; i < 3; i++) {
                client.exec("curl", "--silent", "--max-time", "10", "smtp://" + server.ipv4() + ":587/");
            }
            expect("203.0.113.82", server, TroubleKind.RATE_LIMIT);
        } finally {
            postfix(server, "smtpd_client_connection_rate_limit=0");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerWithoutRoomForMail(MailServer server) {
        postfix(server, "queue_minfree=1000000000000000");
        try {
            mail("203.0.113.83", server);
            expect("203.0.113.83", server, TroubleKind.DISK_FULL);
        } finally {
            postfix(server, "queue_minfree=0");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aFullMailbox(MailServer server) {
        real.configureDovecot(
                server,
                server.equals(real.withFiles())
                        ? "mail_plugins {\n  quota = yes\n}\nquota \"User quota\" {\n  quota_storage_size = 1B\n  quota_storage_grace = 0\n}"
                        : "mail_plugins = quota\nplugin {\n  quota = count:User quota\n  quota_vsizes = yes\n"
                                + "  quota_rule = *:storage=1B\n}");
        try {
            awaitDovecot(server);
            mail("203.0.113.84", server);
            assertThat(real.client("203.0.113.85").imapLogin(server, Account.BOB))
                    .isEqualTo(Login.LOGGED_IN);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(
                                    real.check("203.0.113.85", server).worst())
                            .isInstanceOfSatisfying(Finding.OtherTrouble.class, full -> {
                                assertThat(full.kind()).isEqualTo(TroubleKind.MAILBOX_FULL);
                                assertThat(full.mailbox()).contains(BOB);
                            }));
        } finally {
            real.configureDovecot(server, "");
            awaitDovecot(server);
        }
    }

    /** Dovecot 2.4 doesn't start with token mechanisms unless a token server is configured. */
    @Test
    void aDeviceWhoseTokenIsRefused() {
        MailServer server = real.withJournal();
        real.configureDovecot(server, "auth_mechanisms = plain login xoauth2 oauthbearer");
        try {
            awaitDovecot(server);
            real.client("203.0.113.86")
                    .exec(
                            "curl",
                            "--silent",
                            "--insecure",
                            "--max-time",
                            "10",
                            "--user",
                            "bob@example.org",
                            "--oauth2-bearer",
                            "expired",
                            "imaps://" + server.ipv4() + "/");
            assertThat(real.check("203.0.113.86", server).worst())
                    .isInstanceOfSatisfying(
                            Finding.SignInAgain.class,
                            sign -> assertThat(sign.mailbox()).isEqualTo(Optional.of(BOB)));
        } finally {
            real.configureDovecot(server, "");
            awaitDovecot(server);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aClientThatConnectsAndNeverLogsIn(MailServer server) {
        real.client("203.0.113.87")
                .exec("curl", "--silent", "--insecure", "--max-time", "10", "imaps://" + server.ipv4() + "/");
        assertThat(real.check("203.0.113.87", server).worst())
                .isInstanceOfSatisfying(
                        Finding.OnlyConnects.class,
                        connects -> assertThat(connects.protocol()).isEqualTo(Protocol.IMAP));
    }

    private void expect(String address, MailServer server, TroubleKind kind) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(real.check(address, server).worst())
                        .isInstanceOfSatisfying(
                                Finding.OtherTrouble.class,
                                trouble -> assertThat(trouble.kind()).isEqualTo(kind)));
    }

    /** Sent whatever comes of it. */
    private void mail(String address, MailServer server) {
        real.client(address)
                .exec(
                        "curl",
                        "--silent",
                        "--insecure",
                        "--ssl-reqd",
                        "--max-time",
                        "20",
                        "--user",
                        "alice@example.org:alices-password",
                        "--mail-from",
                        "alice@example.org",
                        "--mail-rcpt",
                        "bob@example.org",
                        "--upload-file",
                        "/etc/hostname",
                        "smtp://" + server.ipv4() + ":587/laptop");
    }

    private static void postfix(MailServer server, String setting) {
        server.exec("postconf", "-e", setting);
        server.exec("postfix", "reload");
    }

    private static void awaitDovecot(MailServer server) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> server.tryExec("doveadm", "auth", "test", "bob@example.org", "bobs-password")
                                .status()
                        == 0);
    }
}
