package io.mailban.deploy;

import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.DeviceState;
import io.mailban.approval.Stage;
import io.mailban.approval.Stage.StepResult.Outcome;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.Address;
import io.mailban.ban.ServerName;
import io.mailban.bot.ExemptionPlanner.Planning;
import io.mailban.bot.Unbans.Requested;
import io.mailban.chat.Place;
import io.mailban.config.ConfigReader;
import io.mailban.config.ConfigReading;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Client;
import io.mailban.sandbox.Login;
import io.mailban.sandbox.MailServer;
import io.mailban.terminal.TerminalChat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Exemptions on a real fail2ban, wired as the program is: each test with an address and a bot of its own. */
final class ExemptionOnRealServersTest extends OnRealServers {
    private static final Place ROOM = TerminalChat.ROOM;
    private static final Person CAROL = new Person(PersonId.of("terminal:carol"), "carol");
    private static final Person DAVE = new Person(PersonId.of("terminal:dave"), "dave");
    private static final List<String> JAILS = List.of("dovecot-invalid", "postfix-sasl", "recidive");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("servers")
    void theBanIsLiftedAndNoNumberOfFailuresMakesAnother(MailServer server) throws IOException {
        real.lockOut("203.0.113.21", server);
        try (Mailban mailban = open(server, "failing")) {
            Approval done = exempt(mailban, "203.0.113.21", server, Duration.ofHours(1));
            assertThat(done.stage())
                    .isInstanceOfSatisfying(
                            Stage.Done.class,
                            stage -> assertThat(stage.results())
                                    .hasSize(3)
                                    .allMatch(result -> result.outcome() == Outcome.EXEMPTED));
            assertThat(banned(server, "postfix-sasl")).doesNotContain("203.0.113.21");
            failSmtp("203.0.113.21", server, 6);
            // fail2ban reads its logs in order: once it has banned somebody who failed later, it has seen all of those.
            failSmtp("203.0.113.22", server, 3);
            server.awaitBan("postfix-sasl", "203.0.113.22");
            assertThat(banned(server, "postfix-sasl")).doesNotContain("203.0.113.21");
            assertThat(real.client("203.0.113.21").imapLogin(server, Account.BOB))
                    .isEqualTo(Login.LOGGED_IN);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatARestartOrAReloadForgetsIsAddedAgainWithinSeconds(MailServer server) throws IOException {
        try (Mailban mailban = open(server, "restart")) {
            exempt(mailban, "203.0.113.23", server, Duration.ofHours(1));
            Thread keeping = Thread.ofVirtual().start(mailban.restraint().keeper()::keep);
            for (String[] command : new String[][] {
                {"systemctl", "restart", "fail2ban"},
                {"fail2ban-client", "reload"},
                {"fail2ban-client", "reload", "recidive"}
            }) {
                server.exec(command);
                await().atMost(Duration.ofSeconds(20)).until(() -> exemptIn(server, "203.0.113.23"), JAILS::equals);
            }
            keeping.interrupt();
            await().until(() -> acts(mailban).contains(Act.EXEMPTED_AGAIN));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatIsBannedBeforeTheEntryIsBackIsLiftedAgain(MailServer server) throws IOException {
        try (Mailban mailban = open(server, "meanwhile")) {
            exempt(mailban, "203.0.113.24", server, Duration.ofHours(1));
            mailban.restraint().keeper().pass();
            server.exec("fail2ban-client", "reload", "postfix-sasl");
            failSmtp("203.0.113.24", server, 3);
            server.awaitBan("postfix-sasl", "203.0.113.24");
            mailban.restraint().keeper().pass();
            assertThat(banned(server, "postfix-sasl")).doesNotContain("203.0.113.24");
            assertThat(exemptIn(server, "203.0.113.24")).isEqualTo(JAILS);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void itEndsByItself(MailServer server) throws IOException {
        try (Mailban mailban = open(server, "ends")) {
            exempt(mailban, "203.0.113.25", server, Duration.ofSeconds(6));
            assertThat(exemptIn(server, "203.0.113.25")).isEqualTo(JAILS);
            Thread keeping = Thread.ofVirtual().start(mailban.restraint().keeper()::keep);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> mailban.restraint().keeper().all().isEmpty());
            keeping.interrupt();
            assertThat(exemptIn(server, "203.0.113.25")).isEmpty();
            assertThat(acts(mailban)).last().isEqualTo(Act.EXEMPTION_OVER);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void itEndsThoughTheBotWasDownAndFail2banToo(MailServer server) throws IOException {
        try (Mailban mailban = open(server, "down")) {
            exempt(mailban, "203.0.113.26", server, Duration.ofSeconds(3));
        }
        try (Mailban mailban = open(server, "down")) {
            server.exec("systemctl", "stop", "fail2ban");
            Thread keeping = Thread.ofVirtual().start(mailban.restraint().keeper()::keep);
            await().until(() -> !mailban.restraint().keeper().troubles().isEmpty());
            server.exec("systemctl", "start", "fail2ban");
            await().atMost(Duration.ofSeconds(40))
                    .until(() -> mailban.restraint().keeper().all().isEmpty());
            keeping.interrupt();
        }
        try (Mailban mailban = open(server, "down2")) {
            exempt(mailban, "203.0.113.26", server, Duration.ofSeconds(3));
        }
        assertThat(exemptIn(server, "203.0.113.26")).isEqualTo(JAILS);
        try (Mailban mailban = open(server, "down2")) {
            await().atMost(Duration.ofSeconds(20)).until(() -> {
                mailban.restraint().keeper().pass();
                return mailban.restraint().keeper().all().isEmpty();
            });
            assertThat(exemptIn(server, "203.0.113.26")).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anOperatorsOwnEntryStays(MailServer server) throws IOException {
        server.exec("fail2ban-client", "set", "postfix-sasl", "addignoreip", "203.0.113.27");
        server.exec("fail2ban-client", "set", "recidive", "addignoreip", "203.0.113.24/30");
        try (Mailban mailban = open(server, "operator")) {
            exempt(mailban, "203.0.113.27", server, Duration.ofHours(1));
            assertThat(exemptIn(server, "203.0.113.27")).containsExactly("dovecot-invalid", "postfix-sasl");
            mailban.restraint().keeper().end(Address.of("203.0.113.27"), Optional.empty(), CAROL);
            assertThat(mailban.restraint().keeper().all()).isEmpty();
            assertThat(exemptIn(server, "203.0.113.27")).containsExactly("postfix-sasl");
            assertThat(ignored(server, "recidive")).contains("203.0.113.24/30");
        } finally {
            server.exec("fail2ban-client", "reload");
        }
    }

    private Approval exempt(Mailban mailban, String address, MailServer server, Duration length) {
        Planning planning = mailban.restraint()
                .planner()
                .plan(Address.of(address), length, Optional.of(new ServerName(server.name())));
        assertThat(planning).isInstanceOf(Planning.Planned.class);
        Requested requested = mailban.requests()
                .open(((Planning.Planned) planning).plan(), CAROL, "the printer", DeviceState.UNKNOWN, ROOM);
        assertThat(requested).isInstanceOf(Requested.Opened.class);
        Approval approval = ((Requested.Opened) requested).approval();
        mailban.requests().vote(approval.id(), DAVE, new Vote.Approve(), ROOM);
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> mailban.store().approvals().find(approval.id()).orElseThrow(),
                        now -> now.stage() instanceof Stage.Done);
    }

    private void failSmtp(String address, MailServer server, int times) {
        Client client = real.client(address);
        for (int i = 0; i < times; i++) {
            assertThat(client.smtpLogin(server, Account.BOB.withPassword("old")))
                    .isEqualTo(Login.WRONG_PASSWORD);
        }
    }

    private static List<String> exemptIn(MailServer server, String address) {
        return JAILS.stream()
                .filter(jail -> ignored(server, jail).lines().anyMatch(line -> line.endsWith(" " + address)))
                .toList();
    }

    private static String ignored(MailServer server, String jail) {
        return server.tryExec("fail2ban-client", "get", jail, "ignoreip").output();
    }

    private static List<String> banned(MailServer server, String jail) {
        return List.of(server.exec("fail2ban-client", "get", jail, "banip").split("\\s+"));
    }

    private static List<Act> acts(Mailban mailban) {
        return mailban.store().audit().newest(99).reversed().stream()
                .map(AuditEntry::act)
                .filter(act -> act != Act.WATCHED)
                .toList();
    }

    private Mailban open(MailServer server, String name) throws IOException {
        Path configuration = Configurations.write(directory, server.name() + "-" + name, List.of(server));
        ConfigReading reading = ConfigReader.read(configuration, Map.of());
        assertThat(reading).isInstanceOf(ConfigReading.Read.class);
        Set<PersonId> both = Set.of(CAROL.id(), DAVE.id());
        return Mailban.open(
                ((ConfigReading.Read) reading).settings(),
                new AccessPolicy(Map.of(Role.REQUESTER, both, Role.APPROVER, both), SelfApproval.SINGLE_ADDRESS),
                new TerminalChat(InstantSource.system()),
                List.of());
    }
}
