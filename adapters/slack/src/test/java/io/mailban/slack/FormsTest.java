package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.approval.ApprovalId;
import io.mailban.bot.SettableClock;
import io.mailban.chat.CardAction;
import io.mailban.chat.Form;
import io.mailban.chat.Naming;
import io.mailban.chat.NotSaid;
import io.mailban.chat.Place;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FormsTest {
    private static final Place MAIL = new Place("slack", "C0MAIL");
    private static final Person ALICE = new Person(new PersonId("slack", "U0ALICE"), "alice");
    private static final CardAction DENY = new CardAction.Deny(new ApprovalId("k7k7k7k7"));
    private static final Form FORM = new Form(DENY, "Deny", List.of(new Form.Question.Line("reason", "Why?")));

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
    void aFreshPressOpensTheFormAtOnce() {
        pressed();
        chat.ask(MAIL, ALICE, FORM);
        Shown modal = slack.modals("U0ALICE").getFirst();
        assertThat(modal.words()).contains("Deny").contains("Why?");
        assertThat(Metadata.find(Json.text(modal.body(), "private_metadata")))
                .contains(new Metadata("U0ALICE", MAIL, DENY));
        assertThat(slack.ephemerals("U0ALICE")).isEmpty();
    }

    @Test
    void aPressThatIsTooOldGetsAButtonThatOpensTheForm() {
        pressed();
        slack.expireTickets();
        chat.ask(MAIL, ALICE, FORM);
        assertThat(slack.modals("U0ALICE")).isEmpty();
        String value = offered();

        pressed();
        assertThat(chat.reopen(MAIL, ALICE, value)).isEmpty();
        assertThat(slack.modals("U0ALICE")).hasSize(1);
    }

    @Test
    void whatTypedWordsAskForGetsAButtonToo() {
        chat.ask(MAIL, ALICE, FORM);
        assertThat(slack.calls("views.open")).isZero();
        assertThat(offered()).endsWith(" deny k7k7k7k7");
    }

    @Test
    void aTriggerThatWasUsedOrACallThatWasLostIsNoEnd() {
        for (Mishap mishap : List.of(
                new Mishap.Refused("exchanged_trigger_id"),
                new Mishap.Refused("trigger_expired"),
                new Mishap.Broken(Fault.MALFORMED_RESPONSE_CHUNK),
                new Mishap.Limited(Duration.ofSeconds(30)))) {
            slack.next("views.open", mishap);
            int before = slack.ephemerals("U0ALICE").size();
            pressed();
            chat.ask(MAIL, ALICE, FORM);
            assertThat(slack.ephemerals("U0ALICE")).as("%s", mishap).hasSize(before + 1);
        }
    }

    @Test
    void aFormThatSlackRefusesIsToldAsSuch() {
        slack.next("views.open", new Mishap.Refused("invalid_arguments"));
        pressed();
        assertThatThrownBy(() -> chat.ask(MAIL, ALICE, FORM))
                .isInstanceOf(NotSaid.class)
                .hasMessageContaining("invalid_arguments");
    }

    @Test
    void aForgottenFormCountsAsItsActionAndAStrangersWordsAsNothing() {
        chat.ask(MAIL, ALICE, FORM);
        String value = offered();
        Person bob = new Person(new PersonId("slack", "U0BOB"), "bob");
        assertThat(chat.reopen(MAIL, bob, value)).contains(DENY);

        clock.pause(Duration.ofMinutes(10).plusSeconds(1));
        assertThat(chat.reopen(MAIL, ALICE, value)).contains(DENY);
        assertThat(slack.modals("U0ALICE")).isEmpty();

        for (String word : List.of("", " ", "x", "x y z", "1 nonsense \u0000", " deny")) {
            assertThat(chat.reopen(MAIL, ALICE, word)).as(word).isEmpty();
        }
    }

    private String offered() {
        Shown shown = slack.ephemerals("U0ALICE").getLast();
        assertThat(shown.buttons()).containsExactly("Open the form");
        assertThat(Json.text(shown.elements().getFirst(), "action_id")).isEqualTo("form");
        return Json.text(shown.elements().getFirst(), "value");
    }

    private void pressed() {
        openings.note(ALICE.id(), MAIL, Optional.of(slack.trigger("U0ALICE")), Optional.empty());
    }
}
