package io.mailban.diagnosis;

import static io.mailban.diagnosis.Seen.LAPTOP;
import static io.mailban.diagnosis.Seen.NOW;
import static io.mailban.diagnosis.Seen.SASL;
import static io.mailban.diagnosis.Seen.ago;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.known.Recognizer;
import io.mailban.known.Whose;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Unreachable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class DiagnoserTest {
    private static final long DAY = 24 * 60;

    private final Diagnoser diagnoser = new Diagnoser(new Recognizer(Set.of()));

    @Test
    void aBanIsExplainedByTheFailuresThatFail2banCounted() {
        Finding.Banned banned = banned(new Seen()
                .failed("alice@example.org", 300)
                .failed("bob@example.org", 9)
                .found(SASL, 9)
                .failed("bob@example.org", 8)
                .found(SASL, 8)
                .failed("bob@example.org", 7)
                .found(SASL, 7)
                .banned(SASL, "203.0.113.7", 7));
        assertThat(banned.cause())
                .isEqualTo(new BanCause.FailedLogins(
                        3,
                        Set.of(new Mailbox("bob@example.org")),
                        Optional.of(Protocol.SMTP),
                        Cause.WRONG_PASSWORD,
                        ago(9),
                        ago(7),
                        Rhythm.NOT_TOLD));
    }

    @Test
    void aServerThatGoesAwayAfterItsBansAreReadIsUnreachable() {
        Observation seen = new Seen().observation();
        Obstacle obstacle = new Obstacle.Broken("mail1", "channel is not opened");
        Observation halfway = new Observation(
                seen.server(),
                seen.bans(),
                seen.description(),
                new Unreachable(seen.server(), obstacle),
                seen.deliveries(),
                seen.evidence(),
                seen.firewall());

        assertThat(diagnoser.explain(LAPTOP, halfway, NOW).findings())
                .containsExactly(new Finding.ServerUnreachable(obstacle, Optional.empty()));
    }

    @Test
    void theFailuresOfAnEarlierBanAreUsedUp() {
        Seen seen = new Seen().wasBanned(SASL, 8).wasUnbanned(SASL, 6).banned(SASL, "203.0.113.7", 3);
        for (long minutesAgo : new long[] {9, 9, 8, 5, 4, 3}) {
            seen.failed("bob@example.org", minutesAgo).found(SASL, minutesAgo);
        }
        assertThat(banned(seen).cause())
                .isInstanceOfSatisfying(
                        BanCause.FailedLogins.class,
                        cause -> assertThat(cause.attempts()).isEqualTo(3));
    }

    @Test
    void aBanWithoutAFailureWasMadeByHandIfTheLogReachesBack() {
        assertThat(banned(new Seen().banned(SASL, "203.0.113.7", 7)).cause()).isEqualTo(new BanCause.ByHand());
        assertThat(banned(new Seen().banned(SASL, "203.0.113.7", 7).logsBegin(8))
                        .cause())
                .isEqualTo(new BanCause.NotInLogs());
    }

    @Test
    void recidiveIsExplainedByTheBansBeforeIt() {
        Seen seen = new Seen().banned(Jail.RECIDIVE, "203.0.113.7", 1);
        for (int i = 1; i <= 5; i++) {
            seen.wasBanned(SASL, i * 60L);
        }
        assertThat(banned(seen).cause()).isEqualTo(new BanCause.BannedBefore(5, ago(60)));
    }

    @Test
    void linesThatAreNoFailedLoginsAreSaidToBeOthers() {
        assertThat(banned(new Seen().found(SASL, 8).found(SASL, 7).banned(SASL, "203.0.113.7", 7))
                        .cause())
                .isEqualTo(new BanCause.OtherLines(2, ago(7)));
    }

    @Test
    void anAddressAndTheNetworkAroundItAreTwoFindingsTheBanLeading() {
        List<Finding> findings =
                findings(new Seen().banned(SASL, "203.0.113.0/24", 60).banned(SASL, "203.0.113.7", 5));
        assertThat(findings)
                .extracting(finding -> finding.getClass().getSimpleName())
                .containsExactly("Banned", "CoveredByNetwork");
    }

    @Test
    void failuresCountSinceTheLastBanAndWithinFindTime() {
        List<Finding> findings = findings(new Seen()
                .found(SASL, 9)
                .wasBanned(SASL, 8)
                .wasUnbanned(SASL, 5)
                .found(SASL, 4)
                .failed("bob@example.org", 4)
                .found(SASL, 30));
        assertThat(findings.getFirst())
                .isInstanceOfSatisfying(
                        Finding.Failing.class,
                        failing -> assertThat(failing.failures()).isEqualTo(1));
    }

    @Test
    void nothingIsSaidToBeNotBannedWhereTheBansAreNotKnown() {
        assertThat(findings(new Seen().fail2banStopped().found(SASL, 4).failed("bob@example.org", 4)))
                .singleElement()
                .isInstanceOf(Finding.Fail2banDown.class);
    }

    @Test
    void aBanThatEndedIsNoFailureForRecidiveUntilTheNextWouldBeALongOne() {
        Seen seen = new Seen().wasBanned(SASL, 60).found(Jail.RECIDIVE, 60).wasUnbanned(SASL, 50);
        assertThat(findings(seen)).singleElement().isInstanceOf(Finding.BanEnded.class);
        for (int i = 2; i <= 4; i++) {
            seen.found(Jail.RECIDIVE, 60L - i);
        }
        assertThat(findings(seen).getFirst())
                .isInstanceOfSatisfying(
                        Finding.Failing.class,
                        failing -> assertThat(failing.failures()).isEqualTo(4));
    }

    @Test
    void aGoodLoginAfterTheFailuresMeansThatItGetsIn() {
        assertThat(findings(
                        new Seen().found(SASL, 5).failed("bob@example.org", 5).loggedIn("bob@example.org", 4)))
                .singleElement()
                .isInstanceOf(Finding.GettingIn.class);
    }

    @Test
    void aBanThatEndedWithoutALoginSinceIsTold() {
        assertThat(findings(new Seen()
                        .loggedIn("bob@example.org", 90)
                        .wasBanned(SASL, 60)
                        .wasUnbanned(SASL, 3)))
                .singleElement()
                .isEqualTo(new Finding.BanEnded(LAPTOP, SASL, ago(3)));
    }

    @Test
    void anExemptAddressThatIsSilentIsExemptAndUntraced() {
        assertThat(findings(new Seen().exempt("203.0.113.0/24")))
                .extracting(finding -> finding.getClass().getSimpleName())
                .containsExactly("Exempt", "NoTrace");
    }

    @Test
    void anAddressIsKnownByGoodLoginsOnTwoDaysBeforeItFailed() {
        Seen seen = new Seen()
                .loggedIn("bob@example.org", 3 * DAY)
                .loggedIn("bob@example.org", 2 * DAY)
                .failed("bob@example.org", 9)
                .banned(SASL, "203.0.113.7", 7);
        assertThat(banned(seen).whose())
                .isEqualTo(new Whose.Known(new Mailbox("bob@example.org"), 2, ago(3 * DAY), Set.of()));
    }

    @Test
    void aGuesserWhoUsesBobsNameIsUnknown() {
        Seen seen = new Seen().failed("bob@example.org", 9).banned(SASL, "203.0.113.7", 7);
        assertThat(banned(seen).whose()).isEqualTo(new Whose.Unknown(Set.of(new Mailbox("bob@example.org"))));
    }

    @Test
    void aThiefWhoGotInAfterFailingIsNotTakenForTheOwner() {
        Seen seen = new Seen()
                .failed("bob@example.org", 3 * DAY)
                .loggedIn("bob@example.org", 3 * DAY - 1)
                .failed("bob@example.org", 2 * DAY + 60)
                .loggedIn("bob@example.org", DAY + 50)
                .failed("bob@example.org", DAY + 61)
                .failed("bob@example.org", 9)
                .banned(SASL, "203.0.113.7", 7);
        assertThat(banned(seen).whose()).isInstanceOfAny(Whose.Unknown.class, Whose.Perhaps.class);
    }

    @Test
    void manyFailingNamesAreNobodysHoweverManyLoginsThereWere() {
        Seen seen = new Seen().loggedIn("bob@example.org", 3 * DAY).loggedIn("bob@example.org", 2 * DAY);
        for (String name : List.of("admin", "info", "test")) {
            seen.failed(name + "@example.org", 9);
        }
        seen.loggedIn("info@example.org", 8).banned(SASL, "203.0.113.7", 7);
        assertThat(banned(seen).whose()).isInstanceOfSatisfying(Whose.Suspicious.class, whose -> {
            assertThat(whose.names()).hasSize(3);
            assertThat(whose.gotIn()).containsExactly(new Mailbox("info@example.org"));
            assertThat(whose.regulars()).containsExactly(new Mailbox("bob@example.org"));
        });
        assertThat(findings(seen).getFirst())
                .isEqualTo(new Finding.GuessWorked(
                        LAPTOP,
                        Set.of(
                                new Mailbox("admin@example.org"),
                                new Mailbox("info@example.org"),
                                new Mailbox("test@example.org")),
                        Set.of(new Mailbox("info@example.org")),
                        ago(8)));
    }

    @Test
    void aListedAddressIsTheOperatorsWhateverTheLogsSay() {
        Diagnoser listing = new Diagnoser(new Recognizer(Set.of(LAPTOP)));
        Seen seen = new Seen().failed("bob@example.org", 9).banned(SASL, "203.0.113.7", 7);
        assertThat(listing.explain(LAPTOP, seen.observation(), NOW).worst())
                .isInstanceOfSatisfying(
                        Finding.Banned.class,
                        banned -> assertThat(banned.whose()).isEqualTo(new Whose.Listed()));
    }

    @Test
    void aPrivateAddressIsNotWhatTheServerSees() {
        assertThat(diagnoser
                        .explain(Address.of("10.0.0.7"), new Seen().observation(), NOW)
                        .worst())
                .isInstanceOf(Finding.NotPublic.class);
    }

    private Finding.Banned banned(Seen seen) {
        return (Finding.Banned) findings(seen).stream()
                .filter(Finding.Banned.class::isInstance)
                .findFirst()
                .orElseThrow();
    }

    private List<Finding> findings(Seen seen) {
        return diagnoser.explain(LAPTOP, seen.observation(), NOW).findings();
    }
}
