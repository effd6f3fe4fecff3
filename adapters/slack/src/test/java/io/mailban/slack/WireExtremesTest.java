package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.ban.ServerName;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Confirm;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Form;
import io.mailban.chat.Form.Question;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Naming;
import io.mailban.chat.Place;
import io.mailban.chat.Span;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The longest and the most hostile that there is, over the wire by every way. Closing the fake checks what was sent. */
final class WireExtremesTest {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final FakeSlack SLACK = FakeSlack.start();
    private static final Openings OPENINGS = new Openings(InstantSource.system());
    private static final SlackChat CHAT = chat();

    private static final CardAction ACTION =
            new CardAction.ShowLines(Address.of("203.0.113.7"), Optional.of(new ServerName("mail1")));

    private static SlackChat chat() {
        SlackSetup setup = SLACK.setup();
        var api = new Api(setup.api(), setup.botToken());
        return new SlackChat(api, OPENINGS, new Channels(api), Naming.FULL, InstantSource.system());
    }

    @AfterAll
    static void nothingOfItBrokeARuleOrCouldHarmAnybody() {
        SLACK.close();
    }

    @Test
    void aHundredJailsTwoHundredBansAndLinesOfThreeThousandCharacters() {
        everyWay(
                card(
                        "203.0.113.7 is banned in 100 jails",
                        IntStream.range(0, 100)
                                .mapToObj(i -> fact("jail", "a-jail-with-quite-a-long-name-" + i))
                                .toList(),
                        1),
                1);
        everyWay(
                card(
                        "200 bans",
                        IntStream.range(0, 200)
                                .mapToObj(i -> new Fact(
                                        "",
                                        List.of(
                                                new Span.Code("203.0.113." + i),
                                                new Span.Words(" in postfix-sasl on mail1 since "),
                                                new Span.Moment(
                                                        Instant.ofEpochSecond(1_763_812_800L + i),
                                                        Span.Moment.Style.MINUTE))))
                                .toList(),
                        30),
                1);
        everyWay(
                card(
                        "log lines",
                        IntStream.range(0, 8)
                                .mapToObj(i -> new Fact("line", List.of(new Span.Code("<&>`*_~ ".repeat(375)))))
                                .toList(),
                        2),
                5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!channel>",
                "<!here> and <!everyone|all>",
                "@channel @here @everyone",
                "<@U0DAVE>",
                "<!subteam^S0MAILADMINS>",
                "<http://evil.example|your bank>",
                "http://evil.example/",
                "*bold* _italic_ ~gone~ `code` ```block```",
                "&lt;!channel&gt; &amp;",
                "> quoted",
                ":smile: :+1:",
                "\u202egnorw si siht",
                "\u0000\u0007\u001b[31mred",
                "line\nfeed\r\u2028separator",
                "<!date^1763812800^{time}|x>",
                "\ud83d\ude00\ud83c\udffd\u200d",
                "\ud800 half",
                " "
            })
    void strangersTextEverywhere(String text) {
        var card = new Card(
                Tone.TROUBLE,
                List.of(
                        new Span.Words(text),
                        new Span.Code(text),
                        new Span.Someone(new Person(new PersonId("slack", "U0DAVE"), text)),
                        new Span.Name(new Mailbox(text + "@example.org"))),
                List.of(fact(text, text), new Fact(text, List.of(new Span.Code(text)))),
                List.of(new Button(text, ACTION, Optional.of(new Confirm(text, text, text)))));
        everyWay(card, 1);
        MessageRef first =
                CHAT.post(channel(), card(text.repeat(200), List.of(fact(text.repeat(50), text.repeat(500))), 1));
        assertThat(SLACK.messages(first.place().id())).hasSize(1);
    }

    /** One of its own each time: Slack takes one message a second in each. */
    private static Place channel() {
        String id = "C0EXTREME" + NUMBER.incrementAndGet();
        SLACK.workspace().channel(id, id.toLowerCase(Locale.ROOT));
        return new Place("slack", id);
    }

    private static void everyWay(Card card, int leastPages) {
        Place place = channel();
        String channel = place.id();
        String user = "U0EXTREME" + NUMBER.get();
        SLACK.workspace().user(user, user.toLowerCase(Locale.ROOT));
        Person person = new Person(new PersonId("slack", user), "bob");

        MessageRef message = CHAT.post(place, card);
        CHAT.update(message, card);
        CHAT.post(CHAT.thread(message).orElseThrow(), card);
        CHAT.home(person, List.of(card, card, card));
        Delivery asked = SLACK.unheard(user);
        OPENINGS.note(
                person.id(),
                place,
                Optional.of(Json.text(asked.payload(), "trigger_id")),
                Optional.of(Json.text(asked.payload(), "response_url")));
        CHAT.whisper(place, person, card);
        CHAT.ask(place, person, form(card.buttons().getFirst().label()));

        assertThat(SLACK.messages(channel)).hasSize(1);
        assertThat(SLACK.replies(channel, message.id())).hasSizeGreaterThanOrEqualTo(2 * leastPages - 1);
        assertThat(SLACK.awaitEphemeral(user, "").blocks()).isNotEmpty();
        assertThat(SLACK.awaitHome(user, "").blocks()).isNotEmpty();
        assertThat(SLACK.awaitModal(user).elements()).hasSize(2);
    }

    private static Card card(String verdict, List<Fact> facts, int buttons) {
        return new Card(
                Tone.ALARM,
                List.of(new Span.Words(verdict)),
                facts,
                IntStream.range(0, buttons)
                        .mapToObj(i -> new Button("Show log lines of server " + i, ACTION))
                        .toList());
    }

    private static Fact fact(String label, String text) {
        return new Fact(label, List.of(new Span.Words(text)));
    }

    private static Form form(String label) {
        return new Form(
                ACTION,
                "Request unban",
                List.of(
                        new Question.Line("reason", label),
                        new Question.Choice(
                                "device",
                                label,
                                List.of(new Form.Option("changed", label), new Form.Option("not-yet", "Not yet")))));
    }
}
