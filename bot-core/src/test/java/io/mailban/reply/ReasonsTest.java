package io.mailban.reply;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.approval.Approval;
import io.mailban.approval.SampleApprovals;
import io.mailban.approval.Stage;
import io.mailban.approval.UnbanPlan;
import io.mailban.ban.Mailbox;
import io.mailban.bot.FakeChat;
import io.mailban.chat.Card;
import io.mailban.chat.Span;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What people write is read in channels where mailboxes are masked. */
final class ReasonsTest {
    private static final String REASON = "Bob (bob@example.org) has a new phone";

    static Stream<Card> cardsThatQuote() {
        Approval asked = because(REASON);
        Approval denied = because("a laptop").movedTo(new Stage.Denied(SampleApprovals.carolsDecision(), REASON));
        return Stream.of(
                ReplyWriter.request(asked),
                ReplyWriter.emergencyNotice(asked),
                ReplyWriter.requests(List.of(asked)),
                HomeWriter.requests(List.of(asked)).getFirst(),
                RestraintWriter.reminder(asked),
                ReplyWriter.request(denied),
                ReplyWriter.news(denied),
                ReplyWriter.tooLate(denied));
    }

    @ParameterizedTest
    @MethodSource("cardsThatQuote")
    void aMailboxInAReasonIsNamedLikeAnyOther(Card card) {
        assertThat(card.names()).containsExactly(new Mailbox("bob@example.org"));
        assertThat(all(card)).contains("“" + REASON + "”");
        assertThat(all(card.masked())).contains("“Bob (b…@example.org) has a new phone”");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "see bob@example.org.|see b…@example.org.",
                "<bob@example.org>, not amy@example.net!|<b…@example.org>, not a…@example.net!",
                "user=bob@example.org|user=b…@example.org",
                "mailto:bob+x@mail.example.org|mailto:b…@mail.example.org",
                "bob@localhost|b…@localhost",
                "@carol said so|@carol said so",
                "at 5 @ home|at 5 @ home",
            })
    void whatLooksLikeAMailboxIsTakenForOne(String written, String masked) {
        Card card = Card.of(Card.Tone.PLAIN, new Phrase().told(written).spans());

        assertThat(FakeChat.plain(card)).isEqualTo(written);
        assertThat(FakeChat.plain(card.masked())).isEqualTo(masked);
    }

    @Test
    void aReasonThatIsAllSignsTakesNoTime() {
        String signs = "a@".repeat(150);

        assertThat(FakeChat.plain(
                        Card.of(Card.Tone.PLAIN, new Phrase().quoted(signs).spans())))
                .isEqualTo("“" + signs + "”");
    }

    private static Approval because(String reason) {
        Approval sample = SampleApprovals.fresh("aaaa0001", "203.0.113.7");
        UnbanPlan plan = (UnbanPlan) sample.plan();
        return new Approval(
                sample.id(),
                plan,
                sample.requester(),
                reason,
                sample.device(),
                sample.requestedAt(),
                sample.expiresAt(),
                sample.follows(),
                sample.consent(),
                sample.joiners(),
                sample.stage(),
                sample.version());
    }

    private static String all(Card card) {
        Stream<List<Span>> facts = card.facts().stream().map(Card.Fact::text);
        return Stream.concat(Stream.of(card.verdict()), facts)
                .map(FakeChat::plain)
                .reduce("", (above, line) -> above + line + "\n");
    }
}
