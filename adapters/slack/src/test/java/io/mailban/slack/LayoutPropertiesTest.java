package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.slack.api.model.block.SectionBlock;
import com.slack.api.model.block.composition.MarkdownTextObject;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.approval.ApprovalId;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Confirm;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.CardAction;
import io.mailban.chat.Form;
import io.mailban.chat.Form.Question;
import io.mailban.chat.Naming;
import io.mailban.chat.Span;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever is in a card, a form or Home: within the limits, nothing in it acts, and the same words are read. */
final class LayoutPropertiesTest {
    private static final String[] SOUP = {
        "*",
        "_",
        "~",
        "`",
        "```",
        ":",
        "<",
        ">",
        "&",
        "@",
        "#",
        "|",
        "!",
        "^",
        " ",
        "  ",
        "\n",
        "\t",
        "\0",
        "-",
        "- ",
        "1. ",
        "> ",
        "•",
        ".",
        "(",
        ")",
        "[",
        "“",
        "”",
        "„",
        "'",
        "/",
        "\\",
        "a",
        "b",
        "Z",
        "9",
        "é",
        "漢",
        "＊",
        "＿",
        "｀",
        "＞",
        "～",
        "\u202e",
        "\u200b",
        "\u2060",
        "\u00ad",
        "\u0301",
        "🟠",
        "👍🏽",
        "\ud83d",
        "\ude00",
        "<!channel>",
        "<!here|x>",
        "<@U024BE7LH>",
        "<#C1>",
        "<!subteam^S1>",
        "<http://evil.example|bank>",
        "http://evil.example",
        "@here",
        "@channel",
        "@everyone",
        ":smile:",
        ":+1:",
        ":abcd:",
        "2001:db8:abcd::1",
        "john_doe@example.org",
        "*bold*",
        "_italic_",
        "~gone~",
        "`code`",
        "&lt;",
        "&amp;lt;",
        "<!date^1^{time}|x>",
        "203.0.113.7"
    };

    @Provide
    static Arbitrary<String> text() {
        Arbitrary<String> soup = Arbitraries.of(SOUP).list().ofMaxSize(25).map(parts -> String.join("", parts));
        return Arbitraries.frequencyOf(
                Tuple.of(6, soup),
                Tuple.of(3, Arbitraries.strings().all().ofMaxLength(60)),
                Tuple.of(
                        1,
                        Combinators.combine(soup, Arbitraries.integers().between(1, 400))
                                .as(String::repeat)
                                .map(long_ -> long_.substring(0, Math.min(long_.length(), 12_000)))));
    }

    private static Arbitrary<Span> span() {
        Arbitrary<Instant> at = Arbitraries.longs()
                .between(Instant.MIN.getEpochSecond(), Instant.MAX.getEpochSecond())
                .map(Instant::ofEpochSecond);
        Arbitrary<Instant> near =
                Arbitraries.longs().between(1_700_000_000L, 1_900_000_000L).map(Instant::ofEpochSecond);
        return Arbitraries.oneOf(
                text().map(Span.Words::new),
                text().map(Span.Code::new),
                text().map(name -> new Span.Someone(new Person(new PersonId("slack", "U1"), name))),
                text().map(name -> new Span.Name(new Mailbox(name))),
                Combinators.combine(Arbitraries.oneOf(at, near), Arbitraries.of(Span.Moment.Style.values()))
                        .as(Span.Moment::new));
    }

    private static Arbitrary<CardAction> action() {
        Arbitrary<Optional<ServerName>> server = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('-', '.')
                .ofMinLength(1)
                .ofMaxLength(60)
                .map(ServerName::new)
                .optional();
        Address address = Address.find("2001:db8:abcd::1").orElseThrow();
        ApprovalId id = new ApprovalId("abcd1234");
        return Arbitraries.oneOf(
                server.map(where -> new CardAction.RequestUnban(address, where)),
                server.map(where -> new CardAction.ShowLines(address, where)),
                server.map(where -> new CardAction.ListBans(where, Optional.of(new Jail("sshd")), 2)),
                Arbitraries.of(new CardAction.Approve(id), new CardAction.Deny(id), new CardAction.Withdraw(id)));
    }

    private static Arbitrary<Button> button() {
        Arbitrary<Optional<Confirm>> confirm =
                Combinators.combine(text(), text(), text()).as(Confirm::new).optional(0.3);
        return Combinators.combine(text(), action(), confirm).as(Button::new);
    }

