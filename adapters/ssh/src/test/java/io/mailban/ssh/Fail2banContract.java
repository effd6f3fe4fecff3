package io.mailban.ssh;

import static io.mailban.ssh.SharedSandbox.NONE;
import static io.mailban.ssh.SharedSandbox.SUDO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.ban.Address;
import io.mailban.ban.Ban;
import io.mailban.ban.BannedId;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.OtherId;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.BanListing;
import io.mailban.mailserver.Fail2banSilent;
import io.mailban.mailserver.Fail2banSilent.Cause;
import io.mailban.mailserver.Lifting;
import io.mailban.sandbox.MailServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What asking fail2ban must do, whichever way it is asked, on every suite of the sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class Fail2banContract {
    private static final Jail SASL = new Jail("postfix-sasl");
    private static final Address LAPTOP = Address.of("198.18.4.7");

    private final Fail2banClients.Way way;
    private final Function<MailServer, SshServer> reached;
    private SshMailServers mailServers = SharedSandbox.open();

    Fail2banContract(Fail2banClients.Way way) {
        this(way, server -> SharedSandbox.reached(server, SUDO, NONE));
    }

    Fail2banContract(Fail2banClients.Way way, Function<MailServer, SshServer> reached) {
        this.way = way;
        this.reached = reached;
    }

    static List<MailServer> servers() {
        return SharedSandbox.servers();
    }

    @BeforeAll
    void connect() {
        mailServers.close();
        mailServers = open(reached);
    }

    @AfterAll
    void disconnect() {
        mailServers.close();
    }

    @BeforeEach
    void liftAll() {
        for (MailServer server : servers()) {
            // Else it counts what these tests do.
            server.exec("fail2ban-client", "set", "recidive", "idle", "on");
            server.exec("fail2ban-client", "unban", "--all");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aBanIsToldWithItsBeginningAndItsEnd(MailServer server) {
        Instant before = Instant.now();
        ban(server, SASL, "198.18.4.7");
        assertThat(standing(mailServers.bans(name(server), LAPTOP)))
                .singleElement()
                .satisfies(ban -> {
                    assertThat(ban.jail()).isEqualTo(SASL);
                    assertThat(ban.id()).isEqualTo(LAPTOP);
                    assertThat(ban.since().orElseThrow()).isBetween(before.minusSeconds(2), Instant.now());
                    assertThat(Duration.between(
                                    ban.since().orElseThrow(), ban.until().orElseThrow()))
                            .isEqualTo(Duration.ofHours(1));
                });
    }

    @ParameterizedTest
    @MethodSource("servers")
    void bansOfSeveralJailsAndOfNetworksKeepAnAddressOut(MailServer server) {
        ban(server, SASL, "198.18.4.7", "198.18.4.0/24", "198.18.4.70", "198.51.100.0/24");
        ban(server, Jail.RECIDIVE, "198.18.4.7");
        assertThat(standing(mailServers.bans(name(server), LAPTOP)))
                .extracting(Ban::jail, Ban::id)
                .containsExactlyInAnyOrder(
                        tuple(SASL, LAPTOP), tuple(SASL, Network.of("198.18.4.0/24")), tuple(Jail.RECIDIVE, LAPTOP));
        assertThat(standing(mailServers.bans(name(server)))).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anAddressThatNobodyBannedIsNotBanned(MailServer server) {
        ban(server, SASL, "198.18.4.7");
        assertThat(standing(mailServers.bans(name(server), Address.of("198.18.4.70"))))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void anIpv6BanIsFoundAndLiftedInAnySpelling(MailServer server) {
        ban(server, SASL, "2001:db8::7");
        Address address = Address.of("2001:0DB8:0:0:0:0:0:7");
        assertThat(standing(mailServers.bans(name(server), address))).hasSize(1);
        assertThat(mailServers.lift(name(server), SASL, address)).isEqualTo(new Lifting.Lifted());
        assertThat(standing(mailServers.bans(name(server)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aBanIsLiftedOnceAndInOneJail(MailServer server) {
        ban(server, SASL, "198.18.4.7");
        ban(server, Jail.RECIDIVE, "198.18.4.7");
        assertThat(mailServers.lift(name(server), SASL, LAPTOP)).isEqualTo(new Lifting.Lifted());
        assertThat(mailServers.lift(name(server), SASL, LAPTOP)).isEqualTo(new Lifting.NotHeld());
        assertThat(standing(mailServers.bans(name(server), LAPTOP)))
                .extracting(Ban::jail)
                .containsExactly(Jail.RECIDIVE);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aNetworkIsLiftedOnlyWhileItsOwnBanStands(MailServer server) {
        Network network = Network.of("198.18.4.0/24");
        ban(server, SASL, "198.18.4.0/24", "198.18.4.7", "198.18.4.8");
        assertThat(mailServers.lift(name(server), SASL, network)).isEqualTo(new Lifting.Lifted());
        assertThat(mailServers.lift(name(server), SASL, network)).isEqualTo(new Lifting.NotHeld());
        assertThat(mailServers.lift(name(server), SASL, Network.of("198.18.4.0/25")))
                .isEqualTo(new Lifting.NotHeld());
        assertThat(standing(mailServers.bans(name(server))))
                .extracting(Ban::id)
                .containsExactlyInAnyOrder(LAPTOP, Address.of("198.18.4.8"));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatNoJailHoldsIsNotHeld(MailServer server) {
        assertThat(mailServers.lift(name(server), new Jail("no such jail"), LAPTOP))
                .isEqualTo(new Lifting.NotHeld());
        assertThat(mailServers.lift(name(server), SASL, new OtherId("some user")))
                .isInstanceOf(Lifting.NotLifted.class);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aJailWithAHostileNameIsAJailLikeAnyOther(MailServer server) {
        Jail hostile = new Jail("it's $(touch /tmp/owned); \"x\"");
        server.exec("fail2ban-client", "add", hostile.name(), "polling");
        try {
            server.exec("fail2ban-client", "start", hostile.name());
            ban(server, hostile, "198.18.4.7");
            assertThat(standing(mailServers.bans(name(server), LAPTOP)))
                    .singleElement()
                    .satisfies(ban -> {
                        assertThat(ban.jail()).isEqualTo(hostile);
                        assertThat(ban.since()).isPresent();
                    });
            assertThat(mailServers.lift(name(server), hostile, LAPTOP)).isEqualTo(new Lifting.Lifted());
            assertThat(server.tryExec("test", "-e", "/tmp/owned").status()).isNotZero();
        } finally {
            server.exec("fail2ban-client", "stop", hostile.name());
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void manyAskAtOnce(MailServer server) {
        ban(server, SASL, "198.18.4.7");
        List<CompletableFuture<BanListing>> listings = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CompletableFuture<BanListing> listing = new CompletableFuture<>();
            listings.add(listing);
            Thread.ofVirtual().start(() -> listing.complete(mailServers.bans(name(server), LAPTOP)));
        }
        assertThat(listings)
                .allSatisfy(listing -> assertThat(standing(listing.join())).hasSize(1));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aFail2banThatDoesNotRunIsToldAndFoundAgain(MailServer server) {
        assertThat(standing(mailServers.bans(name(server)))).isEmpty();
        server.exec("systemctl", "stop", "fail2ban");
        try {
            assertSilent(mailServers.bans(name(server)), Cause.NOT_RUNNING);
            assertThat(mailServers.lift(name(server), SASL, LAPTOP)).isInstanceOf(Fail2banSilent.class);
        } finally {
            server.exec("systemctl", "start", "fail2ban");
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> mailServers.bans(name(server)) instanceof BanListing.Standing);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aRestartOfFail2banIsNotNoticed(MailServer server) {
        ban(server, SASL, "198.18.4.7");
        assertThat(standing(mailServers.bans(name(server), LAPTOP))).hasSize(1);
        server.exec("systemctl", "restart", "fail2ban");
        // It answers before it has put its bans back; and recidive, awake again, may have added its own.
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> mailServers.bans(name(server), LAPTOP),
                        listing -> listing instanceof BanListing.Standing(var bans)
                                && bans.stream().anyMatch(ban -> ban.jail().equals(SASL)));
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aLoginThatMayNotAskIsTold(MailServer server) {
        try (SshMailServers others = open(one -> SharedSandbox.reached(one, NONE, NONE))) {
            assertSilent(others.bans(name(server)), Cause.NOT_PERMITTED);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerWithoutTheClientIsTold(MailServer server) {
        try (SshMailServers others =
                open(one -> SharedSandbox.reached(one, new CommandPrefix.Docker("no-docker-here"), NONE))) {
            assertSilent(others.bans(name(server)), Cause.NOT_INSTALLED);
        }
    }

    private static void assertSilent(BanListing listing, Cause cause) {
        assertThat(listing).isInstanceOfSatisfying(Fail2banSilent.class, silent -> {
            assertThat(silent.cause()).as(silent.words()).isEqualTo(cause);
            assertThat(silent.words()).isNotBlank();
        });
    }

    private SshMailServers open(Function<MailServer, SshServer> how) {
        return new SshMailServers(
                servers().stream().map(how).toList(), SharedSandbox.surroundings(), Duration.ofSeconds(20), way);
    }

    private static void ban(MailServer server, Jail jail, String... ids) {
        for (String id : ids) {
            server.exec("fail2ban-client", "set", jail.name(), "banip", id);
        }
        await().until(
                        () -> server.exec("fail2ban-client", "get", jail.name(), "banip"),
                        said -> List.of(ids).stream().allMatch(said::contains));
    }

    private static List<Ban> standing(BanListing listing) {
        assertThat(listing).isInstanceOf(BanListing.Standing.class);
        return listing instanceof BanListing.Standing standing ? standing.bans() : List.of();
    }

    private static Tuple tuple(Jail jail, BannedId id) {
        return Tuple.tuple(jail, id);
    }

    private static ServerName name(MailServer server) {
        return new ServerName(server.name());
    }
}
