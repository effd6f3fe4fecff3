package io.mailban.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.Ignoring;
import io.mailban.sandbox.MailServer;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The gate never takes an exemption away that it has not made. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GateExemptionTest {
    private static final String REFUSED = "mailban-gate: refused: ";

    static List<MailServer> servers() {
        return SharedSandbox.servers();
    }

    @BeforeAll
    void install() {
        servers().forEach(MailServer::installGate);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatItAddedItTakesAwayOnce(MailServer server) {
        GateVisitor visitor = new GateVisitor(server);
        assertThat(visitor.tell(add("203.0.113.51"), add("203.0.113.51"), add("2001:db8::51")))
                .noneMatch(answer -> answer.startsWith(REFUSED));
        assertThat(exempt(server)).contains("203.0.113.51", "2001:db8::51");
        // Another session, as after a restart of the bot.
        assertThat(visitor.tell(take("203.0.113.51"), take("203.0.113.51")))
                .satisfiesExactly(
                        first -> assertThat(first).doesNotStartWith(REFUSED),
                        second -> assertThat(second).startsWith(REFUSED));
        assertThat(exempt(server)).doesNotContain("203.0.113.51").contains("2001:db8::51");
        visitor.tell(take("2001:db8::51"));
        assertThat(exempt(server)).doesNotContain("2001:db8::51");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatStoodBeforeStays(MailServer server) {
        GateVisitor visitor = new GateVisitor(server);
        server.exec("fail2ban-client", "set", "postfix-sasl", "addignoreip", "203.0.113.50");
        assertThat(visitor.tell(take("203.0.113.50"), add("203.0.113.50"), take("203.0.113.50")))
                .hasSize(3)
                .allMatch(answer -> answer.startsWith(REFUSED));
        assertThat(exempt(server)).contains("203.0.113.50");
        server.exec("fail2ban-client", "set", "postfix-sasl", "delignoreip", "203.0.113.50");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatItAddedBeforeFail2banWasRestartedIsNotItsOwnAnyMore(MailServer server) {
        GateVisitor visitor = new GateVisitor(server);
        visitor.tell(add("203.0.113.52"));
        server.exec("systemctl", "restart", "fail2ban");
        await().until(() -> server.tryExec("fail2ban-client", "get", "postfix-sasl", "ignoreip")
                        .status()
                == 0);
        assertThat(exempt(server)).doesNotContain("203.0.113.52");
        server.exec("fail2ban-client", "set", "postfix-sasl", "addignoreip", "203.0.113.52");
        assertThat(visitor.tell(take("203.0.113.52"))).allMatch(answer -> answer.startsWith(REFUSED));
        assertThat(exempt(server)).contains("203.0.113.52");
        server.exec("fail2ban-client", "set", "postfix-sasl", "delignoreip", "203.0.113.52");
    }

    @ParameterizedTest
    @MethodSource("servers")
    void mailbanIsToldWhichIsWhich(MailServer server) {
        ServerName name = new ServerName(server.name());
        Jail jail = new Jail("postfix-sasl");
        Address own = Address.of("203.0.113.53");
        Address operators = Address.of("203.0.113.54");
        server.exec("fail2ban-client", "set", "postfix-sasl", "addignoreip", operators.text());
        try (SshMailServers mailServers = SharedSandbox.open(SharedSandbox.gated(server))) {
            assertThat(mailServers.ignore(name, jail, own)).isEqualTo(new Ignoring.Changed());
            assertThat(mailServers.ignore(name, jail, own)).isEqualTo(new Ignoring.StoodAlready());
            assertThat(mailServers.heed(name, jail, own)).isEqualTo(new Ignoring.Changed());
            assertThat(mailServers.heed(name, jail, own)).isEqualTo(new Ignoring.NotThere());
            // The gate refuses, since nothing of ours is there.
            assertThat(mailServers.heed(name, jail, operators)).isEqualTo(new Ignoring.NotThere());
            assertThat(exempt(server)).contains(operators.text());
        }
        server.exec("fail2ban-client", "set", "postfix-sasl", "delignoreip", operators.text());
    }

    private static String add(String address) {
        return "set postfix-sasl addignoreip " + address;
    }

    private static String take(String address) {
        return "set postfix-sasl delignoreip " + address;
    }

    private static String exempt(MailServer server) {
        return server.exec("fail2ban-client", "get", "postfix-sasl", "ignoreip");
    }
}
