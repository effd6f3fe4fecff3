package io.mailban.report;

import static io.mailban.report.Logbook.DOVECOT;
import static io.mailban.report.Logbook.NOW;
import static io.mailban.report.Logbook.SASL;
import static io.mailban.report.Logbook.ago;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.maillog.Protocol;
import io.mailban.report.JailReview.Advice;
import io.mailban.report.StaleDevice.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReportFoldTest {
    private static final String LAPTOP = "203.0.113.7";
    private static final String BOB = "bob@example.org";
    private static final Device BOBS_LAPTOP = new Device(Address.of(LAPTOP), Optional.of(new Mailbox(BOB)));

    @Test
    void aKnownUsersBanIsALockOut() {
        Report report = new Logbook()
                .atHome(LAPTOP, BOB, 20, 5)
                .lockedOut(LAPTOP, BOB, ago("P3D"))
                .report();

        assertThat(report.lockOuts())
                .containsExactly(new LockOut(
                        Address.of(LAPTOP),
                        Set.of(new Mailbox(BOB)),
                        List.of(SASL),
                        ago("P3D"),
                        ago("P3D").plusSeconds(600),
                        Duration.ofMinutes(10),
                        Why.WRONG_PASSWORD));
        assertThat(report.others().bans()).isZero();
        assertThat(report.stale()).isEmpty();
    }

    @Test
    void aStalePasswordOverDaysIsOneDeviceLockedOutAgainAndAgain() {
        Logbook book = new Logbook().atHome(LAPTOP, BOB, 20, 5);
        for (int hours = 72; hours > 0; hours--) {
            book.lockedOut(LAPTOP, BOB, NOW.minus(Duration.ofHours(hours)));
        }
        Report report = book.failed(LAPTOP, BOB, ago("PT2M"))
                .failed(LAPTOP, BOB, ago("PT1M"))
                .report();

        assertThat(report.lockOuts()).hasSize(72);
        assertThat(report.devices()).singleElement().satisfies(total -> {
            assertThat(total.device()).isEqualTo(BOBS_LAPTOP);
            assertThat(total.lockOuts()).isEqualTo(72);
            assertThat(total.lasted()).isEqualTo(Duration.ofHours(12));
        });
        assertThat(report.stale()).singleElement().satisfies(stale -> {
            assertThat(stale.device()).isEqualTo(BOBS_LAPTOP);
            assertThat(stale.protocol()).contains(Protocol.SMTP);
            assertThat(stale.failures()).isEqualTo(72 * 3 + 2);
            assertThat(stale.since()).isEqualTo(ago("PT72H").minusSeconds(40));
            assertThat(stale.standing()).isEqualTo(new Standing.Counted(SASL, 2, 3, Duration.ofMinutes(10)));
        });
    }

    @Test
    void aDeviceThatGotInAgainIsNotStale() {
        Logbook book = new Logbook().atHome(LAPTOP, BOB, 20, 0);
        for (int i = 0; i < 5; i++) {
            book.failed(LAPTOP, BOB, ago("PT2H").plusSeconds(900L * i));
        }
        assertThat(book.report().stale()).as("IMAP works, SMTP does not").hasSize(1);
        Logbook mended = new Logbook().atHome(LAPTOP, BOB, 20, 5);
        mended.failed(LAPTOP, BOB, ago("PT50H"))
                .failed(LAPTOP, BOB, ago("PT49H"))
                .failed(LAPTOP, BOB, ago("PT48H"));
        assertThat(mended.report().stale()).as("nothing for two days").isEmpty();
    }

    @Test
    void aBannedDeviceIsToldAsBanned() {
        Report report = new Logbook()
                .banTime(Duration.ofHours(1))
                .atHome(LAPTOP, BOB, 20, 5)
                .failed(LAPTOP, BOB, ago("PT3M"))
                .failed(LAPTOP, BOB, ago("PT2M"))
                .failed(LAPTOP, BOB, ago("PT1M"))
                .banned(SASL, LAPTOP, ago("PT1M"))
                .standsNow(SASL, LAPTOP)
                .report();

        assertThat(report.stale())
                .singleElement()
                .extracting(StaleDevice::standing)
                .isEqualTo(new Standing.Banned(SASL, Optional.of(NOW.plusSeconds(300))));
        assertThat(report.lockOuts()).singleElement().extracting(LockOut::until).isEqualTo(NOW);
        assertThat(report.lasted()).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void aGuesserWithBobsNameIsNobodyOfOurs() {
        Report report = new Logbook()
                .atHome(LAPTOP, BOB, 20, 1)
                .lockedOut("198.51.100.9", BOB, ago("P3D"))
                .lockedOut("198.51.100.9", BOB, ago("P2D"))
                .report();

        assertThat(report.lockOuts()).isEmpty();
        assertThat(report.others()).isEqualTo(new Report.Others(2, 1, 1));
    }

    @Test
    void aThiefWhoGotInAfterGuessingIsNobodyOfOurs() {
        String thief = "198.51.100.9";
        Report report = new Logbook()
                .atHome(LAPTOP, BOB, 20, 1)
                .failed(thief, "alice@example.org", ago("P9D"))
                .failed(thief, "carol@example.org", ago("P9D").plusSeconds(9))
                .failed(thief, BOB, ago("P9D").plusSeconds(20))
                .login(thief, BOB, ago("P9D").plusSeconds(60))
                .login(thief, BOB, ago("P8D").plusSeconds(60))
                .lockedOut(thief, "dave@example.org", ago("P8D").plusSeconds(600))
                .report();

        assertThat(report.lockOuts()).isEmpty();
        assertThat(report.perhaps()).isZero();
        assertThat(report.stale()).isEmpty();
        assertThat(report.others().bans()).isEqualTo(1);
    }

    @Test
    void loginsOnOneDayMakeItPerhaps() {
        Report report = new Logbook()
                .login(LAPTOP, BOB, ago("P10D"))
                .lockedOut(LAPTOP, BOB, ago("P3D"))
                .report();

        assertThat(report.lockOuts()).isEmpty();
        assertThat(report.perhaps()).isEqualTo(1);
    }

    @Test
    void bansThatOverlapAreOneLockOutOfTheirUnion() {
        Instant at = ago("P3D");
        Report report = new Logbook()
                .atHome(LAPTOP, BOB, 20, 5)
                .lockedOut(LAPTOP, BOB, at)
                .banned(DOVECOT, LAPTOP, at.plusSeconds(300))
                .unbanned(DOVECOT, LAPTOP, at.plusSeconds(900))
                .report();

        assertThat(report.lockOuts()).singleElement().satisfies(lockOut -> {
            assertThat(lockOut.jails()).containsExactly(SASL, DOVECOT);
            assertThat(lockOut.lasted()).isEqualTo(Duration.ofMinutes(15));
        });
        assertThat(report.byJail()).containsEntry(SASL, 1).containsEntry(DOVECOT, 1);
    }

    @Test
    void bansAreCutOffAtThePeriodsEnds() {
        Report report = new Logbook()
                .banTime(Duration.ofDays(2))
                .atHome(LAPTOP, BOB, 40, 32)
                .banned(SASL, LAPTOP, ago("P31D"))
                .unbanned(SASL, LAPTOP, ago("P29D"))
                .atHome("203.0.113.8", "alice@example.org", 20, 2)
                .banned(SASL, "203.0.113.8", ago("PT1H"))
                .report();

        assertThat(report.lockOuts())
                .extracting(LockOut::since, LockOut::until, LockOut::lasted)
                .containsExactly(
                        tuple(ago("P30D"), ago("P29D"), Duration.ofDays(1)),
                        tuple(ago("PT1H"), NOW, Duration.ofHours(1)));
    }

    @Test
    void aRestartIsNoSecondLockOut() {
        Instant at = ago("P3D");
        Report report = new Logbook()
                .banTime(Duration.ofHours(1))
                .atHome(LAPTOP, BOB, 20, 5)
                .failed(LAPTOP, BOB, at.minusSeconds(9))
                .banned(SASL, LAPTOP, at)
                .stopped(at.plusSeconds(600))
                .unbanned(SASL, LAPTOP, at.plusSeconds(600))
                .started(at.plusSeconds(660))
                .restored(SASL, LAPTOP, at.plusSeconds(661))
                .unbanned(SASL, LAPTOP, at.plusSeconds(3600))
                .report();

        assertThat(report.lockOuts()).singleElement().satisfies(lockOut -> {
            assertThat(lockOut.lasted()).isEqualTo(Duration.ofSeconds(3600 - 61));
            assertThat(lockOut.jails()).containsExactly(SASL);
        });
    }

    @Test
    void aPlainBanAtARestartOfOldFail2banIsNoSecondLockOut() {
        Instant at = ago("P3D");
        Report report = new Logbook()
                .banTime(Duration.ofHours(1))
                .atHome(LAPTOP, BOB, 20, 5)
                .banned(SASL, LAPTOP, at)
                .unbanned(SASL, LAPTOP, at.plusSeconds(600))
                .stopped(at.plusSeconds(601))
                .started(at.plusSeconds(605))
                .banned(SASL, LAPTOP, at.plusSeconds(607))
                .unbanned(SASL, LAPTOP, at.plusSeconds(3600))
                .report();

        assertThat(report.lockOuts()).hasSize(1);
        assertThat(report.lasted()).isEqualTo(Duration.ofSeconds(3600 - 7));
        assertThat(report.byCause()).containsOnlyKeys(Why.BY_HAND);
    }

    @Test
    void aBannedNetworkLocksOutWhoIsInIt() {
        Report report = new Logbook()
                .atHome(LAPTOP, BOB, 20, 5)
                .banned(SASL, "203.0.113.0/24", ago("P3D"))
                .unbanned(SASL, "203.0.113.0/24", ago("P2D"))
                .report();

        // Its end comes after the ban time, but the log's word counts.
        assertThat(report.lasted()).isEqualTo(Duration.ofDays(1));
    }

    @Test
    void theOperatorsOwnAddressesAreKnownWithoutALogin() {
        Report report = new Logbook()
                .lockedOut(LAPTOP, BOB, ago("P3D"))
                .report(new ReportFold.Bounds(1000, 1000, 1000, 1000), Set.of(Address.of(LAPTOP)));

        assertThat(report.lockOuts())
                .singleElement()
                .satisfies(lockOut -> assertThat(lockOut.devices()).containsExactly(BOBS_LAPTOP));
    }

    @Test
    void theSmallestMaxretryThatSparesEverybodyIsToldWithItsPrice() {
        Instant at = ago("P3D");
        Logbook book = new Logbook().atHome(LAPTOP, BOB, 20, 5).lockedOut(LAPTOP, BOB, at);
        for (int i = 0; i < 10; i++) {
            book.lockedOut("198.51.100.9", BOB, ago("P2D").plusSeconds(700L * i));
        }
        JailReview review = book.report().jails().getFirst();

        assertThat(review.jail()).isEqualTo(SASL);
        assertThat(review.knownBans()).isEqualTo(1);
        assertThat(review.otherBans()).isEqualTo(10);
        assertThat(review.seenAgain()).isEqualTo(review.replayed()).isEqualTo(11);
        assertThat(review.advice()).isInstanceOfSatisfying(Advice.Change.class, change -> {
            assertThat(change.setting().maxRetry()).isEqualTo(4);
            assertThat(change.setting().findTime()).isEqualTo(Duration.ofMinutes(10));
            assertThat(change.setting().price().bans()).isEqualTo(10);
            assertThat(change.setting().price().missed()).isZero();
            assertThat(change.setting().price().delay()).isEqualTo(Duration.ofSeconds(20));
        });
    }

    @Test
    void aDeviceThatTriesEveryTenSecondsIsSparedByAShorterFindtimeAlone() {
        Logbook book = new Logbook().atHome(LAPTOP, BOB, 20, 5);
        Instant at = ago("P3D");
        for (int ban = 0; ban < 5; ban++) {
            for (int i = 0; i < 3; i++) {
                book.failed(LAPTOP, BOB, at.plusSeconds(630L * ban + 10L * i));
            }
            book.banned(SASL, LAPTOP, at.plusSeconds(630L * ban + 20));
            book.unbanned(SASL, LAPTOP, at.plusSeconds(630L * ban + 620));
        }
        Advice advice = book.report().jails().getFirst().advice();

        // Thirty and more tries fall within ten and within five minutes: such a maxretry would keep nobody out.
        assertThat(advice).isInstanceOfSatisfying(Advice.Change.class, change -> {
            assertThat(change.setting().findTime()).isEqualTo(Duration.ofMinutes(2));
            assertThat(change.setting().maxRetry()).isBetween(12, 14);
            assertThat(change.sameFindTime()).isEmpty();
        });
    }

    @Test
    void aSettingThatLetsMostAttackersGoIsNotAdvised() {
        Logbook book = new Logbook().atHome(LAPTOP, BOB, 20, 5);
        // The device tries a fourth time at once; the attackers never do.
        book.lockedOut(LAPTOP, BOB, ago("P3D"))
                .lockedOut(LAPTOP, BOB, ago("P3D").plusSeconds(605));
        for (int i = 0; i < 10; i++) {
            book.lockedOut("198.51.100." + i, BOB, ago("P2D").plusSeconds(700L * i));
        }
        Advice advice = book.report().jails().getFirst().advice();

        assertThat(advice).isInstanceOfSatisfying(Advice.TooDear.class, dear -> {
            assertThat(dear.least().maxRetry()).isGreaterThan(3);
            assertThat(dear.least().price().bans()).isEqualTo(10);
            assertThat(dear.least().price().missed()).isEqualTo(10);
        });
    }

    @Test
    void noSettingSparesADeviceThatTriesEverySecond() {
        Logbook book = new Logbook().atHome(LAPTOP, BOB, 20, 5);
        for (int ban = 0; ban < 3; ban++) {
            Instant at = ago("P3D").plusSeconds(610L * ban);
            for (int i = 0; i < 3; i++) {
                book.failed(LAPTOP, BOB, at.plusSeconds(i));
            }
            book.banned(SASL, LAPTOP, at.plusSeconds(2)).unbanned(SASL, LAPTOP, at.plusSeconds(602));
        }

        assertThat(book.report().jails().getFirst().advice()).isInstanceOf(Advice.NoneWouldDo.class);
    }

    @Test
    void attackersAreSampledAndUsersAreNot() {
        Logbook book = new Logbook().atHome(LAPTOP, BOB, 20, 5).lockedOut(LAPTOP, BOB, ago("P3D"));
        for (int i = 0; i < 20_000; i++) {
            book.lockedOut(
                    "198.18." + i / 250 + "." + i % 250, "user" + i, ago("P29D").plusSeconds(60L * i));
        }
        Report report = book.report(new ReportFold.Bounds(5_000, 1_000, 5_000, 1_000), Set.of());

        assertThat(report.lockOuts()).hasSize(1);
        assertThat(report.others().oneOf()).isGreaterThanOrEqualTo(16);
        assertThat(report.others().bans() * report.others().oneOf()).isBetween(16_000, 24_000);
        assertThat(report.others().addresses()).isLessThanOrEqualTo(1_000);
    }
}
