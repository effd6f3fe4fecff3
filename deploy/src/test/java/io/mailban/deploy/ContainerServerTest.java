package io.mailban.deploy;

import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.diagnosis.BanCause;
import io.mailban.diagnosis.Finding;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Lifting;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Client;
import io.mailban.sandbox.Container;
import io.mailban.sandbox.Login;
import io.mailban.sandbox.MailServer;
import io.mailban.sandbox.Sandbox;
import io.mailban.ssh.CommandPrefix;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** A mail server in a container: what counts is inside, the paths, the zone and the firewall. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContainerServerTest {
    private static final Jail SASL = new Jail("postfix-sasl");

    private Sandbox sandbox;
    private MailServer host;
    private Container container;

    @BeforeAll
    void boot() {
        sandbox = Sandbox.start("mail1=trixie");
        host = sandbox.server("mail1");
        container = Container.on(host, "mailserver");
    }

    @AfterAll
    void end() {
        sandbox.close();
    }

    @Test
    void aBanInsideIsFoundExplainedAndLifted() {
        String address = "203.0.113.7";
        Client client = sandbox.client(address);
        Instant before = Instant.now().minusSeconds(2);
        assertThat(client.imapLogin(host, Account.BOB)).isEqualTo(Login.LOGGED_IN);
        for (int i = 0; i < 3; i++) {
            assertThat(client.smtpLogin(host, Account.BOB.withPassword("old"))).isEqualTo(Login.WRONG_PASSWORD);
        }
        // The firewall that refuses it is the container's; the host's knows nothing.
        await().untilAsserted(() ->
                assertThat(container.exec("nft", "list", "ruleset")).contains(address));
        assertThat(host.exec("nft", "list", "ruleset")).doesNotContain(address);
        assertThat(client.imapLogin(host, Account.BOB)).isEqualTo(Login.REFUSED);

        try (Reach reach = reach(inside())) {
            Finding.Banned banned = reach.worst(Finding.Banned.class, address);
            assertThat(banned.bans()).extracting(ban -> ban.jail()).containsExactly(SASL);
            // Read in the host's zone, Asia/Kolkata, it would be hours ago.
            assertThat(banned.since().orElseThrow()).isBetween(before, Instant.now());
            assertThat(banned.cause()).isInstanceOfSatisfying(BanCause.FailedLogins.class, cause -> {
                assertThat(cause.attempts()).isEqualTo(3);
                assertThat(cause.protocol()).contains(Protocol.SMTP);
                assertThat(cause.last()).isBetween(before, Instant.now());
            });
            assertThat(reach.ssh().lift(reach.name(), SASL, Address.of(address)))
                    .isInstanceOf(Lifting.Lifted.class);
        }
        assertThat(container.exec("nft", "list", "ruleset")).doesNotContain(address);
        assertThat(client.imapLogin(host, Account.BOB)).isEqualTo(Login.LOGGED_IN);
    }

    @Test
    void itIsDescribedAsItIsInside() {
        try (Reach reach = reach(inside())) {
            assertThat(reach.ssh().describe(reach.name())).isInstanceOfSatisfying(Description.Described.class, is -> {
                assertThat(is.zone()).isIn(ZoneId.of("Etc/UTC"), ZoneOffset.UTC);
                assertThat(is.mailLogs()).containsExactly("/var/log/mail.log");
                assertThat(is.jails()).extracting(jail -> jail.jail()).contains(SASL);
            });
        }
    }

    @Test
    void outsideThereIsNothingAndAnotherNameIsNoContainer() {
        try (Reach reach = reach(new CommandPrefix.Sudo())) {
            assertThat(reach.ssh().bans(reach.name()))
                    .isInstanceOfSatisfying(
                            Fail2banSilent.class,
                            silent -> assertThat(silent.cause()).isEqualTo(Fail2banSilent.Cause.NOT_RUNNING));
        }
        try (Reach reach = reach(new CommandPrefix.SudoDocker("mailserver2"))) {
            BanListing asked = reach.ssh().bans(reach.name());
            assertThat(asked).isInstanceOfSatisfying(Fail2banSilent.class, silent -> {
                assertThat(silent.cause()).isEqualTo(Fail2banSilent.Cause.NOT_RUNNING);
                assertThat(silent.words()).contains("No such container: mailserver2");
            });
        }
    }

    private CommandPrefix inside() {
        return new CommandPrefix.SudoDocker(container.name());
    }

    private Reach reach(CommandPrefix prefix) {
        return new Reach(sandbox, RealServers.reached(host, prefix, prefix));
    }
}
