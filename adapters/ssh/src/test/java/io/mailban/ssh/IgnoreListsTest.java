package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.IgnoreListing;
import io.mailban.mailserver.Ignoring;
import io.mailban.sandbox.MailServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** fail2ban's own list of those never banned, on every suite of the sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IgnoreListsTest {
    private static final Jail SASL = new Jail("postfix-sasl");
    private static final Address LAPTOP = Address.of("203.0.113.7");
    private static final Address TABLET = Address.of("2001:DB8:0:0:0:0:0:7");

    private final SshMailServers mailServers = SharedSandbox.open(servers().stream()
            .map(server -> SharedSandbox.reached(server, SharedSandbox.SUDO, SharedSandbox.NONE))
            .toArray(SshServer[]::new));

    static List<MailServer> servers() {
        return SharedSandbox.servers();
    }

    @AfterAll
    void disconnect() {
        mailServers.close();
    }

    @BeforeEach
    void forgetEntries() {
        servers().forEach(server -> server.exec("fail2ban-client", "reload"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void everyRunningJailIsListed(MailServer server) {
        assertThat(listed(server).keySet()).containsExactly(new Jail("dovecot-invalid"), SASL, Jail.RECIDIVE);
        assertThat(listed(server).values()).allMatch(List::isEmpty);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anEntryIsAddedOnceAndTakenOffOnce(MailServer server) {
        for (Address address : List.of(LAPTOP, TABLET)) {
            assertThat(mailServers.ignore(name(server), SASL, address)).isEqualTo(new Ignoring.Changed());
            assertThat(mailServers.ignore(name(server), SASL, address)).isEqualTo(new Ignoring.StoodAlready());
        }
        assertThat(listed(server).get(SASL)).containsExactlyInAnyOrder(LAPTOP, TABLET);
        assertThat(listed(server)).containsEntry(Jail.RECIDIVE, List.of());
        for (Address address : List.of(LAPTOP, TABLET)) {
            assertThat(mailServers.heed(name(server), SASL, address)).isEqualTo(new Ignoring.Changed());
            assertThat(mailServers.heed(name(server), SASL, address)).isEqualTo(new Ignoring.NotThere());
        }
        assertThat(listed(server)).containsEntry(SASL, List.of());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aNetworkAroundItIsSomebodyElsesAndStays(MailServer server) {
        server.exec("fail2ban-client", "set", SASL.name(), "addignoreip", "203.0.113.0/24");
        assertThat(mailServers.ignore(name(server), SASL, LAPTOP)).isEqualTo(new Ignoring.StoodAlready());
        assertThat(mailServers.heed(name(server), SASL, LAPTOP)).isEqualTo(new Ignoring.NotThere());
        assertThat(listed(server)).containsEntry(SASL, List.of(Network.of("203.0.113.0/24")));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aJailThatDoesNotRunIsTold(MailServer server) {
        Jail none = new Jail("no such jail");
        assertThat(mailServers.ignore(name(server), none, LAPTOP))
                .isInstanceOfSatisfying(
                        Ignoring.NotChanged.class,
                        refused -> assertThat(refused.words()).contains("does not exist"));
        assertThat(mailServers.heed(name(server), none, LAPTOP)).isEqualTo(new Ignoring.NotThere());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aRestartForgetsTheEntryAndASilentFail2banIsTold(MailServer server) {
        assertThat(mailServers.ignore(name(server), SASL, LAPTOP)).isEqualTo(new Ignoring.Changed());
        server.exec("systemctl", "stop", "fail2ban");
        try {
            assertThat(mailServers.ignored(name(server))).isInstanceOf(Fail2banSilent.class);
            assertThat(mailServers.ignore(name(server), SASL, LAPTOP)).isInstanceOf(Fail2banSilent.class);
        } finally {
            server.exec("systemctl", "start", "fail2ban");
        }
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> mailServers.ignored(name(server)),
                        listing -> listing instanceof IgnoreListing.Listed(var entries) && entries.size() == 3);
        assertThat(listed(server)).containsEntry(SASL, List.of());
    }

    private Map<Jail, List<BannedId>> listed(MailServer server) {
        IgnoreListing listing = mailServers.ignored(name(server));
        assertThat(listing).isInstanceOf(IgnoreListing.Listed.class);
        return listing instanceof IgnoreListing.Listed(var entries) ? entries : Map.of();
    }

    private static ServerName name(MailServer server) {
        return new ServerName(server.name());
    }
}
