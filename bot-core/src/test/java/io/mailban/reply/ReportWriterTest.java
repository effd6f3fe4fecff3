package io.mailban.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.bot.FakeChat;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Tone;
import io.mailban.maillog.Protocol;
import io.mailban.mailserver.Description;
import io.mailban.mailserver.Obstacle;
import io.mailban.mailserver.Sweeping.Volume;
import io.mailban.mailserver.Tracing;
import io.mailban.mailserver.Tracing.Horizon;
import io.mailban.mailserver.Unreachable;
import io.mailban.report.Device;
import io.mailban.report.JailReview;
import io.mailban.report.JailReview.Advice;
import io.mailban.report.JailReview.Price;
import io.mailban.report.JailReview.Setting;
import io.mailban.report.LockOut;
import io.mailban.report.Report;
import io.mailban.report.Reporting;
import io.mailban.report.StaleDevice;
import io.mailban.report.StaleDevice.Standing;
import io.mailban.report.Why;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The report as a person reads it. */
final class ReportWriterTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final Jail SASL = new Jail("postfix-sasl");
    private static final Address LAPTOP = Address.of("203.0.113.7");
    private static final Mailbox BOB = new Mailbox("bob@example.org");
    private static final Price DEAR = new Price(10_000, 1_200, 5_600, Duration.ofMinutes(3), 1);

    @Test
    void aLockOutIsToldWithItsJailItsCauseItsDeviceAndWhatWasRead() {
        assertThat(lines(report(List.of(lockOut(5), lockOut(3)), List.of(), review(new Advice.NothingToChange()))))
                .containsExactly(
                        "mail1: fail2ban locked out 1 known user 2 times in 30 days, for 20 min together",
                        "by jail: postfix-sasl 2 bans",
                        "because: wrong password 2",
                        "devices: 1 device (a mailbox at an address), the longest:",
                        ": bob@example.org at 203.0.113.7: 2 times, 20 min together, wrong password, last"
                                + " 2026-11-19T12:00:00Z",
                        "perhaps: 4 more bans of addresses with good logins on a single day",
                        "failing now: no known user's device",
                        "settings: postfix-sasl has maxretry 3 in 10 min: it locked out no known user",
                        "others: 52 000 bans of 31 000 addresses that are nobody's here",
                        "read: 1.0 GB in 8 logs, 2 100 000 lines that matter; mail log from 2026-09-23T12:00:00Z,"
                                + " ban log from 2026-09-23T12:00:00Z");
    }

    @Test
    void aQuietMonthIsGood() {
        Card card = card(report(List.of(), List.of(), review(new Advice.NothingToChange())));

        assertThat(card.tone()).isEqualTo(Tone.GOOD);
        assertThat(lines(card).getFirst()).isEqualTo("mail1: fail2ban locked out no known user in 30 days");
    }

    static Stream<Arguments> standings() {
        return Stream.of(
                Arguments.of(
                        new Standing.Banned(SASL, Optional.of(NOW.plusSeconds(60))),
                        "banned now in postfix-sasl until 2026-11-22T12:01:00Z"),
                Arguments.of(new Standing.Banned(SASL, Optional.empty()), "banned now in postfix-sasl"),
                Arguments.of(
                        new Standing.Counted(SASL, 2, 3, Duration.ofMinutes(10)),
                        "2 of 3 in postfix-sasl: the next failure bans it"),
                Arguments.of(
                        new Standing.Counted(SASL, 1, 5, Duration.ofMinutes(10)),
                        "1 of 5 in postfix-sasl: a ban is 4 failures away"),
                Arguments.of(new Standing.NotCounted(), "too seldom for any jail to count"));
    }

    @ParameterizedTest
    @MethodSource("standings")
    void aFailingDeviceIsToldWithItsDistanceToABan(Standing standing, String words) {
        StaleDevice stale = new StaleDevice(
                new Device(LAPTOP, Optional.of(BOB)),
                Optional.of(Protocol.SMTP),
                NOW.minusSeconds(86_400),
                NOW,
                96,
                Optional.of(Duration.ofMinutes(15)),
                Why.WRONG_PASSWORD,
                standing);

        assertThat(lines(report(List.of(), List.of(stale), review(new Advice.NothingToChange()))))
                .contains("failing now: bob@example.org at 203.0.113.7: SMTP, wrong password, 96 failures since"
                        + " 2026-11-21T12:00:00Z, one every 15 min; " + words);
    }

    static Stream<Arguments> advices() {
        Setting fair = new Setting(4, Duration.ofMinutes(10), new Price(11, 10, 0, Duration.ofSeconds(20), 1));
        Setting shorter = new Setting(9, Duration.ofMinutes(2), new Price(160, 3, 1, Duration.ofSeconds(20), 16));
        Setting free = new Setting(4, Duration.ofMinutes(10), new Price(0, 0, 0, Duration.ZERO, 1));
        String head = "postfix-sasl has maxretry 3 in 10 min: ";
        String worth = "so says a replay of the failures that fail2ban logged, in which whoever was banned goes on at"
                + " their pace; with the present settings it finds 9 990 of the 10 002 bans";
        List<String> instead = List.of(
                "what helps: the new password on the device, where 2 bans of known users came from 1 address",
                "or, where the address is fixed (an office, say), ignoreip in jail.local, or mailban exempt for a while:"
                        + " 203.0.113.7 had all 2 of them",
                "or a short bantime with bantime.increment = true: 1 ban was the first of its address and would have been"
                        + " short; 1 came after that and would have grown, as attackers' do");
        return Stream.of(
                Arguments.of(
                        new Advice.NotFromFailures(),
                        List.of(head + "no setting would have helped, since no failures of theirs were counted for"
                                + " these bans")),
                Arguments.of(
                        new Advice.NoneWouldDo(600),
                        Stream.concat(
                                        Stream.of(head + "no sensible setting would have helped, since up to 600"
                                                + " failures of a known user's device fell within that time"),
                                        instead.stream())
                                .toList()),
                Arguments.of(
                        new Advice.TooDear(new Setting(14, Duration.ofMinutes(2), DEAR)),
                        Stream.of(
                                        List.of(
                                                head + "no setting helps at a fair price. The least dear that would"
                                                        + " have locked out no known user, maxretry = 14, findtime ="
                                                        + " 120, lets 56 % of the attackers' bans go",
                                                "its price: of 10 000 other bans 1 200 would have come later, mostly"
                                                        + " by 3 min, 5 600 not at all"),
                                        instead,
                                        List.of(worth))
                                .flatMap(List::stream)
                                .toList()),
                Arguments.of(
                        new Advice.Change(fair, Optional.empty()),
                        List.of(
                                head + "with maxretry = 4 it would have locked out no known user",
                                "its price: of 11 other bans 10 would have come later, mostly by 20 s",
                                worth)),
                Arguments.of(
                        new Advice.Change(shorter, Optional.of(free)),
                        List.of(
                                head + "with maxretry = 9, findtime = 120 it would have locked out no known user",
                                "its price: of 160 other bans (every 16th attacker was looked at) 3 would have come"
                                        + " later, mostly by 20 s, 1 not at all",
                                "with the time unchanged maxretry = 4 would have done; its price: none, nobody else was"
                                        + " banned by it",
                                worth)));
    }

    @ParameterizedTest
    @MethodSource("advices")
    void whatTheSettingsWouldHaveHadToBeIsToldWithItsPrice(Advice advice, List<String> words) {
        assertThat(lines(report(List.of(lockOut(5), lockOut(3)), List.of(), review(advice, 2))).stream()
                        .filter(line -> line.startsWith("settings: "))
                        .map(line -> line.substring("settings: ".length())))
                .containsExactlyElementsOf(words);
    }

    @Test
    void whatCouldNotBeReadIsAWarning() {
        Report good = report(List.of(), List.of(), review(new Advice.NothingToChange()));
        Card card = card(new Report(
                good.from(),
                good.to(),
                good.lockOuts(),
                0,
                good.stale(),
                good.jails(),
                new Report.Others(0, 0, 1),
                new Horizon(
                        "/var/log/mail.log",
                        Optional.empty(),
                        Optional.of(new Tracing.Fault.Said("Permission denied"))),
                good.banLog()));

        assertThat(card.tone()).isEqualTo(Tone.WARNING);
        assertThat(lines(card))
                .contains("not read: /var/log/mail.log: Permission denied", "others: no bans of anybody else");
    }

    @Test
    void aServerThatIsNotReachedSaysSo() {
        Card card = ReplyWriter.report(new Reporting.NotTold(
                new Unreachable(new ServerName("mail1"), new Obstacle.Broken("mail1", "the connection ended"))));

        assertThat(card.tone()).isEqualTo(Tone.WARNING);
        assertThat(lines(card).getFirst()).isEqualTo("what fail2ban did on mail1 could not be told");
        assertThat(lines(card).get(1)).contains("the connection ended");
    }

    @ParameterizedTest
    @EnumSource(Why.class)
    void everyCauseHasItsOwnWord(Why why) {
        assertThat(Arrays.stream(Why.values()).map(ReportWriter::words)).containsOnlyOnce(ReportWriter.words(why));
    }

    private static LockOut lockOut(int daysAgo) {
        Instant since = NOW.minus(Duration.ofDays(daysAgo));
        return new LockOut(
                LAPTOP,
                Set.of(BOB),
                List.of(SASL),
                since,
                since.plusSeconds(600),
                Duration.ofMinutes(10),
                Why.WRONG_PASSWORD);
    }

    private static JailReview review(Advice advice) {
        return review(advice, 1);
    }

    private static JailReview review(Advice advice, int knownBans) {
        return new JailReview(SASL, 3, Duration.ofMinutes(10), knownBans, 10_000, 9_990, 10_002, advice);
    }

    private static Report report(List<LockOut> lockOuts, List<StaleDevice> stale, JailReview review) {
        Optional<Instant> begins = Optional.of(NOW.minus(Duration.ofDays(60)));
        return new Report(
                NOW.minus(Duration.ofDays(30)),
                NOW,
                lockOuts,
                4,
                stale,
                List.of(review),
                new Report.Others(52_000, 31_000, 1),
                new Horizon("/var/log/mail.log", begins, Optional.empty()),
                new Horizon("/var/log/fail2ban.log", begins, Optional.empty()));
    }

    private static Card card(Report report) {
        return ReplyWriter.report(new Reporting.Told(
                new ServerName("mail1"),
                report,
                new Volume(8, 1_000_000_000, 300_000_000, 2_100_000),
                new Description.Described(
                        "1.1.0", ZoneOffset.UTC, List.of(), "", List.of(), Optional.empty(), List.of())));
    }

    private static List<String> lines(Report report) {
        return lines(card(report));
    }

    private static List<String> lines(Card card) {
        List<String> lines = new ArrayList<>();
        lines.add(FakeChat.plain(card));
        card.facts().forEach(fact -> lines.add(fact.label() + ": " + FakeChat.plain(fact.text())));
        return lines;
    }
}
