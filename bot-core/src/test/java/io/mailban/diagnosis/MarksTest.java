package io.mailban.diagnosis;

import static io.mailban.diagnosis.Seen.LAPTOP;
import static io.mailban.diagnosis.Seen.NOW;
import static io.mailban.diagnosis.Seen.SASL;
import static io.mailban.diagnosis.Seen.ago;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.AddressScope;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.known.Recognizer;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.FirewallPlace;
import io.mailban.mailserver.FirewallSearch;
import io.mailban.mailserver.JailSettings.Closes;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MarksTest {
    private static final long DAY = 24 * 60;

    private final Diagnoser diagnoser = new Diagnoser(new Recognizer(Set.of()));

    @Test
    void connectionsSinceTheBanShowThatItHasNoEffect() {
        assertThat(marks(ban().connected(Protocol.SMTP, 5)))
                .containsExactly(new Mark.StillGetsThrough(1, Protocol.SMTP, ago(5)));
    }

    @Test
    void whatWasUnderWayWhenTheBanBeganSaysNothingAgainstIt() {
        assertThat(marks(ban().connected(Protocol.SMTP, 10))).isEmpty();
    }

    @Test
    void aLoginOnAPortThatStaysOpenIsNoSignThatTheBanFailed() {
        Seen seen = ban().closes(new Closes.Ports(List.of(25, 465, 587))).loggedIn("bob@example.org", 5);
        assertThat(marks(seen)).isEmpty();
        assertThat(marks(seen.closes(new Closes.Everything())))
                .containsExactly(new Mark.StillGetsThrough(1, Protocol.IMAP, ago(5)));
    }

    @Test
    void whileFail2banRestartsABanIsNotInForce() {
        Seen seen = ban().connected(Protocol.SMTP, 5).wasUnbanned(SASL, 6).wasBanned(SASL, 4);
        assertThat(marks(seen)).noneMatch(Mark.StillGetsThrough.class::isInstance);
    }

    @Test
    void aNetworkThatTheFirewallDoesNotHoldIsBannedInVain() {
        Seen seen = new Seen().found(SASL, 12).banned(SASL, "203.0.113.0/24", 10);
        assertThat(covered(seen).marks()).isEmpty();
        assertThat(covered(seen.inFirewall()).marks()).containsExactly(new Mark.NotInFirewall());
        assertThat(covered(seen.inFirewall(new FirewallSearch.Entry(
                                new FirewallPlace.NftSet("inet", "f2b-table", "addr-set-x"), Optional.of(SASL))))
                        .marks())
                .isEmpty();
    }

    @Test
    void aBanThatEndsWithinMinutesSaysSo() {
        assertThat(marks(new Seen().found(SASL, 58).banned(SASL, "203.0.113.7", 57)))
                .containsExactly(new Mark.EndsSoon(ago(57).plusSeconds(3600)));
    }

    @Test
    void recidiveIsNearWhenOneMoreBanWouldDo() {
        Seen seen = ban().wasBanned(SASL, 10).wasBanned(SASL, 100).wasBanned(SASL, 200);
        assertThat(marks(seen)).noneMatch(Mark.NearRecidive.class::isInstance);
        assertThat(marks(seen.wasBanned(SASL, 300))).contains(new Mark.NearRecidive(4, 5, Duration.ofDays(1)));
    }

    @Test
    void aBanByHandIsMarkedAlsoBesideAnother() {
        Seen seen = ban().failed("bob@example.org", 10).banned(Jail.RECIDIVE, "203.0.113.7", 5);
        assertThat(marks(seen)).containsExactly(new Mark.ByHand(Set.of(Jail.RECIDIVE)));
    }

    @Test
    void itComesBackWhereADeviceKeepsTrying() {
        Seen seen = ban().failed("bob@example.org", 10).wasBanned(SASL, 10).wasBanned(SASL, 90);
        assertThat(marks(seen)).isEmpty();
        seen.loggedIn("bob@example.org", 3 * DAY);
        assertThat(marks(seen)).containsExactly(new Mark.ComesBack(Optional.empty(), 2));
        for (long minutesAgo : new long[] {25, 20, 15}) {
            seen.failed("bob@example.org", minutesAgo);
        }
        assertThat(marks(seen)).containsExactly(new Mark.ComesBack(Optional.of(Duration.ofMinutes(5)), 2));
    }

    @Test
    void aBannedGatewayLocksEverybodyOut() {
        Address gateway = Address.of("172.18.0.1");
        Observation seen = new Seen()
                .banned(SASL, "172.18.0.1", 10)
                .loggedIn("172.18.0.1", "bob@example.org", 50)
                .observation();
        List<Finding> findings = diagnoser.explain(gateway, seen, NOW).findings();
        assertThat(findings)
                .singleElement()
                .isInstanceOfSatisfying(
                        Finding.Banned.class,
                        banned -> assertThat(banned.marks())
                                .contains(new Mark.SharedByMany(
                                        AddressScope.PRIVATE, Set.of(new Mailbox("bob@example.org")))));
    }

    @Test
    void manyMailboxesBehindOneAddressAreAllLockedOut() {
        Seen seen = ban();
        for (String name : List.of("ann", "bob", "carl", "dora", "emil")) {
            seen.loggedIn(name + "@example.org", 3 * DAY);
        }
        assertThat(marks(seen))
                .anySatisfy(mark -> assertThat(mark)
                        .isInstanceOfSatisfying(
                                Mark.SharedByMany.class,
                                shared -> assertThat(shared.mailboxes()).hasSize(5)));
    }

    /** Banned ten minutes ago, by something that fail2ban found. */
    private static Seen ban() {
        return new Seen().found(SASL, 10).banned(SASL, "203.0.113.7", 10);
    }

    private List<Mark> marks(Seen seen) {
        return diagnoser.explain(LAPTOP, seen.observation(), NOW).findings().stream()
                .filter(Finding.Banned.class::isInstance)
                .map(Finding.Banned.class::cast)
                .findFirst()
                .orElseThrow()
                .marks();
    }

    private Finding.CoveredByNetwork covered(Seen seen) {
        return (Finding.CoveredByNetwork)
                diagnoser.explain(LAPTOP, seen.observation(), NOW).worst();
    }
}
