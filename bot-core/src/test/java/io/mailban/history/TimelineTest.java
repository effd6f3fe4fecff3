package io.mailban.history;

import static io.mailban.history.SampleEvidence.SINCE;
import static io.mailban.history.SampleEvidence.banned;
import static io.mailban.history.SampleEvidence.fail2ban;
import static io.mailban.history.SampleEvidence.failed;
import static io.mailban.history.SampleEvidence.loggedIn;
import static io.mailban.history.SampleEvidence.unbanned;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.ban.ServerName;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TimelineTest {
    private static final ServerName MAIL1 = new ServerName("mail1");
    private static final String LAPTOP = "203.0.113.7";
    private static final String BOB = "bob@example.org";

    @Test
    void aLockOutIsToldFromItsLoginsToItsLogin() {
        assertThat(shown(new Timeline()
                        .add(
                                MAIL1,
                                List.of(
                                        loggedIn(at(-200), LAPTOP, BOB),
                                        loggedIn(at(-100), LAPTOP, BOB),
                                        failed(at(-9), LAPTOP, BOB),
                                        found(at(-9)),
                                        failed(at(-2), LAPTOP, BOB),
                                        found(at(-2)),
                                        banned(at(0), LAPTOP),
                                        unbanned(at(600), LAPTOP),
                                        loggedIn(at(610), LAPTOP, BOB)))
                        .add(List.of(entry(at(590), Act.APPROVED), entry(at(591), Act.STARTED)))))
                .containsExactly(
                        "610 1 LoggedIn",
                        "600 Unbanned",
                        "590 APPROVED",
                        "0 Banned OptionalInt.empty",
                        "-2 2 Failed",
                        "-100 2 LoggedIn");
    }

    @Test
    void evidenceTellsWhatTheLogsHaveForgotten() {
        assertThat(shown(new Timeline().add(SampleEvidence.of(LAPTOP, BOB, SINCE))))
                .containsExactly("0 Banned OptionalInt[3]", "-2 2 Failed");
    }

    @Test
    void evidenceAddsToTheLogsWhatTheyDoNotSayAndRepeatsNothing() {
        Timeline timeline = new Timeline()
                .add(
                        MAIL1,
                        List.of(
                                failed(at(-9).plusMillis(400), LAPTOP, BOB),
                                failed(at(-2), LAPTOP, BOB),
                                banned(at(0).plusMillis(700), LAPTOP)))
                .add(SampleEvidence.of(LAPTOP, BOB, SINCE))
                .add(SampleEvidence.of(LAPTOP, BOB, SINCE));
        assertThat(shown(timeline)).containsExactly("0 Banned OptionalInt[3]", "-2 2 Failed");
    }

    @Test
    void anotherServersLinesAreOthers() {
        Timeline timeline = new Timeline()
                .add(new ServerName("mail2"), List.of(failed(at(-2), LAPTOP, BOB), banned(at(0), LAPTOP)))
                .add(SampleEvidence.of(LAPTOP, BOB, SINCE));
        assertThat(shown(timeline))
                .containsExactlyInAnyOrder(
                        "0 Banned OptionalInt.empty", "0 Banned OptionalInt[3]", "-2 1 Failed", "-2 2 Failed");
    }

    @Test
    void aLongRunIsOneUntilABanOrADecisionComesBetween() {
        List<Trace> logins = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            logins.add(loggedIn(at(-1000 + i), LAPTOP, BOB));
        }
        assertThat(shown(new Timeline().add(MAIL1, logins))).containsExactly("-987 14 LoggedIn");
        assertThat(shown(new Timeline().add(MAIL1, logins).add(List.of(entry(at(-994), Act.DENIED)))))
                .containsExactly("-987 7 LoggedIn", "-994 DENIED", "-994 7 LoggedIn");
    }

    @Test
    void severalInOneSecondOfOneLogAreSeveral() {
        assertThat(shown(new Timeline()
                        .add(MAIL1, List.of(failed(at(0), LAPTOP, BOB), failed(at(0).plusMillis(3), LAPTOP, BOB)))))
                .containsExactly("0 2 Failed");
    }

    @Test
    void whatAJailCountedIsToldWhereTheMailLogHasNothing() {
        assertThat(shown(new Timeline().add(MAIL1, List.of(found(at(-9)), found(at(-2)), banned(at(0), LAPTOP)))))
                .containsExactly("0 Banned OptionalInt.empty", "-2 2 Counted");
    }

    @Test
    void lookingIsNoDecision() {
        assertThat(new Timeline()
                        .add(Arrays.stream(Act.values())
                                .map(act -> entry(at(0), act))
                                .toList())
                        .newestFirst())
                .hasSize(Act.values().length - 4);
    }

    private static List<String> shown(Timeline timeline) {
        return timeline.newestFirst().stream()
                .map(happening -> Duration.between(SINCE, happening.at()).toSeconds() + " "
                        + switch (happening) {
                            case Happening.Banned ban -> "Banned " + ban.failures();
                            case Happening.Unbanned _ -> "Unbanned";
                            case Happening.Decided decided ->
                                decided.entry().act().name();
                            case Happening.Run run ->
                                run.count() + " " + run.getClass().getSimpleName();
                        })
                .toList();
    }

    private static Trace found(Instant at) {
        return fail2ban(at, "[postfix-sasl] Found " + LAPTOP + " - 2026-11-22 11:49:58");
    }

    private static Instant at(int seconds) {
        return SINCE.plusSeconds(seconds);
    }

    private static AuditEntry entry(Instant at, Act act) {
        return new AuditEntry(at, Person.BOT, act, LAPTOP, "");
    }
}
