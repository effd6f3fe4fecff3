package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.slack.api.model.block.Blocks;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.ban.Mailbox;
import io.mailban.chat.Card;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Naming;
import io.mailban.chat.NotSaid;
import io.mailban.chat.Place;
import io.mailban.chat.Span;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SlackChatTest {
    private static final Place MAIL = new Place("slack", "C0MAIL");
    private static final Place REQUESTS = new Place("slack", "C0REQUESTS");
    private static final Place THREAD = new Place("slack", "C0MAIL/1763812800.000900");

    private final FakeSlack slack = FakeSlack.start();
    private final SlackChat chat = chat(Naming.FULL);

    @AfterEach
    void close() {
        slack.close();
    }

    private SlackChat chat(Naming configured) {
        SlackSetup setup = slack.setup();
        Api api = new Api(setup.api(), setup.botToken());
        return new SlackChat(
                api, new Openings(InstantSource.system()), new Channels(api), configured, InstantSource.system());
    }

    @Test
    void aPostCallsNobodyAndUnfoldsNothing() {
        MessageRef message = chat.post(MAIL, card("hello"));

        assertThat(message.place()).isEqualTo(MAIL);
        assertThat(slack.message("C0MAIL", message.id()).words()).contains("hello");
        JsonObject body = slack.bodies("chat.postMessage").getFirst();
        assertThat(Json.text(body, "parse")).isEqualTo("none");
        assertThat(List.of("link_names", "unfurl_links", "unfurl_media"))
                .allSatisfy(flag -> assertThat(Json.text(body, flag)).isIn("0", "false"));
        assertThat(slack.calls("auth.test")).isZero();
    }

    @Test
    void aPersonsMessageIsEditedInTheConversationItIsIn() {
        MessageRef message = chat.post(new Place("slack", "U0ALICE"), card("hello"));
        chat.update(message, card("bye"));

        assertThat(message.place()).isEqualTo(new Place("slack", "D0ALICE"));
        assertThat(slack.directMessages("U0ALICE"))
                .singleElement()
                .satisfies(shown -> assertThat(shown.words()).contains("bye"));
    }

    @Test
    void aPersonAndTheDirectMessageWithThemAreOnePlace() {
        Place alice = new Place("slack", "U0ALICE");
        assertThat(chat.canonical(alice)).isEqualTo(alice);
        assertThat(chat.canonical(MAIL)).isEqualTo(MAIL);
        assertThat(chat.canonical(THREAD)).isEqualTo(THREAD);

        MessageRef message = chat.post(alice, card("hello"));

        assertThat(chat.canonical(alice)).isEqualTo(message.place());
        assertThat(chat.canonical(message.place())).isEqualTo(message.place());
    }

    @Test
    void whatDoesNotFitAMessageGoesOnInItsThread() {
        MessageRef message = chat.post(MAIL, longCard());
        int pages = Layout.pages(longCard(), Naming.FULL).size();
        assertThat(pages).isGreaterThan(2);
        assertThat(slack.messages("C0MAIL")).hasSize(1);
        assertThat(slack.replies("C0MAIL", message.id())).hasSize(pages - 1);

        chat.post(THREAD, longCard());
        assertThat(slack.replies("C0MAIL", "1763812800.000900")).hasSize(pages);

        chat.update(message, longCard());
        assertThat(slack.calls("chat.update"))
                .as("what followed is edited, and not posted again")
                .isEqualTo(pages);
        assertThat(slack.replies("C0MAIL", message.id())).hasSize(pages - 1);
    }

    @Test
    void whatGrowsBeyondAMessageLosesNothing() {
        MessageRef message = chat.post(MAIL, card("asking mail1 …"));
        int pages = Layout.pages(longCard(), Naming.FULL).size();

        chat.update(message, longCard());
        chat.update(message, longCard());

        assertThat(slack.message("C0MAIL", message.id()).words())
                .contains("page 1 of " + pages + "; the rest is in the thread")
                .doesNotContain("asking");
        List<Shown> rest = slack.replies("C0MAIL", message.id());
        assertThat(rest).as("once").hasSize(pages - 1);
        assertThat(rest.getLast().words()).contains("fact 29");

        chat.update(message, card("all is well"));
        assertThat(slack.message("C0MAIL", message.id()).words()).contains("all is well");
        assertThat(slack.replies("C0MAIL", message.id()))
                .allSatisfy(page -> assertThat(page.words()).contains("no part of the message above any more"));
    }

    @Test
    void inAThreadItGrowsThere() {
        MessageRef message = chat.post(THREAD, card("asking mail1 …"));

        chat.update(message, longCard());

        int pages = Layout.pages(longCard(), Naming.FULL).size();
        assertThat(slack.replies("C0MAIL", "1763812800.000900")).hasSize(pages);
        assertThat(slack.message("C0MAIL", message.id()).words()).contains("; the rest follows");
    }

    @Test
    void ofAMessageFromBeforeARestartItIsSaidThatTheRestHasNoRoom() {
        MessageRef message = chat.post(MAIL, longCard());
        int pages = Layout.pages(longCard(), Naming.FULL).size();

        chat(Naming.FULL).update(message, longCard());

        assertThat(slack.message("C0MAIL", message.id()).words()).contains("the rest has no room here");
        assertThat(slack.replies("C0MAIL", message.id())).hasSize(pages - 1);
    }

    @Test
    void aThreadIsUnderAMessageAndNotUnderAReply() {
        MessageRef message = chat.post(MAIL, card("hello"));
        assertThat(chat.thread(message)).contains(new Place("slack", "C0MAIL/" + message.id()));
        assertThat(chat.thread(chat.post(THREAD, card("reply")))).isEmpty();
    }

    @Test
    void anEditOfAMessageThatIsGoneIsPassedOver() {
        chat.update(new MessageRef(MAIL, "1763812800.000100"), card("hello"));
        assertThat(slack.calls("chat.update")).isEqualTo(1);

        slack.next("chat.update", new Mishap.Refused("edit_window_closed"));
        assertThatThrownBy(() -> chat.update(new MessageRef(MAIL, "1763812800.000100"), card("hello")))
                .isInstanceOf(NotSaid.class)
                .hasMessageContaining("edit_window_closed; the message can no longer be edited");
    }

    @Test
    void aPingCallsThoseWhoHaveAnAccountAndNobodyElse() {
        slack.expectPing("U0ALICE", "U0CAROL");
        MessageRef message = chat.ping(
                MAIL,
                Set.of(
                        new PersonId("slack", "U0ALICE"),
                        new PersonId("slack", "U0CAROL"),
                        new PersonId("terminal", "root"),
                        new PersonId("slack", "!channel")),
                card("look"));
        Shown shown = slack.message("C0MAIL", message.id());
        assertThat(shown.text()).startsWith("<@U0ALICE> <@U0CAROL> ").contains("look");
        assertThat(shown.words())
                .startsWith("<@U0ALICE> <@U0CAROL>\n")
                .contains("look")
                .doesNotContain("!channel");

        MessageRef quiet = chat.ping(MAIL, Set.of(new PersonId("terminal", "root")), card("quiet"));
        assertThat(slack.message("C0MAIL", quiet.id()).words())
                .doesNotContain("@")
                .contains("quiet");
    }

    @Test
    void aCallForWhichAMessageHasNoRoomIsInItsThread() {
        Set<PersonId> many = IntStream.range(100, 300)
                .mapToObj(i -> new PersonId("slack", "U0PERSON" + i))
                .collect(Collectors.toSet());
        slack.expectPing(many.stream().map(PersonId::account).toArray(String[]::new));
        MessageRef message = chat.ping(MAIL, many, card("look"));
        assertThat(slack.message("C0MAIL", message.id()).words()).doesNotContain("@");
        Shown call = slack.replies("C0MAIL", message.id()).getFirst();
        assertThat(call.blocks()).hasSize(2);
        assertThat(call.words()).startsWith("<@U0PERSON100>").endsWith("<@U0PERSON299>");

        Page full = new Page(Collections.nCopies(50, Blocks.divider()), "full");
        assertThat(Mentions.on(full, Set.of(new PersonId("slack", "U0ALICE"))))
                .extracting(Page::text)
                .containsExactly("full", "<@U0ALICE>");
    }

    @Test
    void mailboxesAreNamedAsTheReadersOfTheChannelMayKnow() {
        Card card = Card.of(Card.Tone.PLAIN, new Span.Name(new Mailbox("bob@example.org")));
        chat.post(MAIL, card);
        chat.post(new Place("slack", "U0ALICE"), card);
        chat(Naming.MASKED).post(REQUESTS, card);
        slack.workspace().open("C0REQUESTS");
        chat.post(REQUESTS, card);

        assertThat(slack.messages("C0MAIL").getFirst().words()).contains("bob@example.org");
        assertThat(slack.directMessages("U0ALICE").getFirst().words()).contains("bob@example.org");
        assertThat(slack.messages("C0REQUESTS"))
                .hasSize(2)
                .allSatisfy(shown -> assertThat(shown.words() + shown.text()).doesNotContain("bob"));
    }

    @Test
    void homeIsOnesOwn() {
        var alice = new Person(new PersonId("slack", "U0ALICE"), "alice");
        chat.home(alice, List.of(card("yours")));
        assertThat(slack.findHome("U0ALICE").map(Shown::words).orElse("")).contains("yours");
        assertThat(slack.findHome("U0BOB")).isEmpty();
    }

    private static Card card(String words) {
        return Card.of(Card.Tone.PLAIN, new Span.Words(words));
    }

    private static Card longCard() {
        return new Card(
                Card.Tone.PLAIN,
                List.of(new Span.Words("long")),
                IntStream.range(0, 30)
                        .mapToObj(i -> new Card.Fact("fact " + i, List.of(new Span.Words("x".repeat(1500)))))
                        .toList(),
                List.of());
    }
}
