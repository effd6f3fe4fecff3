package io.mailban.diagnosis;

import static io.mailban.diagnosis.Seen.LAPTOP;
import static io.mailban.diagnosis.Seen.NOW;
import static io.mailban.diagnosis.Seen.SASL;
import static io.mailban.diagnosis.Seen.ago;
import static io.mailban.diagnosis.Seen.matched;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.known.Recognizer;
import io.mailban.maillog.Cause;
import io.mailban.maillog.Protocol;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class CausesTest {
    private final Diagnoser diagnoser = new Diagnoser(new Recognizer(Set.of()));

    @Test
    void fail2bansOwnLinesTellTheCauseWhereTheLogIsGone() {
        Seen seen = ban().logsBegin(5)
                .kept(
                        SASL,
                        10,
                        2,
                        matched("203.0.113.7", "bob@example.org", 12),
                        matched("203.0.113.7", "bob@example.org", 10));
        assertThat(cause(seen))
                .isEqualTo(new BanCause.FailedLogins(
                        2,
                        Set.of(new Mailbox("bob@example.org")),
                        Optional.of(Protocol.SMTP),
                        Cause.UNKNOWN,
                        ago(12),
                        ago(10),
                        Rhythm.NOT_TOLD));
    }

    @Test
    void theDatabaseOfAnotherBanTellsNothing() {
        Seen seen = ban().logsBegin(5).kept(SASL, 100, 1, matched("203.0.113.7", "bob@example.org", 100));
        assertThat(cause(seen)).isEqualTo(new BanCause.NotInLogs());
    }

    @Test
    void aBanWithoutFailuresInTheDatabaseWasMadeByHandHoweverShortTheLog() {
        assertThat(cause(ban().logsBegin(5).kept(SASL, 10, 0))).isEqualTo(new BanCause.ByHand());
    }

    @Test
    void linesAboutAnotherClientAreAForgery() {
        Seen seen = ban().kept(
                        SASL,
                        10,
                        2,
                        matched("198.51.100.66", "bob>, method=plain, rip=203.0.113.7, lip=1", 11),
                        matched("198.51.100.66", "bob>, method=plain, rip=203.0.113.7, lip=1", 10));
        assertThat(cause(seen)).isEqualTo(new BanCause.Forged(Address.of("198.51.100.66"), 2, ago(10)));
    }

    @Test
    void recipientsAndConnectionsAreCausesToo() {
        assertThat(cause(ban().found(SASL, 10).rejected(10))).isEqualTo(new BanCause.RejectedRecipients(1, ago(10)));
        assertThat(cause(ban().found(SASL, 10).connected(Protocol.IMAP, 10)))
                .isEqualTo(new BanCause.NoLoginTried(1, ago(10)));
    }

    @Test
    void evenIntervalsAndOnePasswordAreADevice() {
        Seen seen = ban().found(SASL, 15).found(SASL, 10);
        for (long minutesAgo : new long[] {30, 25, 20, 15, 10}) {
            seen.failedWith("bob@example.org", "old", minutesAgo);
        }
        assertThat(rhythm(seen)).isEqualTo(new Rhythm(Optional.of(Duration.ofMinutes(5)), Rhythm.Passwords.SAME));
    }

    @Test
    void unevenIntervalsAndManyPasswordsAreAGuesser() {
        Seen seen = ban().found(SASL, 15).found(SASL, 10);
        int password = 0;
        for (long minutesAgo : new long[] {31, 30, 19, 15, 10}) {
            seen.failedWith("bob@example.org", "guess" + password++, minutesAgo);
        }
        assertThat(rhythm(seen)).isEqualTo(new Rhythm(Optional.empty(), Rhythm.Passwords.DIFFERENT));
    }

    @Test
    void severalNamesHaveNoRhythm() {
        Seen seen = ban().found(SASL, 15).found(SASL, 10);
        seen.failedWith("bob@example.org", "old", 15).failedWith("info@example.org", "old", 10);
        assertThat(rhythm(seen)).isEqualTo(Rhythm.NOT_TOLD);
    }

    private static Seen ban() {
        return new Seen().banned(SASL, "203.0.113.7", 10);
    }

    private Rhythm rhythm(Seen seen) {
        return ((BanCause.FailedLogins) cause(seen)).rhythm();
    }

    private BanCause cause(Seen seen) {
        return ((Finding.Banned) diagnoser.explain(LAPTOP, seen.observation(), NOW).findings().stream()
                        .filter(Finding.Banned.class::isInstance)
                        .findFirst()
                        .orElseThrow())
                .cause();
    }
}
