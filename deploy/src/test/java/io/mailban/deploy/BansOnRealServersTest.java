package io.mailban.deploy;

import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.AddressScope;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import io.mailban.bot.Inquiries;
import io.mailban.chat.Span;
import io.mailban.diagnosis.BanCause;
import io.mailban.diagnosis.BanRoll;
import io.mailban.diagnosis.Diagnosis;
import io.mailban.diagnosis.Finding;
import io.mailban.diagnosis.Mark;
import io.mailban.diagnosis.Question;
import io.mailban.diagnosis.Rhythm;
import io.mailban.fail2ban.LogEvent;
import io.mailban.known.Whose;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.FirewallPlace;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.Trace;
import io.mailban.reply.ReplyWriter;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Client;
import io.mailban.sandbox.Login;
import io.mailban.sandbox.MailServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is out of the ordinary about a ban, its cause and its siblings, on real servers; an address for each test. */
final class BansOnRealServersTest extends OnRealServers {
    private static final Jail SASL = new Jail("postfix-sasl");

    @ParameterizedTest
    @MethodSource("servers")
    void theCauseComesOutOfFail2bansDatabaseWhenTheLogsAreGone(MailServer server) {
        real.lockOut("203.0.113.30", server);
        if (server.equals(real.withFiles())) {
            server.exec("truncate", "-s", "0", "/var/log/mail.log");
        } else {
            server.exec("sh", "-c", "journalctl --rotate && journalctl --vacuum-time=1s");
        }
        assertThat(banned("203.0.113.30", server).cause())
                .isInstanceOfSatisfying(BanCause.FailedLogins.class, cause -> {
                    assertThat(cause.attempts()).isEqualTo(3);
                    assertThat(cause.protocol()).contains(Protocol.SMTP);
                });
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aBanByHandIsMarked(MailServer server) {
        real.banByHand("postfix-sasl", "203.0.113.31", server);
        Finding.Banned banned = banned("203.0.113.31", server);
        assertThat(banned.cause()).isEqualTo(new BanCause.ByHand());
        assertThat(banned.marks()).containsExactly(new Mark.ByHand(Set.of(SASL)));
    }

    @Test
    void aForgedUserNameIsNotWhatTheBannedAddressDid() {
        // fail2ban 1.1.0's filter believes the rip= in the name.
        MailServer server = real.withFiles();
        Client forger = real.client("203.0.113.66");
        for (int i = 0; i < 3; i++) {
            forger.imapLogin(server, new Account("bob>, method=PLAIN, rip=198.51.101.201, lip=1", "x"));
        }
        server.awaitBan("dovecot-invalid", "198.51.101.201");
        assertThat(banned("198.51.101.201", server).cause())
                .isInstanceOfSatisfying(
                        BanCause.Forged.class, forged -> assertThat(forged.by()).isEqualTo(Address.of("203.0.113.66")));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void theBannedIpv6AddressOfTheSameDeviceIsToldAndTheOtherWayRound(MailServer server) {
        assertThat(real.client("203.0.113.32").imapLogin(server, Account.BOB)).isEqualTo(Login.LOGGED_IN);
        real.lockOut("2001:db8::32", server);
        assertThat(sibling("203.0.113.32", server)).isEqualTo(Address.of("2001:db8::32"));
        assertThat(real.client("2001:db8::33").imapLogin(server, Account.BOB)).isEqualTo(Login.LOGGED_IN);
        real.lockOut("203.0.113.33", server);
        assertThat(siblings("2001:db8::33", server)).contains(Address.of("203.0.113.33"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aBannedGatewayLocksEverybodyOut(MailServer server) {
        assertThat(real.client("172.18.0.1").imapLogin(server, Account.ALICE)).isEqualTo(Login.LOGGED_IN);
        real.lockOut("172.18.0.1", server);
        assertThat(banned("172.18.0.1", server).marks())
                .contains(new Mark.SharedByMany(
                        AddressScope.PRIVATE,
                        Set.of(new Mailbox("alice@example.org"), new Mailbox("bob@example.org"))));
        assertThat(real.check("172.18.0.1", server).findings()).noneMatch(Finding.NotPublic.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aBannedNetworkThatTheFirewallCannotHoldHasNoEffect(MailServer server) {
        real.banByHand("dovecot-invalid", "198.18.6.0/24", server);
        assertThat(real.client("198.18.6.7").imapLogin(server, Account.BOB)).isEqualTo(Login.LOGGED_IN);
        assertThat(inHalfAMinute("198.18.6.7", server))
                .isInstanceOfSatisfying(
                        Finding.CoveredByNetwork.class,
                        covered -> assertThat(covered.marks())
                                .allMatch(mark ->
                                        mark instanceof Mark.NotInFirewall || mark instanceof Mark.StillGetsThrough));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void theBanOfANetworkAroundTheAddressIsFoundInFail2bansLog(MailServer server) {
        real.banByHand("dovecot-invalid", "198.18.9.0/24", server);
        // The stock sets hold no network, so only the log tells when it is done.
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(real.check("198.18.9.7", server).lines())
                        .anySatisfy(line -> assertThat(line)
                                .isInstanceOfSatisfying(
                                        Trace.OfFail2ban.class,
                                        of -> assertThat(of.event())
                                                .isInstanceOfSatisfying(
                                                        LogEvent.Banned.class,
                                                        ban -> assertThat(ban.id())
                                                                .isEqualTo(Network.of("198.18.9.0/24"))))));
        assertThat(real.check("198.18.10.7", server).lines()).noneMatch(Trace.OfFail2ban.class::isInstance);
    }

    @ParameterizedTest
    @ValueSource(strings = {"198.18.8.7", "2001:db8::87"})
    void mailcowsNetfilterIsToldFromFail2ban(String address) {
        MailServer server = real.withFiles();
        String family = address.contains(":") ? "ip6" : "ip";
        String chain = family + " filter MAILCOW";
        server.exec("nft", "add table " + family + " filter");
        server.exec("nft", "add chain " + chain + " { type filter hook input priority 0; }");
        server.exec("nft", "add rule " + chain + " " + family + " saddr " + address + " counter reject");
        try {
            assertThat(real.client(address).imapLogin(server, Account.BOB)).isEqualTo(Login.REFUSED);
            assertThat(real.check(address, server).worst())
                    .isInstanceOfSatisfying(
                            Finding.OtherFirewall.class,
                            other -> assertThat(other.entries())
                                    .containsExactly(new FirewallSearch.Entry(
                                            new FirewallPlace.NftChain(family, "filter", "MAILCOW"),
                                            Optional.empty())));
        } finally {
            server.exec("nft", "delete table " + family + " filter");
        }
    }

    @Test
    void connectionsSinceTheBanShowThatItHasNoEffect() {
        MailServer server = real.withFiles();
        real.lockOut("203.0.113.34", server);
        server.exec("nft", "delete", "element", "inet", "f2b-table", "addr-set-postfix-sasl", "{", "203.0.113.34", "}");
        assertThat(real.client("203.0.113.34").imapLogin(server, Account.BOB)).isEqualTo(Login.LOGGED_IN);
        // Connections within half a minute of a ban may have been under way: the ban is told as an older one.
        server.exec(
                "sh",
                "-c",
                "grep -hF 'rip=203.0.113.34,' /var/log/mail.log | tail -n 1"
                        + " | sed \"s/^[^ ]*/$(date -u -d '+40 sec' +%FT%T.000000+00:00)/\" >> /var/log/mail.log");
        assertThat(banned("203.0.113.34", server).marks())
                .anySatisfy(mark -> assertThat(mark)
                        .isInstanceOfSatisfying(
                                Mark.StillGetsThrough.class,
                                through -> assertThat(through.protocol()).isEqualTo(Protocol.IMAP)));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anEntryThatNoJailStandsBehindIsLeftInTheFirewall(MailServer server) {
        real.lockOut("203.0.113.35", server);
        server.exec("fail2ban-client", "set", "postfix-sasl", "unbanip", "203.0.113.35");
        server.exec("nft", "add", "element", "inet", "f2b-table", "addr-set-postfix-sasl", "{", "203.0.113.35", "}");
        assertThat(real.check("203.0.113.35", server).worst())
                .isInstanceOfSatisfying(
                        Finding.LeftInFirewall.class,
                        left -> assertThat(left.entries())
                                .singleElement()
                                .satisfies(entry -> assertThat(entry.jail()).contains(SASL)));
        assertThat(real.client("203.0.113.35").imapLogin(server, Account.BOB)).isEqualTo(Login.REFUSED);
        // What the card says is to be done does it.
        server.exec("bash", "-c", mending("203.0.113.35", server));
        assertThat(real.client("203.0.113.35").imapLogin(server, Account.BOB)).isEqualTo(Login.LOGGED_IN);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void fourBansAreNearRecidiveAndAShortOneEndsSoon(MailServer server) {
        server.exec("fail2ban-client", "set", "dovecot-invalid", "bantime", "120");
        try {
            for (int i = 0; i < 4; i++) {
                server.exec("fail2ban-client", "set", "dovecot-invalid", "unbanip", "203.0.113.36");
                real.banByHand("dovecot-invalid", "203.0.113.36", server);
                server.awaitBan("dovecot-invalid", "203.0.113.36");
            }
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(banned("203.0.113.36", server).marks())
                                    .contains(new Mark.NearRecidive(4, 5, Duration.ofDays(1)))
                                    .anyMatch(Mark.EndsSoon.class::isInstance));
        } finally {
            server.exec("fail2ban-client", "set", "dovecot-invalid", "bantime", "600");
        }
    }

    @Test
    void aDeviceThatTriesEveryFiveMinutesIsToldFromAGuesser() {
        MailServer server = real.withFiles();
        real.configureDovecot(server, "auth_verbose = yes\nauth_verbose_passwords = sha1");
        real.lockOut("203.0.113.37", server);
        real.datedBack(server, "[203.0.113.37]: SASL", 20, 15, 10, 5);
        Finding.Banned banned = banned("203.0.113.37", server);
        assertThat(banned.cause())
                .isInstanceOfSatisfying(
                        BanCause.FailedLogins.class,
                        cause -> assertThat(cause.rhythm())
                                .isEqualTo(new Rhythm(Optional.of(Duration.ofMinutes(5)), Rhythm.Passwords.SAME)));
        assertThat(banned.marks()).contains(new Mark.ComesBack(Optional.of(Duration.ofMinutes(5)), 1));
        real.configureDovecot(server, "");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void bansLeadWithUsers(MailServer server) {
        real.lockOut("203.0.113.38", server);
        real.banByHand("postfix-sasl", "198.51.101.38", server);
        BanRoll roll = real.inquiries().bans(Optional.of(new ServerName(server.name())), Optional.of(SASL));
        BanRoll.OfServer answer = roll.servers().values().iterator().next();
        assertThat(answer.whose().get(Address.of("203.0.113.38"))).isInstanceOf(Whose.Perhaps.class);
        assertThat(answer.whose().get(Address.of("198.51.101.38"))).isInstanceOf(Whose.Unknown.class);
    }

    private String mending(String address, MailServer server) {
        return ReplyWriter.diagnosis(new Diagnosis(
                        new Question.OfAddress(Address.of(address)),
                        Instant.now(),
                        List.of(real.check(address, server)),
                        List.of()))
                .facts()
                .stream()
                .filter(fact -> fact.label().equals("to do"))
                .flatMap(fact -> fact.text().stream())
                .filter(Span.Code.class::isInstance)
                .map(span -> ((Span.Code) span).text())
                .findFirst()
                .orElseThrow();
    }

    private Finding inHalfAMinute(String address, MailServer server) {
        Inquiries later = real.inquiries(() -> Instant.now().plusSeconds(60));
        return real.check(later, address, server).worst();
    }

    private Finding.Banned banned(String address, MailServer server) {
        Diagnosis.OfServer answer = real.check(address, server);
        assertThat(answer.findings()).anyMatch(Finding.Banned.class::isInstance);
        return (Finding.Banned) answer.findings().stream()
                .filter(Finding.Banned.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private Address sibling(String address, MailServer server) {
        assertThat(real.check(address, server).worst()).isInstanceOf(Finding.SiblingBanned.class);
        return ((Finding.SiblingBanned) real.check(address, server).worst()).sibling();
    }

    private List<Address> siblings(String address, MailServer server) {
        return real.check(address, server).findings().stream()
                .filter(Finding.SiblingBanned.class::isInstance)
                .map(finding -> ((Finding.SiblingBanned) finding).sibling())
                .toList();
    }
}
