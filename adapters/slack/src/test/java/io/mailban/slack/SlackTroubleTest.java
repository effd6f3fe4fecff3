package io.mailban.slack;

import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.http.Fault;
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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages while Slack is at its limit, in trouble, away, or says no. */
final class SlackTroubleTest {
    private static final Place MAIL = new Place("slack", "C0MAIL");
    private static final Place REQUESTS = new Place("slack", "C0REQUESTS");
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

    /** The channel's messages in their order there. */
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
}
