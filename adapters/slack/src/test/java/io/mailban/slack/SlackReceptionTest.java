package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.ban.Address;
import io.mailban.chat.Card;
import io.mailban.chat.CardAction;
import io.mailban.chat.Chat;
import io.mailban.chat.Form;
import io.mailban.chat.Incoming;
import io.mailban.chat.Place;
import io.mailban.chat.Span;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who is let in, who is told why not, and what comes back from forms, ephemerals and Home; all of it as people see it. */
class SlackReceptionTest {
    private static final Person ALICE = new Person(new PersonId("slack", "U0ALICE"), "alice");
    private static final Address ADDRESS = Address.find("203.0.113.7").orElseThrow();
    private static final CardAction UNBAN = new CardAction.RequestUnban(ADDRESS, Optional.empty());
    private static final CardAction LINES = new CardAction.ShowLines(ADDRESS, Optional.empty());
    private static final Place MAIL = new Place("slack", "C0MAIL");

    private final FakeSlack slack = FakeSlack.start();
    private final Overheard bot = new Overheard();
    private final SlackPlatform platform = SlackPlatform.of(slack.setup(), Set.of(), InstantSource.system());
    private final Chat chat = platform.chat();

    @BeforeEach
    void open() {
        platform.open(bot.ears());
    }

    @AfterEach
    void close() {
        platform.close();
        slack.close();
    }

    @Test
    void whoIsRefusedIsToldWhyAndNobodyElseIs() {
        slack.workspace().guest("U0BOB");
        slack.workspace().stranger("U0DAVE", "T0OTHER");

        slack.mention("U0BOB", "C0MAIL", "unban 203.0.113.7").ack();
        slack.slash("U0DAVE", "C0MAIL", "unban 203.0.113.7").ack();

        told("U0BOB", "guests of this workspace can't use this bot; ask a full member to do it for you");
        told("U0DAVE", "this bot does not serve the workspace T0OTHER;");
        assertThat(bot.heard()).isEmpty();
        assertThat(slack.calls("chat.postMessage")).isZero();
    }

    @Test
    void inAChannelThatIsNotServedOnlyTheOneWhoAskedIsToldSo() {
        slack.workspace().channel("C0OTHER", "other");
        slack.workspace().leave("C0OTHER");

        slack.slash("U0ALICE", "C0OTHER", "servers").ack();

        told("U0ALICE", "this bot does not answer in this channel; write to it directly");
        assertThat(slack.messages("C0OTHER")).isEmpty();
        assertThat(bot.heard()).isEmpty();
    }

    @Test
    void aRefusedClickChangesNothing() {
        Shown card = posted(LINES);
        slack.workspace().guest("U0ALICE");

        slack.click("U0ALICE", card, "Go").ack();

        told("U0ALICE", "guests of this workspace");
        assertThat(bot.heard()).isEmpty();
        assertThat(slack.message("C0MAIL", card.ts()).body()).isEqualTo(card.body());
    }

    @Test
    void whereSlackDoesNotSayWhoItIsThatIsSaid() {
        slack.next("users.info", new Mishap.Refused("internal_error"));

        slack.slash("U0ALICE", "C0MAIL", "servers").ack();

        told("U0ALICE", "Slack did not say who you are (users.info: internal_error), so nothing was done; try again");
        assertThat(bot.heard()).isEmpty();
    }

    @Test
    void aFormComesBackWithItsAnswers() {
        bot.answer(incoming -> {
            if (incoming instanceof Incoming.Pressed) {
                chat.ask(incoming.place(), incoming.person(), form());
            }
        });
        Shown card = posted(UNBAN);
        slack.click("U0ALICE", card, "Go").ack();
        Shown modal = only(() -> slack.modals("U0ALICE"));

        Delivery.Ack blank = slack.submit("U0ALICE", modal, Map.of("reason", "  ", "device", "CHANGED"))
                .ack();
        Delivery.Ack filled = slack.submit("U0ALICE", modal, Map.of("reason", "Bob's laptop", "device", "CHANGED"))
                .ack();

        assertThat(blank.body().get("response_action").getAsString()).isEqualTo("errors");
        assertThat(Json.in(blank.body(), "errors").keySet()).containsExactly("reason");
        assertThat(filled.body().size()).isZero();
        assertThat(bot.await(2).getLast())
                .isEqualTo(new Incoming.Answered(
                        ALICE, MAIL, UNBAN, Map.of("reason", "Bob's laptop", "device", "CHANGED")));
    }

    @Test
    void aFormThatIsSentTwiceIsHeardOnce() {
        bot.answer(incoming -> {
            if (incoming instanceof Incoming.Typed) {
                chat.ask(incoming.place(), incoming.person(), form());
            }
        });
        slack.slash("U0ALICE", "C0MAIL", "unban 203.0.113.7").ack();
        Shown modal = only(() -> slack.modals("U0ALICE"));
        Delivery sent = slack.submit("U0ALICE", modal, Map.of("reason", "laptop", "device", "CHANGED"));
        sent.ack();

        slack.redeliver(sent).ack();
        slack.dm("U0BOB", "help").ack();

        assertThat(bot.await(3)).filteredOn(Incoming.Answered.class::isInstance).hasSize(1);
    }

