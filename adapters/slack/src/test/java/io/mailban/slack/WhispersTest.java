package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.ban.Mailbox;
import io.mailban.bot.SettableClock;
import io.mailban.chat.Card;
import io.mailban.chat.Naming;
import io.mailban.chat.NotSaid;
import io.mailban.chat.Place;
import io.mailban.chat.Span;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WhispersTest {
    private static final Place MAIL = new Place("slack", "C0MAIL");
    private static final Place THREAD = new Place("slack", "C0MAIL/1763812800.000900");
    private static final Person ALICE = new Person(new PersonId("slack", "U0ALICE"), "alice");
    private static final Card NAMED = Card.of(Card.Tone.PLAIN, new Span.Name(new Mailbox("bob@example.org")));

    private final FakeSlack slack = FakeSlack.start();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T21:40:00Z"));
    private final Openings openings = new Openings(clock);
    private final SlackChat chat = chat();

    @AfterEach
    void close() {
        slack.close();
    }

    private SlackChat chat() {
        SlackSetup setup = slack.setup();
        Api api = new Api(setup.api(), setup.botToken());
        return new SlackChat(api, openings, new Channels(api), Naming.MASKED, clock);
    }

    @Test
    void theAnswerToACommandGoesByItsResponseUrlWithNamesInFull() {
        typed(MAIL);
        chat.whisper(MAIL, ALICE, NAMED);

        assertThat(slack.calls("response_url")).isEqualTo(1);
        assertThat(slack.calls("chat.postEphemeral")).isZero();
        assertThat(slack.ephemerals("U0ALICE"))
                .singleElement()
                .satisfies(shown -> assertThat(shown.words()).contains("bob@example.org"));
        assertThat(slack.messages("C0MAIL")).isEmpty();
        assertThat(Json.text(slack.bodies("response_url").getFirst(), "response_type"))
                .isEqualTo("ephemeral");
        assertThat(Json.is(slack.bodies("response_url").getFirst(), "replace_original"))
                .isFalse();
    }

    @Test
    void aResponseUrlServesWhereTheBotMayNotPost() {
        slack.workspace().leave("C0MAIL");
        typed(MAIL);
        chat.whisper(MAIL, ALICE, NAMED);
        assertThat(slack.ephemerals("U0ALICE")).hasSize(1);
    }

    @Test
    void withoutAResponseUrlItIsAnEphemeralOfTheBots() {
        chat.whisper(MAIL, ALICE, NAMED);
        assertThat(slack.ephemerals("U0ALICE")).hasSize(1);
        assertThat(slack.calls("chat.postEphemeral")).isEqualTo(1);

        typed(MAIL);
        slack.expireTickets();
        chat.whisper(MAIL, ALICE, NAMED);
        assertThat(slack.ephemerals("U0ALICE")).hasSize(2);
        assertThat(slack.calls("chat.postEphemeral")).isEqualTo(2);
    }

    @Test
    void inAThreadItIsSaidInTheThread() {
        typed(THREAD);
        chat.whisper(THREAD, ALICE, NAMED);
        assertThat(slack.ephemerals("U0ALICE"))
                .singleElement()
                .satisfies(shown -> assertThat(shown.thread()).contains("1763812800.000900"));
    }

    @Test
    void inADirectMessageItStays() {
        chat.whisper(new Place("slack", "D0ALICE"), ALICE, NAMED);
        assertThat(slack.directMessages("U0ALICE")).hasSize(1);
        assertThat(slack.ephemerals("U0ALICE")).isEmpty();
    }

    @Test
    void inADirectMessageOfOthersOnlyTheResponseUrlReaches() {
        Place theirs = new Place("slack", "D0OTHERS");
        typed(theirs);
        chat.whisper(theirs, ALICE, NAMED);
        assertThat(slack.ephemerals("U0ALICE")).hasSize(1);
        assertThat(slack.directMessages("U0ALICE")).isEmpty();
    }

    @Test
    void whereNothingElseWorksItIsADirectMessage() {
        slack.workspace().leave("C0MAIL");
        chat.whisper(MAIL, ALICE, NAMED);
        assertThat(slack.directMessages("U0ALICE"))
                .singleElement()
                .satisfies(shown -> assertThat(shown.words()).contains("bob@example.org"));
        assertThat(slack.messages("C0MAIL")).isEmpty();
    }

    @Test
    void whereThatDoesNotWorkEitherItIsToldWhyNotInTheChannel() {
        slack.workspace().leave("C0MAIL");
        slack.next("chat.postMessage", new Mishap.Refused("cannot_dm_bot"));
        assertThatThrownBy(() -> chat.whisper(MAIL, ALICE, NAMED))
                .isInstanceOf(NotSaid.class)
                .hasMessageContaining("not_in_channel; invite the bot there");
    }

    @Test
    void faultsAndLimitsOnTheWayDoNotLoseIt() {
        typed(MAIL);
        slack.next("response_url", new Mishap.Broken(Fault.CONNECTION_RESET_BY_PEER));
        slack.next("response_url", new Mishap.Status(503));
        slack.next("response_url", new Mishap.Limited(Duration.ofSeconds(1)));
        chat.whisper(MAIL, ALICE, NAMED);
        assertThat(slack.ephemerals("U0ALICE")).hasSize(1);
    }

    @Test
    void whereAnswersAreCutOffTheBotSaysItItself() {
        typed(MAIL);
        for (int i = 0; i < 5; i++) {
            slack.next("response_url", new Mishap.Broken(Fault.CONNECTION_RESET_BY_PEER));
        }
        chat.whisper(MAIL, ALICE, NAMED);
        assertThat(slack.ephemerals("U0ALICE")).hasSize(1);
        assertThat(slack.calls("chat.postEphemeral")).isEqualTo(1);
        assertThat(slack.calls("response_url")).isEqualTo(3);
    }

    @Test
    void aLongAnswerIsBoundedAndSaysHowMuchIsLeft() {
        Card card = lines(200);
        int pages = Layout.pages(card, Naming.FULL).size();
        assertThat(pages).isGreaterThan(5);
        typed(MAIL);
        chat.whisper(MAIL, ALICE, card);
        assertThat(slack.ephemerals("U0ALICE")).hasSize(5);
        assertThat(slack.ephemerals("U0ALICE").getLast().words())
                .isEqualTo("*… and " + (pages - 4) + " pages more, of " + pages + ": ask about less to see them*");
    }

    @Test
    void anAnswersAddressIsInNoWordOfAFailure() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        Api api = new Api(slack.api(), () -> new char[0]);
        Heard<String> heard = Heard.of(
                api.slack(),
                "http://127.0.0.1:" + port + "/response/secret",
                com.slack.api.app_backend.interactive_components.response.ActionResponse.builder()
                        .build());
        assertThat(heard).isInstanceOf(Heard.Lost.class);
        assertThat(heard.toString()).doesNotContain("secret");
    }

    private void typed(Place place) {
        openings.note(ALICE.id(), place, Optional.empty(), Optional.of(slack.responseUrl("U0ALICE", "C0MAIL")));
    }

    private static Card lines(int count) {
        return new Card(
                Card.Tone.PLAIN,
                List.of(new Span.Words("lines")),
                IntStream.range(0, count)
                        .mapToObj(i -> new Card.Fact("", List.of(new Span.Code("x".repeat(500)))))
                        .toList(),
                List.of());
    }
}
