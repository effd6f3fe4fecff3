package io.mailban.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.diagnosis.BanCause;
import io.mailban.diagnosis.Finding;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Evidencing;
import io.mailban.mailserver.FirewallPlace;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.JailSettings.Manner;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.TraceQuery;
import io.mailban.mailserver.Tracing;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Client;
import io.mailban.sandbox.Login;
import io.mailban.sandbox.MailServer;
import io.mailban.sandbox.Sandbox;
import io.mailban.ssh.CommandPrefix;
import io.mailban.ssh.SshServer;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers with clocks and zones of their own, and what they keep of bans; an address for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ClocksAndRecordsOnRealServersTest {
    private static final Jail SASL = new Jail("postfix-sasl");

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
    @ValueSource(strings = {"America/New_York", "Asia/Kolkata"})
    void aServerInAnotherZoneTellsTheSameInstants(String zone) {
        for (MailServer server : servers()) {
            inZone(server, zone);
            String address = "203.0.113." + (100 + zone.length());
            Instant before = Instant.now().minusSeconds(2);
            lockOut(address, server);
            try (Reach reach = reach(server)) {
                Finding.Banned banned = reach.worst(Finding.Banned.class, address);
                assertThat(banned.since().orElseThrow()).isBetween(before, Instant.now());
                assertThat(banned.cause())
                        .isInstanceOfSatisfying(
                                BanCause.FailedLogins.class,
                                cause -> assertThat(cause.last()).isBetween(before, Instant.now()));
                assertThat(reach.ssh().describe(reach.name()))
                        .isInstanceOfSatisfying(
                                Description.Described.class,
                                is -> assertThat(is.zone()).isEqualTo(ZoneId.of(zone)));
            }
        }
    }

    /** The kernel's clock is everybody's here, so the server's {@code date} and its lines are what is off. */
    @ParameterizedTest
    @ValueSource(ints = {300, -300})
    void aLoginAfterALiftIsSeenThoughTheServersClockIsOff(int seconds) {
        MailServer server = sandbox.server("mail1");
        String address = seconds > 0 ? "203.0.113.31" : "203.0.113.32";
        server.exec("sh", "-c", """
                printf '#!/bin/sh\\nexec /usr/bin/date -d "%s seconds" "$@"\\n' "$1" >/usr/local/bin/date
                chmod 755 /usr/local/bin/date""", "sh", String.valueOf(seconds));
        try (Reach reach = reach(server)) {
            write(server, address, "before");
            Instant lifted = Instant.now();
            write(server, address, "after");
            List<Instant> logins = traced(reach, address, lifted.minus(Duration.ofHours(1))).traces().stream()
                    .map(Trace::at)
                    .toList();
            assertThat(logins).hasSize(2);
            assertThat(logins.getLast())
                    .isBetween(lifted.minusMillis(500), Instant.now().plusMillis(500));
        } finally {
            server.exec("rm", "/usr/local/bin/date");
        }
    }

    @Test
    void theHourThatComesTwiceIsReadInTheOrderOfTheFile() {
        MailServer server = sandbox.server("mail1");
        inZone(server, "Europe/Berlin");
        String head = " fail2ban.actions        [99]: NOTICE  [postfix-sasl] ";
        server.exec("sh", "-c", "printf '%s' \"$1\" >/var/log/fail2ban.log.1", "sh", """
                2026-10-25 01:59:50,000HBan 203.0.113.40
                2026-10-25 02:30:00,000HUnban 203.0.113.40
                2026-10-25 02:50:00,100HBan 203.0.113.40
                2026-10-25 02:10:00,000HUnban 203.0.113.40
                2026-10-25 02:30:00,000HBan 203.0.113.40
                2026-10-25 03:05:00,000HUnban 203.0.113.40
                """.replace("H", head));
        try (Reach reach = reach(server)) {
            assertThat(traced(reach, "203.0.113.40", Instant.parse("2026-10-24T00:00:00Z"))
                            .traces())
                    .extracting(trace -> trace.at().toString())
                    .containsExactly(
                            "2026-10-24T23:59:50Z",
                            "2026-10-25T00:30:00Z",
                            "2026-10-25T00:50:00.100Z",
                            "2026-10-25T01:10:00Z",
                            "2026-10-25T01:30:00Z",
                            "2026-10-25T02:05:00Z");
        } finally {
            server.exec("rm", "/var/log/fail2ban.log.1");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aBansOwnLinesOutliveTheLogs(MailServer server) {
        String address = "203.0.113.50";
        Instant before = Instant.now().minusSeconds(2);
        lockOut(address, server);
        server.exec("sh", "-c", """
                rm -f /var/log/mail.log* /var/log/fail2ban.log*
                systemctl kill -s HUP rsyslog 2>/dev/null
                journalctl -q --rotate && journalctl -q --vacuum-time=1s
                fail2ban-client flushlogs""");
        try (Reach reach = reach(server)) {
            assertThat(traced(reach, address, before).traces()).isEmpty();
            Evidencing evidence = reach.ssh().evidence(reach.name(), Address.of(address));
            assertThat(evidence).isInstanceOfSatisfying(Evidencing.Kept.class, kept -> {
                assertThat(kept.bans()).hasSize(1);
                Evidencing.KeptBan ban = kept.bans().getFirst();
                assertThat(ban.jail()).isEqualTo(SASL);
                assertThat(ban.failures()).isEqualTo(3);
                assertThat(ban.times()).isEqualTo(1);
                assertThat(ban.since()).isBetween(before, Instant.now());
                assertThat(ban.lines()).hasSize(3).allSatisfy(line -> {
                    assertThat(line.at()).isBetween(before, Instant.now());
                    assertThat(line)
                            .isInstanceOfSatisfying(
                                    Trace.OfMail.class,
                                    mail -> assertThat(mail.event()).isInstanceOf(MailEvent.AuthFailure.class));
                });
            });
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anAddressLeftInTheFirewallIsFoundThoughNoJailHoldsIt(MailServer server) {
        server.exec("fail2ban-client", "set", "postfix-sasl", "banip", "203.0.113.70", "2001:db8::70");
        server.awaitBan("postfix-sasl", "203.0.113.70");
        server.awaitBan("postfix-sasl", "2001:db8::70");
        server.exec("nft", "add element inet f2b-table addr-set-postfix-sasl { 203.0.113.71 }");
        server.exec("nft", "add element inet f2b-table addr6-set-postfix-sasl { 2001:db8:0:0:0:0:0:71 }");
        try (Reach reach = reach(server)) {
            for (String left : List.of("203.0.113.71", "2001:DB8:0::71")) {
                Address address = Address.of(left);
                assertThat(reach.ssh().bans(reach.name(), address)).isEqualTo(new BanListing.Standing(List.of()));
                assertThat(reach.ssh().firewall(reach.name(), address))
                        .isInstanceOfSatisfying(FirewallSearch.Searched.class, found -> {
                            assertThat(found.entries()).hasSize(1);
                            assertThat(found.entries().getFirst().jail()).contains(SASL);
                            assertThat(found.entries().getFirst().place())
                                    .isEqualTo(new FirewallPlace.NftSet(
                                            "inet",
                                            "f2b-table",
                                            (left.contains(":") ? "addr6" : "addr") + "-set-postfix-sasl"));
                        });
            }
            // 203.0.113.7 is not 203.0.113.71.
            assertThat(reach.ssh().firewall(reach.name(), Address.of("203.0.113.7")))
                    .isEqualTo(new FirewallSearch.Searched(List.of()));
            assertThat(reach.ssh().describe(reach.name()))
                    .isInstanceOfSatisfying(
                            Description.Described.class,
                            is -> assertThat(is.jails())
                                    .filteredOn(jail -> jail.jail().equals(SASL))
                                    .allSatisfy(
                                            jail -> assertThat(jail.manner()).isEqualTo(Manner.REFUSES))
                                    .isNotEmpty());
        }
        SshServer unprivileged = RealServers.reached(server, new CommandPrefix.Sudo(), new CommandPrefix.None());
        try (Reach reach = new Reach(sandbox, unprivileged)) {
            assertThat(reach.ssh().firewall(reach.name(), Address.of("203.0.113.71")))
                    .isInstanceOf(FirewallSearch.NotReadable.class);
            assertThat(reach.ssh().evidence(reach.name(), Address.of("203.0.113.71")))
                    .isInstanceOf(Evidencing.NotReadable.class);
        }
    }

    @Test
    void fail2banOnOneHostAndTheMailLogOnAnother() {
        MailServer bans = sandbox.server("mail1");
        MailServer mails = sandbox.server("mail2");
        inZone(bans, "America/New_York");
        inZone(mails, "Asia/Kolkata");
        String address = "203.0.113.80";
        Instant before = Instant.now().minusSeconds(2);
        lockOut(address, mails);
        bans.exec("fail2ban-client", "set", "recidive", "banip", address);
        bans.awaitBan("recidive", address);
        try (Reach reach = reach(bans)) {
            // Without the key, the mail log of the wrong host is asked.
            assertThat(traced(reach, address, before).traces()).noneMatch(Trace.OfMail.class::isInstance);
        }
        SshServer plain = RealServers.reached(bans);
        SshServer apart = new SshServer(
                plain.name(),
                plain.host(),
                plain.user(),
                plain.port(),
                plain.key(),
                plain.passphrase(),
                plain.client(),
                plain.logs(),
                Optional.of(RealServers.reached(mails)));
        try (Reach reach = new Reach(sandbox, apart)) {
            Finding.Banned banned = reach.worst(Finding.Banned.class, address);
            assertThat(banned.bans()).extracting(ban -> ban.jail()).containsExactly(Jail.RECIDIVE);
            Tracing.Traced traced = traced(reach, address, before);
            assertThat(traced.traces())
                    .filteredOn(Trace.OfMail.class::isInstance)
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allSatisfy(trace -> assertThat(trace.at()).isBetween(before, Instant.now()));
            assertThat(traced.traces())
                    .filteredOn(Trace.OfFail2ban.class::isInstance)
                    .isNotEmpty()
                    .allSatisfy(trace -> assertThat(trace.at()).isBetween(before, Instant.now()));
            assertThat(traced.mailLog().source()).isEqualTo("the journal on " + mails.sshHost());
            assertThat(traced.banLog().source()).isEqualTo("/var/log/fail2ban.log");
            assertThat(reach.ssh().describe(reach.name()))
                    .isInstanceOfSatisfying(
                            Description.Described.class,
                            is -> assertThat(is.mailLogs()).containsExactly("the journal on " + mails.sshHost()));
        }
    }

    /** A login in Dovecot's words, dated by the server's own idea of the time. */
    private static void write(MailServer server, String address, String session) {
        server.exec("sh", "-c", """
                echo "$(date +%Y-%m-%dT%H:%M:%S.%6N%:z) mail1 dovecot: imap-login: Logged in: user=<bob@example.org>,\
                 method=PLAIN, rip=$1, lip=192.0.2.11, mpid=7, TLS, session=<$2>" >>/var/log/mail.log""", "sh", address, session);
    }

    /** The bookworm server has no zones; it gets this one from its sister. */
    private void inZone(MailServer server, String zone) {
        String file = sandbox.server("mail1").exec("base64", "-w0", "/usr/share/zoneinfo/" + zone);
        server.exec("sh", "-c", """
                if ! [ -e "/usr/share/zoneinfo/$1" ]; then
                    mkdir -p "/usr/share/zoneinfo/${1%/*}"
                    echo "$2" | base64 -d >"/usr/share/zoneinfo/$1"
                fi
                ln -sf "/usr/share/zoneinfo/$1" /etc/localtime
                echo "$1" >/etc/timezone
                systemctl try-restart rsyslog 2>/dev/null
                systemctl restart fail2ban
                until fail2ban-client ping >/dev/null 2>&1; do sleep 0.1; done""", "sh", zone, file);
    }

    private void lockOut(String address, MailServer server) {
        Client client = sandbox.client(address);
        assertThat(client.imapLogin(server, Account.BOB)).isEqualTo(Login.LOGGED_IN);
        for (int i = 0; i < 3; i++) {
            assertThat(client.smtpLogin(server, Account.BOB.withPassword("old")))
                    .isEqualTo(Login.WRONG_PASSWORD);
        }
        server.awaitBan("postfix-sasl", address);
    }

    private static Tracing.Traced traced(Reach reach, String address, Instant since) {
        Tracing tracing = reach.ssh().traces(reach.name(), TraceQuery.of(Address.of(address), since));
        assertThat(tracing).isInstanceOf(Tracing.Traced.class);
        return (Tracing.Traced) tracing;
    }

    private Reach reach(MailServer server) {
        return new Reach(sandbox, RealServers.reached(server));
    }
}