    @Test
    void aFormThatWasOpenedForSomebodyElseIsNotTaken() {
        bot.answer(incoming -> {
            if (incoming instanceof Incoming.Typed) {
                chat.ask(incoming.place(), incoming.person(), form());
            }
        });
        slack.slash("U0ALICE", "C0MAIL", "unban 203.0.113.7").ack();
        Shown modal = only(() -> slack.modals("U0ALICE"));

        slack.submit("U0BOB", modal, Map.of("reason", "let me in", "device", "CHANGED"))
                .ack();

        Awaitility.await()
                .untilAsserted(() -> assertThat(slack.directMessages("U0BOB"))
                        .anySatisfy(shown -> assertThat(shown.words()).contains("that form is none of this bot's")));
        assertThat(bot.heard()).hasSize(1);
    }

    @Test
    void whatIsAskedBetweenTwoPeopleIsAnsweredToTheOneWhoAskedAlone() {
        bot.answer(incoming -> chat.post(incoming.place(), card(LINES)));
        Shown between = slack.say("U0BOB", "D0BOB", "203.0.113.7 is locked out");

        slack.slash("U0ALICE", "D0BOB", "check 203.0.113.7").ack();
        slack.shortcut("U0ALICE", "check_address", between).ack();

        Place hers = new Place("slack", "U0ALICE");
        assertThat(bot.await(2)).extracting(Incoming::place).containsExactly(hers, hers);
        Awaitility.await()
                .untilAsserted(() -> assertThat(slack.directMessages("U0ALICE")).hasSize(2));
        assertThat(slack.messages("D0BOB")).hasSize(1);
        assertThat(slack.calls("views.publish")).as("nothing was done at Home").isZero();
    }

    @Test
    void aButtonThatOnlyOnePersonSeesIsOnNoMessage() {
        bot.answer(incoming -> {
            if (incoming instanceof Incoming.Typed) {
                chat.whisper(incoming.place(), incoming.person(), card(LINES));
            }
        });
        slack.slash("U0ALICE", "C0MAIL", "check 203.0.113.7").ack();

        slack.click("U0ALICE", only(() -> slack.ephemerals("U0ALICE")), "Go").ack();

        assertThat(bot.await(2).getLast()).isEqualTo(new Incoming.Pressed(ALICE, MAIL, LINES));
    }

    @Test
    void aButtonThatMeansNothingIsOneSentence() {
        Shown card = posted(LINES);
        card.body()
                .getAsJsonArray("blocks")
                .forEach(block -> Json.list(block.getAsJsonObject(), "elements")
                        .forEach(element -> element.getAsJsonObject().addProperty("value", "approve everything")));

        slack.click("U0ALICE", card, "Go").ack();

        told("U0ALICE", "that button is none of this bot's, or older than it can read; nothing was done");
        assertThat(bot.heard()).isEmpty();
    }

    @Test
    void homeIsShownWhenItIsOpenedAndAgainAfterSomethingWasDoneThere() {
        slack.openHome("U0ALICE").ack();
        Awaitility.await()
                .untilAsserted(() -> assertThat(slack.findHome("U0ALICE"))
                        .hasValueSatisfying(home -> assertThat(home.words()).contains("Home of alice")));

        slack.click("U0ALICE", slack.findHome("U0ALICE").orElseThrow(), "Go").ack();

        Place hers = new Place("slack", "U0ALICE");
        assertThat(bot.await(1)).containsExactly(new Incoming.Pressed(ALICE, hers, LINES));
        Awaitility.await()
                .untilAsserted(() -> assertThat(slack.calls("views.publish")).isEqualTo(2));
    }

    @Test
    void aGuestsHomeSaysWhyItIsEmpty() {
        slack.workspace().guest("U0BOB");

        slack.openHome("U0BOB").ack();

        Awaitility.await()
                .untilAsserted(() -> assertThat(slack.findHome("U0BOB"))
                        .hasValueSatisfying(home -> assertThat(home.words()).contains("guests of this workspace")));
    }

    @Test
    void whereNothingCanBeRememberedNothingIsDoneAndThatIsSaid() {
        bot.forgetful();

        slack.slash("U0ALICE", "C0MAIL", "servers").ack();

        told("U0ALICE", "that could not be done; whoever runs this bot finds the reason in its log");
        assertThat(bot.heard()).isEmpty();
    }

    private Shown posted(CardAction action) {
        return slack.message("C0MAIL", chat.post(MAIL, card(action)).id());
    }

    private static Card card(CardAction action) {
        return new Card(
                Card.Tone.NEWS, List.of(new Span.Words("A card")), List.of(), List.of(new Card.Button("Go", action)));
    }

    private static Form form() {
        return new Form(
                UNBAN,
                "Request unban",
                List.of(
                        new Form.Question.Line("reason", "Why?"),
                        new Form.Question.Choice(
                                "device", "The device?", List.of(new Form.Option("CHANGED", "password changed")))));
    }

    private void told(String user, String words) {
        assertThat(only(() -> slack.ephemerals(user)).words()).contains(words);
    }

    private static Shown only(Supplier<List<Shown>> seen) {
        return Awaitility.await()
                .atMost(10, TimeUnit.SECONDS)
                .until(seen::get, found -> found.size() == 1)
                .getFirst();
    }
}
