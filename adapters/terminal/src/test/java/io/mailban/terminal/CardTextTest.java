package io.mailban.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.approval.ApprovalId;
import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Span;
import io.mailban.chat.Span.Code;
import io.mailban.chat.Span.Moment;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.chat.Span.Name;
import io.mailban.chat.Span.Someone;
import io.mailban.chat.Span.Words;
import io.mailban.terminal.Look.Frame;
import io.mailban.terminal.Look.Ink;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardTextTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-22T21:00:00Z");
    private static final Look PLAIN = new Look(80, BERLIN, Ink.NONE, Frame.NONE);
    private static final Look BOXED = new Look(80, BERLIN, Ink.NONE, Frame.BOX);

    private static final Card BANNED = new Card(
            Tone.TROUBLE,
            List.of(
                    new Words("203.0.113.7 can't reach mail1: banned since "),
                    new Moment(Instant.parse("2026-11-22T20:40:09Z"), Style.MINUTE),
                    new Words(", until "),
                    new Moment(Instant.parse("2026-11-22T21:40:09Z"), Style.MINUTE)),
            List.of(
                    new Fact("jail", List.of(new Code("postfix-sasl"))),
                    new Fact(
                            "because",
                            List.of(
                                    new Words("3 wrong SMTP passwords for "),
                                    new Name(new Mailbox("bob@example.org")),
                                    new Words(" in 2 min, the last at "),
                                    new Moment(Instant.parse("2026-11-22T20:40:09Z"), Style.SECOND),
                                    new Words("; it looks like one stale password"))),
                    new Fact("mail", List.of(new Words("last delivered to bob "), ago(12), new Words("; it keeps on"))),
                    new Fact("will run", List.of(new Code("fail2ban-client set postfix-sasl unbanip 203.0.113.7")))),
            List.of(
                    new Button(
                            "Request unban", new CardAction.RequestUnban(Address.of("203.0.113.7"), Optional.empty())),
                    new Button(
                            "Show log lines", new CardAction.ShowLines(Address.of("203.0.113.7"), Optional.empty()))));

    @Test
    void aVerdictLeadsAndFactsStandBehindTheirLabels() {
        assertThat(CardText.of(BANNED, PLAIN, NOW, List.of(1, 2))).isEqualTo("""
                        🟠 203.0.113.7 can't reach mail1: banned since 21:40, until 22:40
                           jail      postfix-sasl
                           because   3 wrong SMTP passwords for bob@example.org in 2 min, the last at
                                     21:40:09; it looks like one stale password
                           mail      last delivered to bob 12 s ago; it keeps on
                           will run  fail2ban-client set postfix-sasl unbanip 203.0.113.7
                           [1] Request unban  [2] Show log lines
                        """);
    }

    @Test
    void aBoxIsDrawnAroundIt() {
        assertThat(CardText.of(BANNED, BOXED, NOW, List.of(1, 2))).isEqualTo("""
                        ╭──────────────────────────────────────────────────────────────────────────────╮
                        │ 🟠 203.0.113.7 can't reach mail1: banned since 21:40, until 22:40            │
                        │    jail      postfix-sasl                                                    │
                        │    because   3 wrong SMTP passwords for bob@example.org in 2 min, the last   │
                        │              at 21:40:09; it looks like one stale password                   │
                        │    mail      last delivered to bob 12 s ago; it keeps on                     │
                        │    will run  fail2ban-client set postfix-sasl unbanip 203.0.113.7            │
                        │    [1] Request unban  [2] Show log lines                                     │
                        ╰──────────────────────────────────────────────────────────────────────────────╯
                        """);
    }

    @Test
    void theNarrowestWindowStillShowsAllOfIt() {
        assertThat(CardText.of(BANNED, BOXED.ofWidth(20), NOW, List.of(1, 2))).isEqualTo("""
                        ╭──────────────────────────────────────╮
                        │ 🟠 203.0.113.7 can't reach mail1:    │
                        │    banned since 21:40, until 22:40   │
                        │    jail      postfix-sasl            │
                        │    because   3 wrong SMTP passwords  │
                        │              for bob@example.org in  │
                        │              2 min, the last at      │
                        │              21:40:09; it looks like │
                        │              one stale password      │
                        │    mail      last delivered to bob   │
                        │              12 s ago; it keeps on   │
                        │    will run  fail2ban-client set     │
                        │              postfix-sasl unbanip    │
                        │              203.0.113.7             │
                        │    [1] Request unban                 │
                        │    [2] Show log lines                │
                        ╰──────────────────────────────────────╯
                        """);
    }

    @Test
    void withoutNumbersThereAreNoButtons() {
        assertThat(CardText.of(BANNED, PLAIN, NOW)).doesNotContain("Request unban");
    }

    @Test
    void oneSentenceNeedsNoBox() {
        assertThat(CardText.of(Card.of(Tone.GOOD, new Words("Nothing is wrong.")), BOXED, NOW))
                .isEqualTo("✅ Nothing is wrong.\n");
    }

    @Test
    void colourIsPutAroundPiecesAndEndsWithThem() {
        Card card = new Card(
                Tone.TROUBLE,
                List.of(new Words("banned by "), new Code("dovecot")),
                List.of(new Fact("jail", List.of(new Code("dovecot")))),
                List.of());
        assertThat(CardText.of(card, new Look(40, BERLIN, Ink.COLOUR, Frame.BOX), NOW))
                .isEqualTo("""
                        \033[38;5;208m╭──────────────────────────────────────╮\033[0m
                        \033[38;5;208m│\033[0m 🟠 \033[1mbanned by \033[0m\033[1;36mdovecot\033[0m\
                                         \033[40G\033[38;5;208m│\033[0m
                        \033[38;5;208m│\033[0m    \033[2mjail\033[0m  \033[36mdovecot\033[0m\
                                             \033[38;5;208m│\033[0m
                        \033[38;5;208m╰──────────────────────────────────────╯\033[0m
                        """);
    }

    @Test
    void anEmptyLabelContinuesTheFactAbove() {
        Card card = new Card(
                Tone.PLAIN,
                List.of(new Words("Two jails")),
                List.of(
                        new Fact("jails", List.of(new Code("dovecot"))),
                        new Fact("", List.of(new Code("postfix-sasl")))),
                List.of());
        assertThat(CardText.of(card, PLAIN, NOW)).isEqualTo("""
                        Two jails
                           jails  dovecot
                                  postfix-sasl
                        """);
    }

    @Test
    void aLabelIsPrintedOnceForFactsThatShareIt() {
        Card card = new Card(
                Tone.PLAIN,
                List.of(new Words("log lines")),
                List.of(
                        new Fact("mail1", List.of(new Code("one"))),
                        new Fact("mail1", List.of(new Code("two"))),
                        new Fact("mail2", List.of(new Code("three")))),
                List.of());
        assertThat(CardText.of(card, PLAIN, NOW)).isEqualTo("""
                        log lines
                           mail1  one
                                  two
                           mail2  three
                        """);
    }

    @Test
    void factsWithoutAnyLabelAreAList() {
        Card card = new Card(
                Tone.PLAIN,
                List.of(new Words("Log lines")),
                List.of(new Fact("", List.of(new Code("one"))), new Fact("", List.of(new Code("two")))),
                List.of());
        assertThat(CardText.of(card, PLAIN, NOW)).isEqualTo("Log lines\n   one\n   two\n");
    }

    @Test
    void aLongLabelGetsALineOfItsOwn() {
        Card card = new Card(
                Tone.PLAIN,
                List.of(new Words("Commands")),
                List.of(
                        new Fact("unban <address or network> [server] [reason]", List.of(new Words("plans and lifts"))),
                        new Fact("bans", List.of(new Words("who is banned now")))),
                List.of());
        assertThat(CardText.of(card, PLAIN.ofWidth(60), NOW)).isEqualTo("""
                        Commands
                           unban <address or network> [server] [reason]
                                               plans and lifts
                           bans                who is banned now
                        """);
    }

    @Test
    void wideCharactersAreMeasuredByTheirColumns() {
        Card card = new Card(
                Tone.WARNING,
                List.of(new Words("漢字漢字漢字漢字漢字漢字漢字漢字漢字漢字 ✅ 👍 e\u0301")),
                List.of(new Fact("who", List.of(new Words("漢字")))),
                List.of());
        assertThat(CardText.of(card, BOXED.ofWidth(40), NOW)).isEqualTo("""
                        ╭──────────────────────────────────────╮
                        │ ⚠️ 漢字漢字漢字漢字漢字漢字漢字漢字  │
                        │    漢字漢字 ✅ 👍 e\u0301                  │
                        │    who  漢字                         │
                        ╰──────────────────────────────────────╯
                        """);
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 41, 57, 79, 80, 100})
    void noLineIsWiderThanTheWindow(int width) {
        Card card = new Card(
                Tone.ALARM,
                List.of(new Words("x".repeat(300) + " y " + "漢".repeat(99))),
                List.of(
                        new Fact(
                                "a label that is quite long for a label, isn't it",
                                List.of(new Code("z ".repeat(200)))),
                        new Fact("l", List.of(new Words(" leading and trailing ")))),
                List.of(
                        new Button("b".repeat(120), new CardAction.Approve(new ApprovalId("abcd1234"))),
                        new Button("Deny", new CardAction.Deny(new ApprovalId("abcd1234")))));
        for (Look look : List.of(PLAIN.ofWidth(width), BOXED.ofWidth(width))) {
            assertThat(CardText.of(card, look, NOW, List.of(1, 2)).lines())
                    .allSatisfy(line -> assertThat(Line.of(line, Face.WORDS).cells())
                            .as(line)
                            .isLessThanOrEqualTo(width));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2026-11-22T20:40:09Z | MINUTE | 21:40
            2026-11-22T20:40:09Z | SECOND | 21:40:09
            2026-11-21T22:59:59Z | MINUTE | 21 Nov 23:59
            2026-11-21T23:00:00Z | MINUTE | 00:00
            2026-11-22T23:00:00Z | SECOND | 23 Nov 00:00:00
            2025-11-22T20:40:09Z | MINUTE | 22 Nov 2025 21:40
            2026-11-03T20:40:09Z | DAY    | 3 Nov
            2025-12-31T23:30:00Z | DAY    | 1 Jan
            2025-12-31T22:30:00Z | DAY    | 31 Dec 2025
            2026-11-22T20:59:48Z | AGO    | 12 s ago
            2026-11-22T20:58:00Z | AGO    | 2 min ago
            2026-11-22T19:00:01Z | AGO    | 119 min ago
            2026-11-22T19:00:00Z | AGO    | 2 h ago
            2026-11-20T21:00:00Z | AGO    | 2 days ago
            2026-11-22T21:00:30Z | AGO    | just now
            """)
    void timesAreToldInTheReadersZone(Instant at, Style style, String told) {
        assertThat(CardText.of(Card.of(Tone.PLAIN, new Moment(at, style)), PLAIN, NOW))
                .isEqualTo(told + "\n");
    }

    @ParameterizedTest
    @EnumSource(Tone.class)
    void strangersTextCannotLeaveItsPlace(Tone tone) {
        String evil = "\033[2J\u009b1A\n\r\u202e\u2028\0<!channel>\u200b";
        Person person = new Person(new PersonId("terminal", "x"), evil);
        Card card = new Card(
                tone,
                List.of(new Words(evil), new Code(evil), new Someone(person), new Name(new Mailbox(evil))),
                List.of(new Fact(evil, List.of(new Code(evil)))),
                List.of(new Button(evil, new CardAction.Approve(new ApprovalId("abcd1234")))));
        for (Look look : List.of(PLAIN, BOXED)) {
            String text = CardText.of(card, look, NOW, List.of(1));
            assertThat(text.codePoints().filter(c -> c != '\n' && (Character.isISOControl(c) || isFormat(c))))
                    .isEmpty();
            assertThat(text).contains("\\x1b[2J\\x9b1A\\n\\r\\x{202e}\\x{2028}\\x00<!channel>\\x{200b}");
        }
    }

    @Test
    void aChangeShowsWhatIsNew() {
        Card after = new Card(
                Tone.GOOD,
                List.of(
                        new Words("lifted by "),
                        new Someone(new Person(new PersonId("terminal", "carol"), "carol")),
                        new Words(" at "),
                        new Moment(NOW, Style.SECOND)),
                List.of(BANNED.facts().getFirst(), new Fact("checked", List.of(new Words("gone")))),
                List.of());
        assertThat(CardText.change(BANNED, after, BOXED, NOW, List.of())).isEqualTo("""
                        ✅ lifted by @carol at 22:00:00
                           checked  gone
                        """);
    }

    private static boolean isFormat(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static Span ago(int seconds) {
        return new Moment(NOW.minusSeconds(seconds), Style.AGO);
    }
}