    @Provide
    static Arbitrary<Card> card() {
        Arbitrary<List<Span>> spans = span().list().ofMaxSize(6);
        Arbitrary<Fact> fact = Combinators.combine(
                        Arbitraries.oneOf(Arbitraries.of("", "jail", "because"), text()), spans)
                .as(Fact::new);
        return Combinators.combine(
                        Arbitraries.of(Card.Tone.values()),
                        spans,
                        fact.list().ofMaxSize(30),
                        button().list().ofMaxSize(30))
                .as(Card::new);
    }

    @Provide
    static Arbitrary<Form> form() {
        Arbitrary<Question> question = Arbitraries.oneOf(
                text().map(label -> new Question.Line("reason", label)),
                Combinators.combine(text(), text().list().ofMinSize(1).ofMaxSize(130))
                        .as((label, options) -> new Question.Choice(
                                "device",
                                label,
                                IntStream.range(0, options.size())
                                        .mapToObj(i -> new Form.Option("V" + i, options.get(i)))
                                        .toList())));
        return Combinators.combine(
                        action(),
                        text(),
                        question.list().ofMinSize(1).ofMaxSize(2).uniqueElements(Question::key))
                .as(Form::new);
    }

    @Property(tries = 200)
    void everyPageIsWithinTheLimitsAndNothingInItActs(@ForAll("card") Card card, @ForAll Naming naming) {
        for (Page page : Layout.pages(card, naming)) {
            BlockLimits.check(page);
            assertThat(MrkdwnReader.of(page.text()).bold()).isEmpty();
        }
    }

    @Property(tries = 200)
    void theSameWordsAreReadInTheSameOrder(@ForAll("card") Card card, @ForAll Naming naming) {
        String read = Layout.pages(card, naming).stream()
                .flatMap(page -> page.blocks().stream())
                .filter(SectionBlock.class::isInstance)
                .map(block -> (MarkdownTextObject) ((SectionBlock) block).getText())
                .map(text -> MrkdwnReader.bare(MrkdwnReader.of(text.getText()).text()))
                .collect(Collectors.joining());
        int from = 0;
        for (List<Span> spans : written(card)) {
            String words = MrkdwnReader.bare(shown(spans, naming));
            int at = read.indexOf(words, from);
            assertThat(at).as("%s in %s", words, read.substring(from)).isNotNegative();
            from = at + words.length();
        }
    }

    @Property(tries = 100)
    void onlyTheVerdictAndTheLabelsAreBold(@ForAll("card") Card card, @ForAll Naming naming) {
        List<SectionBlock> sections = Layout.pages(card, naming).stream()
                .flatMap(page -> page.blocks().stream())
                .filter(SectionBlock.class::isInstance)
                .map(SectionBlock.class::cast)
                .toList();
        for (SectionBlock section : sections) {
            String text = ((MarkdownTextObject) section.getText()).getText();
            for (String line : text.split("\n", -1)) {
                MrkdwnReader read = MrkdwnReader.of(line);
                assertThat(read.bold().size()).as(line).isLessThanOrEqualTo(1);
                assertThat(line.replaceAll("`[^`]*`", "").indexOf('*')).as(line).isLessThanOrEqualTo(3);
            }
        }
    }

    @Property(tries = 100)
    void everyModalIsWithinTheLimitsAndCanBeReadBack(@ForAll("form") Form form) {
        BlockLimits.check(Layout.modal(form, "place"));
    }

    @Property(tries = 40)
    void homeIsWithinTheLimits(@ForAll("cards") List<Card> cards) {
        BlockLimits.check(Layout.home(cards));
    }

    @Provide
    static Arbitrary<List<Card>> cards() {
        return card().list().ofMinSize(1).ofMaxSize(12);
    }

    private static List<List<Span>> written(Card card) {
        List<List<Span>> written = new ArrayList<>(List.of(card.verdict()));
        card.facts().forEach(fact -> written.add(fact.text()));
        return written;
    }

    /** What stands side by side is one text. */
    private static String shown(List<Span> spans, Naming naming) {
        StringBuilder shown = new StringBuilder();
        StringBuilder words = new StringBuilder();
        for (Span span : spans) {
            switch (span) {
                case Span.Words(var text) -> words.append(text);
                case Span.Someone(var person) -> words.append("@").append(person.name());
                case Span.Name(var mailbox) ->
                    words.append(Line.shortened(naming == Naming.FULL ? mailbox.name() : mailbox.masked()));
                case Span.Code(var text) -> {
                    shown.append(Mrkdwn.visible(words.toString())).append(Mrkdwn.visible(text));
                    words.setLength(0);
                }
                case Span.Moment moment -> {
                    shown.append(Mrkdwn.visible(words.toString())).append(Moments.plain(moment));
                    words.setLength(0);
                }
            }
        }
        return shown.append(Mrkdwn.visible(words.toString())).toString();
    }
}
