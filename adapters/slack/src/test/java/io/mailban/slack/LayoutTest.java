package io.mailban.slack;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.gson.Gson;
import com.slack.api.model.block.ActionsBlock;
import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import com.slack.api.model.block.element.ButtonElement;
import com.slack.api.util.json.GsonFactory;
import io.mailban.approval.ApprovalId;
import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Naming;
import io.mailban.chat.Span;
import io.mailban.chat.Span.Moment.Style;
import io.mailban.diagnosis.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class LayoutTest {
    private static final Instant SINCE = Instant.parse("2026-11-22T21:40:09Z");
    private static final Address ADDRESS = Address.find("203.0.113.7").orElseThrow();
    private static final Optional<ServerName> MAIL1 = Optional.of(new ServerName("mail1"));

    /** The answer to {@code check} as UX shows it. */
    static Card check() {
        return new Card(
                Tone.TROUBLE,
                List.of(
                        new Span.Words("203.0.113.7 can't reach mail1: banned since "),
                        new Span.Moment(SINCE, Style.MINUTE),
                        new Span.Words(", until "),
                        new Span.Moment(SINCE.plusSeconds(3600), Style.MINUTE)),
                List.of(
                        new Fact("jail", List.of(new Span.Code("postfix-sasl"))),
                        new Fact(
                                "because",
                                List.of(
                                        new Span.Words("3 wrong SMTP passwords for "),
                                        new Span.Name(new Mailbox("bob@example.org")),
                                        new Span.Words(" in 2 min, the last at "),
                                        new Span.Moment(SINCE, Style.SECOND),
                                        new Span.Words("; it looks like one stale password"))),
                        new Fact(
                                "blocks",
                                List.of(
                                        new Span.Words(
                                                "25 110 143 465 587 993 995: IMAP too; the client is refused and never asks for a password"))),
                        new Fact(
                                "whose",
                                List.of(
                                        new Span.Name(new Mailbox("bob@example.org")),
                                        new Span.Words("'s: 212 good logins since "),
                                        new Span.Moment(Instant.parse("2026-11-03T08:00:00Z"), Style.DAY),
                                        new Span.Words(", nobody else's"))),
                        new Fact(
                                "mail",
                                List.of(
                                        new Span.Words("last delivered to "),
                                        new Span.Name(new Mailbox("bob@example.org")),
                                        new Span.Words(" "),
                                        new Span.Moment(SINCE.minusSeconds(12), Style.AGO),
                                        new Span.Words("; it keeps arriving, nothing is lost"))),
                        new Fact(
                                "will run",
                                List.of(new Span.Code("fail2ban-client set postfix-sasl unbanip 203.0.113.7")))),
                List.of(
                        new Button("Request unban", new CardAction.RequestUnban(ADDRESS, MAIL1)),
                        new Button("Show log lines", new CardAction.ShowLines(ADDRESS, MAIL1))));
    }

    /** Read by eye: what is sent for that card, letter by letter. */
    @Test
    void theAnswerToCheckLooksAsApproved() throws IOException {
        Gson pretty = GsonFactory.createSnakeCase()
                .newBuilder()
                .disableHtmlEscaping()
                .setPrettyPrinting()
                .create();
        String sent = pretty.toJson(Layout.pages(check(), Naming.MASKED).getFirst()) + "\n";
        Files.writeString(Path.of("target", "check.json"), sent);
        assertThat(sent).isEqualTo(Files.readString(Path.of("src/test/resources/io/mailban/slack/check.json")));
    }

    @Test
    void theToneIsToldByAMarkBeforeTheVerdict() {
        assertThat(Stream.of(Tone.values()).map(tone -> first(Card.of(tone, new Span.Words("so it is")))))
                .containsExactly(
                        "✅ *so it is*",
                        "🔵 *so it is*",
                        "🟡 *so it is*",
                        "🟠 *so it is*",
                        "🔴 *so it is*",
                        "⚠️ *so it is*",
                        "⛔ *so it is*",
                        "*so it is*");
    }

    @Test
    void aLabelIsWrittenOnceAndWhatGoesOnIsIndented() {
        assertThat(texts(facts("mail2", "is silent", "mail2", "since noon", "", "restart it", "mail3", "is fine")))
                .containsExactly("*it*", """
                        *mail2:* is silent
                        \u2003\u2003since noon
                        \u2003\u2003restart it
                        *mail3:* is fine""");
    }

    @Test
    void factsWithoutLabelsAreAList() {
        assertThat(texts(facts("", "bans", "", "- check"))).containsExactly("*it*", "• bans\n• - check");
    }

    @Test
    void anUnlabelledLineBeginsNoQuotation() {
        assertThat(texts(facts("a", "b", "", "> c"))).containsExactly("*it*", "*a:* b\n\u00ad\u2003\u2003&gt; c");
    }

    @Test
    void aLongFactFlowsOverSections() {
        String text = "one & two ".repeat(1000).strip();
        List<Page> pages = Layout.pages(facts("log", text), Naming.FULL);
        assertThat(pages).hasSize(2).allSatisfy(BlockLimits::check);
        String read = pages.stream()
                .flatMap(page -> sections(page).stream())
                .skip(1)
                .map(section -> MrkdwnReader.of(section).text().strip())
                .collect(joining(" "));
        assertThat(read).isEqualTo("log: " + text);
    }

    @Test
    void aHundredJailsFit() {
        Card card = facts(IntStream.range(0, 100)
                .boxed()
                .flatMap(i -> Stream.of("postfix-sasl-" + i, "banned since yesterday, 3 wrong passwords"))
                .toArray(String[]::new));
        List<Page> pages = Layout.pages(card, Naming.FULL);
        assertThat(pages).hasSize(1).allSatisfy(BlockLimits::check);
        assertThat(sections(pages.getFirst())).hasSize(4);
    }

    @Test
    void longLogLinesGoOnInFurtherPages() {
        Card card = new Card(
                Tone.PLAIN,
                List.of(new Span.Words("log lines")),
                IntStream.range(0, 20)
                        .mapToObj(i -> new Fact("", List.of(new Span.Code(i + " " + "<`*_>".repeat(600)))))
                        .toList(),
                check().buttons());
        List<Page> pages = Layout.pages(card, Naming.FULL);
        assertThat(pages).hasSizeGreaterThan(10).allSatisfy(BlockLimits::check);
        assertThat(pages.stream().filter(page -> page.blocks().stream().anyMatch(ActionsBlock.class::isInstance)))
                .containsExactly(pages.getFirst());
        for (int i = 0; i < pages.size() - 1; i++) {
            assertThat(sentLast(pages.get(i)))
                    .contains("page " + (i + 1) + " of " + pages.size() + "; the rest "
                            + (i == 0 ? "is in the thread" : "follows"));
        }
        assertThat(sentLast(pages.getLast())).doesNotContain("page ");
        String read = pages.stream()
                .flatMap(page -> sections(page).stream())
                .map(section -> MrkdwnReader.bare(MrkdwnReader.of(section).text()))
                .collect(joining());
        for (int i = 0; i < 20; i++) {
            assertThat(read).contains("•" + i + "<`*_>".repeat(600));
        }
    }

    @Test
    void aNameThatNoMailboxCanHaveHidesNothingElse() {
        Card card = new Card(
                Tone.PLAIN,
                List.of(new Span.Name(new Mailbox("😀@" + "x".repeat(10_000))), new Span.Words(" logged in")),
                List.of(),
                List.of());
        for (Naming naming : Naming.values()) {
            assertThat(Layout.pages(card, naming))
                    .singleElement()
                    .satisfies(page -> assertThat(page.text())
                            .startsWith("😀")
                            .endsWith("x… (1000" + (naming == Naming.FULL ? "2" : "3") + " characters) logged in")
                            .hasSizeLessThan(400));
        }
    }

    @Test
    void aPageSaysWhereTheRestIs() {
        Card card = facts("log", "one & two ".repeat(1500));
        assertThat(Stream.of(Layout.Rest.values())
                        .map(rest ->
                                sentLast(Layout.pages(card, Naming.FULL, rest).getFirst())))
                .satisfiesExactly(
                        thread -> assertThat(thread).contains("\"page 1 of 2; the rest is in the thread\""),
                        below -> assertThat(below).contains("\"page 1 of 2; the rest follows\""),
                        nowhere -> assertThat(nowhere).contains("\"page 1 of 2; the rest has no room here: ask"));
    }

    @Test
    void twoHundredBansFit() {
        Card card = facts(IntStream.range(0, 200)
                .boxed()
                .flatMap(i -> Stream.of("", "2001:db8:abcd::" + i + " in postfix-sasl on mail1 since noon, 3 failures"))
                .toArray(String[]::new));
        List<Page> pages = Layout.pages(card, Naming.FULL);
        assertThat(pages).hasSizeBetween(1, 2).allSatisfy(BlockLimits::check);
        assertThat(pages.stream().flatMap(page -> sections(page).stream()).collect(joining("\n")))
                .contains("`2001:db8:abcd::0` in", "`2001:db8:abcd::199` in");
    }

    @Test
    void theFallbackIsOneLineThatLeadsWithTheVerdict() {
        Page page = Layout.pages(facts("jail", "a\nb", "", "*c* <!channel>"), Naming.FULL)
                .getFirst();
        assertThat(page.text()).isEqualTo("it; jail: a\\nb; ∗c∗ &lt;!channel&gt;");
    }

    @Test
    void aFallbackThatIsTooLongEndsWithAWholeFact() {
        Page page = Layout.pages(facts("a", "x ".repeat(1000), "b", "y ".repeat(1000)), Naming.FULL)
                .getFirst();
        assertThat(page.text()).startsWith("it; a: x x").endsWith("x …").hasSizeLessThan(3000);
    }

    @Test
    void approveAndDenyAreTold() {
        ApprovalId id = new ApprovalId("abcd1234");
        Card card = new Card(
                Tone.WAITING,
                List.of(new Span.Words("@alice asks")),
                List.of(),
                List.of(
                        new Button(
                                "Approve",
                                new CardAction.Approve(id),
                                Optional.of(new Card.Confirm("Lift it?", "mail1: postfix-sasl", "Lift"))),
                        new Button("Deny", new CardAction.Deny(id)),
                        new Button("Withdraw", new CardAction.Withdraw(id))));
        List<ButtonElement> buttons = buttons(Layout.pages(card, Naming.FULL).getFirst());
        assertThat(buttons)
                .extracting(ButtonElement::getActionId, ButtonElement::getValue, ButtonElement::getStyle)
                .containsExactly(
                        tuple("approve-1", "approve abcd1234", "primary"),
                        tuple("deny-2", "deny abcd1234", "danger"),
                        tuple("withdraw-3", "withdraw abcd1234", null));
        assertThat(buttons.getFirst().getConfirm().getText().getText()).isEqualTo("mail1: postfix-sasl");
        assertThat(buttons.getFirst().getConfirm().getConfirm().getText()).isEqualTo("Lift");
        assertThat(buttons.getFirst().getConfirm().getDeny().getText()).isEqualTo("Cancel");
    }

    @Test
    void whatAButtonSendsComesBackAsItsAction() {
        for (Button button : check().buttons()) {
            assertThat(CardAction.find(button.action().encoded())).contains(button.action());
        }
        assertThat(buttons(Layout.pages(check(), Naming.FULL).getFirst()))
                .extracting(ButtonElement::getValue)
                .containsExactly("unban 203.0.113.7 mail1", "lines 203.0.113.7 mail1");
    }

    @Test
    void aButtonWhoseActionCouldNotComeBackWholeIsLeftOut() {
        Optional<ServerName> far = Optional.of(new ServerName("m".repeat(2000)));
        Question spaced = new Question.OfMailbox(new Mailbox("bob mail2"));
        Card card = new Card(
                Tone.PLAIN,
                List.of(new Span.Words("it")),
                List.of(),
                List.of(
                        new Button("Lines", new CardAction.ShowLines(ADDRESS, far)),
                        new Button("Check", new CardAction.Check(spaced, Optional.empty())),
                        check().buttons().getFirst()));
        assertThat(buttons(Layout.pages(card, Naming.FULL).getFirst()))
                .extracting(button -> button.getText().getText())
                .containsExactly("Request unban");
    }

    private static Card facts(String... labelsAndTexts) {
        return new Card(
                Tone.PLAIN,
                List.of(new Span.Words("it")),
                IntStream.range(0, labelsAndTexts.length / 2)
                        .mapToObj(i ->
                                new Fact(labelsAndTexts[2 * i], List.of(new Span.Words(labelsAndTexts[2 * i + 1]))))
                        .toList(),
                List.of());
    }

    private static String first(Card card) {
        return texts(card).getFirst();
    }

    private static List<String> texts(Card card) {
        return sections(Layout.pages(card, Naming.FULL).getFirst());
    }

    private static List<String> sections(Page page) {
        return page.blocks().stream()
                .filter(SectionBlock.class::isInstance)
                .map(block -> ((MarkdownTextObject) ((SectionBlock) block).getText()).getText())
                .toList();
    }

    private static List<ButtonElement> buttons(Page page) {
        return page.blocks().stream()
                .filter(ActionsBlock.class::isInstance)
                .flatMap(block -> ((ActionsBlock) block).getElements().stream())
                .map(ButtonElement.class::cast)
                .toList();
    }

    private static String sentLast(Page page) {
        return BlockLimits.json(page.blocks().getLast()).toString();
    }
}
