package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
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
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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
    private static final Duration NONE = Duration.ZERO;

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
    void whatDoesNotFitAMessageGoesOnInItsThread() {
        MessageRef message = chat.post(MAIL, longCard());
        int pages = Layout.pages(longCard(), Naming.FULL).size();
        assertThat(pages).isGreaterThan(2);
        assertThat(slack.messages("C0MAIL")).hasSize(1);
        assertThat(slack.replies("C0MAIL", message.id())).hasSize(pages - 1);

        chat.post(THREAD, longCard());
        assertThat(slack.replies("C0MAIL", "1763812800.000900")).hasSize(pages);

        chat.update(message, longCard());
        assertThat(slack.calls("chat.update")).isEqualTo(1);
    }

    @Test
    void aThreadIsUnderAMessageAndNotUnderAReply() {
        MessageRef message = chat.post(MAIL, card("hello"));
        assertThat(chat.thread(message)).contains(new Place("slack", "C0MAIL/" + message.id()));
        assertThat(chat.thread(chat.post(THREAD, card("reply")))).isEmpty();
    }

    @Test
    void fiftyMessagesOnTwoChannelsKeepTheirOrderThroughLimits() throws Exception {
        for (int i = 0; i < 50; i++) {
            slack.next(
                    "chat.postMessage",
                    i % 11 == 4 ? new Mishap.Limited(Duration.ofSeconds(1)) : new Mishap.Slow(NONE));
        }
        List<Thread> both = new ArrayList<>();
        for (Place place : List.of(MAIL, REQUESTS)) {
            both.add(Thread.ofVirtual()
                    .start(() -> IntStream.range(0, 25).forEach(i -> chat.post(place, card("message " + i)))));
        }
        for (Thread one : both) {
            one.join();
        }
        assertThat(said("C0MAIL")).containsExactlyElementsOf(numbered(25));
        assertThat(said("C0REQUESTS")).containsExactlyElementsOf(numbered(25));
        assertThat(slack.calls("chat.postMessage")).isEqualTo(50 + 5);
    }

    @Test
    void aLimitHoldsUpItsOwnChannelOnlyAndForAsLongAsSlackSays() throws Exception {
        chat.naming(MAIL);
        chat.naming(REQUESTS);
        slack.next("chat.postMessage", new Mishap.Limited(Duration.ofSeconds(2)));
        long began = System.nanoTime();
        Thread held = Thread.ofVirtual().start(() -> chat.post(MAIL, card("held")));
        await().until(() -> slack.calls("chat.postMessage") == 1);
        chat.post(REQUESTS, card("free"));
        assertThat(held.isAlive()).isTrue();
        assertThat(said("C0REQUESTS")).containsExactly("free");

        held.join();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(said("C0MAIL")).containsExactly("held");
        assertThat(slack.calls("chat.postMessage")).isEqualTo(3);
    }

    @Test
    void noFaultLosesOrReordersAnything() {
        List<Mishap> mishaps = List.of(
                new Mishap.Broken(Fault.CONNECTION_RESET_BY_PEER),
                new Mishap.Broken(Fault.EMPTY_RESPONSE),
                new Mishap.Broken(Fault.MALFORMED_RESPONSE_CHUNK),
                new Mishap.Broken(Fault.RANDOM_DATA_THEN_CLOSE),
                new Mishap.Status(200),
                new Mishap.Status(500),
                new Mishap.Status(503),
                new Mishap.Slow(Duration.ofMillis(300)),
                new Mishap.Refused("internal_error"),
                new Mishap.Refused("fatal_error"),
                new Mishap.Refused("service_unavailable"),
                new Mishap.Refused("ratelimited"));
        for (int i = 0; i < mishaps.size(); i++) {
            slack.next("chat.postMessage", mishaps.get(i));
            chat.post(MAIL, card("message " + i));
        }
        assertThat(said("C0MAIL")).containsExactlyElementsOf(numbered(mishaps.size()));
    }

    @Test
    void whatSlackDidWithoutAnAnswerStandsThereTwiceRatherThanNever() {
        slack.next("chat.postMessage", new Mishap.DoneThenBroken(Fault.CONNECTION_RESET_BY_PEER));
        MessageRef message = chat.post(MAIL, card("message 0"));
        assertThat(said("C0MAIL")).isNotEmpty().allMatch("message 0"::equals);
        // The one that can still be edited is one that stands there.
        assertThat(slack.message("C0MAIL", message.id()).words()).contains("message 0");
    }

    @Test
    void afterAnOutageAllGoesOutInTheOrderInWhichItCame() throws Exception {
        for (int i = 0; i < 4; i++) {
            slack.next("chat.postMessage", new Mishap.Status(503));
        }
        SlackChat masked = chat(Naming.MASKED);
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Card card = card("message " + i);
            Thread thread = Thread.ofVirtual().start(() -> masked.post(MAIL, card));
            if (i == 0) {
                await().until(() -> slack.calls("chat.postMessage") > 0);
            } else {
                await().pollInterval(Duration.ofMillis(5)).until(() -> thread.getState() == Thread.State.WAITING);
            }
            waiting.add(thread);
        }
        for (Thread thread : waiting) {
            thread.join();
        }
        assertThat(said("C0MAIL")).containsExactlyElementsOf(numbered(20));
    }

    @Test
    void whatNoRetryMendsIsAskedOnceAndToldWithItsMending() {
        slack.workspace().leave("C0MAIL");
        assertThatThrownBy(() -> chat.post(MAIL, card("hello")))
                .isInstanceOf(NotSaid.class)
                .hasMessage("nothing can be said in slack C0MAIL: Slack says not_in_channel;"
                        + " invite the bot there: /invite @mailban");
        assertThat(slack.calls("chat.postMessage")).isEqualTo(1);

        assertThatThrownBy(() -> chat.post(new Place("slack", "C0GONE"), card("hello")))
                .isInstanceOf(NotSaid.class)
                .hasMessageContaining("C0GONE: Slack says channel_not_found; check the channel's id");

        slack.workspace().revoke("chat:write");
        assertThatThrownBy(() -> chat.post(REQUESTS, card("hello")))
                .isInstanceOf(NotSaid.class)
                .hasMessageContaining("missing_scope, needed: chat:write; update the app from its manifest");
    }

    @Test
    void aDeadChannelDoesNotHoldUpOthers() {
        slack.workspace().flag("C0MAIL", "is_archived", Boolean.TRUE);
        assertThatThrownBy(() -> chat.post(MAIL, card("hello"))).isInstanceOf(NotSaid.class);
        chat.post(REQUESTS, card("hello"));
        assertThat(said("C0REQUESTS")).containsExactly("hello");
    }

    @Test
    void noTokenGetsIntoTheWordsOfAFailure() {
        for (String word : List.of("invalid_auth", "token_revoked", "account_inactive", "not_authed")) {
            slack.next("chat.postMessage", new Mishap.Refused(word));
            assertThatThrownBy(() -> chat.post(MAIL, card("hello")))
                    .isInstanceOf(NotSaid.class)
                    .hasMessageContaining(word + "; install the app anew")
                    .satisfies(e -> assertThat(stack(e)).doesNotContain("xoxb").doesNotContain(slack.botToken()));
        }
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
    void ofEditsThatWaitTheLastIsMadeAndAllReturnWithIt() throws Exception {
        MessageRef message = chat.post(MAIL, card("first"));
        slack.next("chat.update", new Mishap.Limited(Duration.ofSeconds(1)));
        List<Thread> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            Card card = card("edit " + i);
            Thread thread = Thread.ofVirtual().start(() -> chat.update(message, card));
            all.add(thread);
            if (i == 0) {
                await().until(() -> slack.calls("chat.update") == 1);
            } else {
                await().pollInterval(Duration.ofMillis(5)).until(() -> thread.getState() == Thread.State.WAITING);
            }
        }
        for (Thread thread : all) {
            thread.join();
        }
        assertThat(said("C0MAIL")).containsExactly("edit 19");
        // The refused one, the same again, and the last of those that had come meanwhile.
        assertThat(slack.calls("chat.update")).isEqualTo(3);
    }

    @Test
    void aPingCallsThoseWhoHaveAnAccountAndNobodyElse() {
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

    private List<String> said(String channel) {
        return slack.messages(channel).stream()
                .map(shown -> shown.words().lines().findFirst().orElse("").replace("*", ""))
                .toList();
    }

    private static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(i -> "message " + i).toList();
    }

    private static String stack(Throwable e) {
        StringWriter out = new StringWriter();
        e.printStackTrace(new PrintWriter(out));
        return out.toString();
    }

    private static Card card(String words) {
        return Card.of(Card.Tone.PLAIN, new Span.Words(words));
    }

    private static Card longCard() {
        return facts(30, "x".repeat(1500));
    }

    private static Card facts(int count, String words) {
        return new Card(
                Card.Tone.PLAIN,
                List.of(new Span.Words("long")),
                IntStream.range(0, count)
                        .mapToObj(i -> new Card.Fact("fact " + i, List.of(new Span.Words(words))))
                        .toList(),
                List.of());
    }
}
