package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.ban.Mailbox;
import io.mailban.chat.Naming;
import io.mailban.chat.Span;
import io.mailban.chat.Span.Moment.Style;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MrkdwnTest {
    /** What was written, and what Slack is sent; ¬ stands for the soft hyphen. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '"',
            value = {
                "john_doe@example.org → john_doe@example.org",
                "_john_ → ˍjohnˍ",
                "a__b → aˍˍb",
                "漢_字 → 漢ˍ字",
                "*bold* → ∗bold∗",
                "＊bold＊ ＿x＿ → ﹡bold﹡ ⸏x⸏",
                "~gone~ → ∼gone∼",
                "`code` → ˋcodeˋ",
                "a & b < c > d → a &amp; b &lt; c &gt; d",
                "&lt; → &amp;lt;",
                "<!channel> → &lt;!channel&gt;",
                "<@U024BE7LH> → &lt;@U024BE7LH&gt;",
                "<http://evil.example|bank> → &lt;http://evil.example|bank&gt;",
                "@here → @¬here",
                "(@Channel!) → (@¬Channel!)",
                "bob@channel.example.org → bob@channel.example.org",
                "@hereabouts → @¬hereabouts",
                ":smile: → `:smile:`",
                "203.0.113.7 → 203.0.113.7",
                "2001:db8::1 → `2001:db8::1`",
                "2001:db8:abcd::1, twice → `2001:db8:abcd::1`, twice",
                "(2001:db8::/32) → (`2001:db8::/32`)",
                "[::1]:993 → [`::1]:993`",
                "at 21:40 → at 21:40",
                "at 21:40:09 → at `21:40:09`",
                "https://example.org/ → https://example.org/",
            })
    void wordsAreShownAsTheyAreWrittenAndNothingInThemActs(String written, String sent) {
        List<String> parts =
                Line.of(List.of(new Span.Words(written)), Naming.FULL).parts(2000);
        assertThat(parts).containsExactly(sent.replace("¬", Mrkdwn.NOTHING));
    }

    @Test
    void whatMovesHidesOrReordersIsShownAsAnEscape() {
        assertThat(sent(new Span.Words("nul\0 bell\u0007 left\u202e gone\u200b two\nlines")))
                .isEqualTo("nul\\x00 bell\\x07 left\\x{202e} gone\\x{200b} two\\nlines");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "fail2ban-client set a_b unbanip 2001:db8::1 → `fail2ban-client set a_b unbanip 2001:db8::1`",
                "*_~ :smile: → `*_~ :smile:`",
                "user=<!channel> → `user=&lt;!channel&gt;`",
                "a `b` ```c``` → `a ˋbˋ ˋˋˋcˋˋˋ`",
            })
    void codeIsShownLetterByLetter(String written, String sent) {
        assertThat(Line.of(List.of(new Span.Code(written)), Naming.FULL).parts(2000))
                .containsExactly(sent);
    }

    @Test
    void notEvenCodeCallsAnybody() {
        assertThat(sent(new Span.Code("user=@channel"))).isEqualTo("`user=@" + Mrkdwn.NOTHING + "channel`");
    }

    @Test
    void codeInsideAWordGetsSpace() {
        assertThat(sent(new Span.Words("jail"), new Span.Code("sshd"), new Span.Words("s, not "), new Span.Code("a")))
                .isEqualTo("jail `sshd` s, not `a`");
        assertThat(sent(new Span.Code("a"), new Span.Code("b"))).isEqualTo("`a` `b`");
        assertThat(sent(new Span.Words("("), new Span.Code("a"), new Span.Words("),")))
                .isEqualTo("(`a`),");
    }

    @Test
    void codeOfNothingIsNothing() {
        assertThat(sent(new Span.Words("a "), new Span.Code("  "), new Span.Words(" b")))
                .doesNotContain("`");
        assertThat(Line.of(List.of(new Span.Code("")), Naming.FULL).parts(2000)).isEmpty();
    }

    @Test
    void whatStandsSideBySideIsReadAsOne() {
        assertThat(sent(new Span.Words(":smi"), new Span.Words("le:"))).isEqualTo("`:smile:`");
        assertThat(sent(new Span.Words("<!chan"), new Span.Words("nel>"))).isEqualTo("&lt;!channel&gt;");
    }

    @Test
    void aPersonIsNamedAndNotCalled() {
        Person channel = new Person(new PersonId("slack", "U1"), "channel");
        Person alice = new Person(new PersonId("slack", "U2"), "Alice *A* <@U3>");
        assertThat(sent(new Span.Someone(channel))).isEqualTo("@" + Mrkdwn.NOTHING + "channel");
        assertThat(sent(new Span.Someone(alice))).isEqualTo("@Alice ∗A∗ &lt;@U3&gt;");
    }

    @Test
    void aMailboxIsNamedAsThePlaceAllows() {
        List<Span> bob = List.of(new Span.Name(new Mailbox("bob_smith@example.org")));
        assertThat(Line.of(bob, Naming.FULL).parts(100)).containsExactly("bob_smith@example.org");
        assertThat(Line.of(bob, Naming.MASKED).parts(100)).containsExactly("b…@example.org");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            value = {
                "MINUTE → {time} {date_short_pretty} → 3 Nov 2026 21:40 UTC",
                "SECOND → {time_secs} {date_short_pretty} → 3 Nov 2026 21:40:09 UTC",
                "DAY → {date_short} → 3 Nov 2026 UTC",
                "AGO → {ago} → 3 Nov 2026 21:40:09 UTC",
            })
    void timesAreInTheReadersZoneWithAFallbackThatNamesIts(Style style, String format, String fallback) {
        assertThat(sent(new Span.Moment(Instant.parse("2026-11-03T21:40:09Z"), style)))
                .isEqualTo("<!date^1793742009^" + format + "|" + fallback + ">");
    }

    @Test
    void aTimeThatSlackCannotShowIsText() {
        assertThat(sent(new Span.Moment(Instant.parse("1969-12-31T23:59:59Z"), Style.MINUTE)))
                .isEqualTo("`1969-12-31T23:59:59Z`");
    }

    @Test
    void aLineIsPartedBetweenWordsAndNeverInsideAnEscape() {
        String ampersands = "&&&&& ".repeat(40);
        List<String> parts = Line.of(
                        List.of(new Span.Words(ampersands), new Span.Code(ampersands), new Span.Words("ends")),
                        Naming.FULL)
                .parts(100);
        assertThat(parts).hasSizeGreaterThan(10).allSatisfy(part -> {
            assertThat(part.length()).isLessThanOrEqualTo(100);
            assertThat(part).matches("((`(&amp;){5}( (&amp;){5})*`|(&amp;){5}|ends)( |$))+");
        });
        assertThat(parts.getLast()).endsWith("` ends");
    }

    @Test
    void aLongWordIsPartedBetweenCharacters() {
        List<String> parts =
                Line.of(List.of(new Span.Words("🟠".repeat(500))), Naming.FULL).parts(301);
        assertThat(parts).allSatisfy(part -> assertThat(part).matches("(🟠)+"));
        assertThat(String.join("", parts)).isEqualTo("🟠".repeat(500));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '→',
            quoteCharacter = '"',
            value = {
                "&gt; said → ¬&gt; said",
                "＞ said → ¬＞ said",
                "- item → ¬- item",
                "1. item → ¬1. item",
                "-1 → -1",
                "1.2.3.4 is banned → 1.2.3.4 is banned",
                "bob → bob",
            })
    void aLineBeginsNoQuotationAndNoList(String line, String sent) {
        assertThat(Mrkdwn.lineStart(line)).isEqualTo(sent.replace("¬", Mrkdwn.NOTHING));
    }

    private static String sent(Span... spans) {
        return String.join("|", Line.of(List.of(spans), Naming.FULL).parts(2000));
    }
}
