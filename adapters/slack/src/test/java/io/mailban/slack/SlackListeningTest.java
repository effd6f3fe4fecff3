package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.slack.api.methods.SlackApiException;
import com.slack.api.methods.response.chat.ChatPostMessageResponse;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.ban.Address;
import io.mailban.bot.Patience;
import io.mailban.chat.CardAction;
import io.mailban.chat.Incoming;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people do in Slack reaches the bot, over a socket; {@link SlackListeningOverHttpTest} does the same over HTTP. */
class SlackListeningTest {
    private static final Person ALICE = new Person(new PersonId("slack", "U0ALICE"), "alice");
    private static final CardAction LINES =
            new CardAction.ShowLines(Address.find("203.0.113.7").orElseThrow(), Optional.empty());

    final FakeSlack slack = FakeSlack.start();
    private final Overheard bot = new Overheard();
    private SlackPlatform platform;

    SlackPlatform open(Overheard ears) {
        SlackPlatform opened = SlackPlatform.of(slack.setup(), Set.of(), InstantSource.system());
        opened.open(ears.ears());
        return opened;
    }

    @BeforeEach
    void open() {
        platform = open(bot);
    }

    @AfterEach
    void close() {
        platform.close();
        slack.close();
    }

    @Test
    void aSlashCommandIsAcknowledgedEmptyAndHeard() {
        Delivery.Ack ack = slack.slash("U0ALICE", "C0MAIL", "check <http://203.0.113.7|203.0.113.7>")
                .ack();

        assertThat(ack.status()).isEqualTo(200);
        assertThat(ack.body().size()).isZero();
        assertThat(bot.await(1)).containsExactly(new Incoming.Typed(ALICE, place("C0MAIL"), "check 203.0.113.7"));
    }

    @Test
    void aMentionIsAnsweredInItsThreadOrInOneUnderIt() {
        Delivery top = slack.mention("U0ALICE", "C0MAIL", "check 203.0.113.7");
        String ts = Json.text(Json.in(top.payload(), "event"), "ts");
        bot.await(1);
        slack.mention("U0ALICE", "C0MAIL", ts, "servers").ack();

        assertThat(bot.await(2))
                .containsExactly(
                        new Incoming.Typed(ALICE, place("C0MAIL/" + ts), "check 203.0.113.7"),
                        new Incoming.Typed(ALICE, place("C0MAIL/" + ts), "servers"));
    }

    @Test
    void aDirectMessageNeedsNoMention() {
        slack.dm("U0ALICE", "/mailban check <mailto:bob@example.org|bob@example.org>")
                .ack();

        assertThat(bot.await(1))
                .containsExactly(
                        new Incoming.Typed(ALICE, place(Workspace.directMessage("U0ALICE")), "check bob@example.org"));
    }

    @Test
    void whatIsDeliveredAgainIsAcknowledgedAndNotHeardAgain() {
        List<Delivery> deliveries = List.of(
                slack.slash("U0ALICE", "C0MAIL", "servers"),
                slack.mention("U0ALICE", "C0MAIL", "bans"),
                slack.dm("U0ALICE", "help"));
        bot.await(3);

        for (Delivery delivery : deliveries) {
            assertThat(slack.redeliver(delivery).ack().status()).isEqualTo(200);
        }
        slack.dm("U0BOB", "help").ack();

        assertThat(bot.await(4)).hasSize(4);
        assertThat(bot.claimed())
                .noneMatch(id -> deliveries.stream()
                        .map(delivery -> Json.text(delivery.payload(), "trigger_id"))
                        .anyMatch(trigger -> !trigger.isEmpty() && id.contains(trigger)));
    }

    @Test
    void aButtonTellsItsMessageAndADoubleClickIsOne() throws Exception {
        Shown card = card("C0MAIL", Optional.empty(), LINES.encoded());

        slack.click("U0ALICE", card, "Press").ack();
        slack.click("U0ALICE", card, "Press").ack();
        slack.dm("U0ALICE", "help").ack();

        assertThat(bot.await(2))
                .containsExactlyInAnyOrder(
                        new Incoming.Pressed(
                                ALICE, place("C0MAIL"), LINES, Optional.of(new MessageRef(place("C0MAIL"), card.ts()))),
                        new Incoming.Typed(ALICE, place(Workspace.directMessage("U0ALICE")), "help"));
    }

    @Test
    void aButtonInAThreadIsThere() throws Exception {
        Shown head = card("C0MAIL", Optional.empty(), LINES.encoded());
        Shown reply = card("C0MAIL", Optional.of(head.ts()), LINES.encoded());

        slack.click("U0ALICE", reply, "Press").ack();

        Place thread = place("C0MAIL/" + head.ts());
        assertThat(bot.await(1))
                .containsExactly(
                        new Incoming.Pressed(ALICE, thread, LINES, Optional.of(new MessageRef(thread, reply.ts()))));
    }

    @Test
    void aShortcutHandsOnWhateverCanBeReadInTheMessage() {
        Shown message = slack.say("U0BOB", "C0MAIL", "locked out since <http://203.0.113.7|203.0.113.7>?");
        JsonObject attachment = new JsonObject();
        attachment.addProperty("fallback", "rip=198.51.100.9");
        JsonArray attachments = new JsonArray();
        attachments.add(attachment);
        message.body().add("attachments", attachments);

        slack.shortcut("U0ALICE", "check_address", message).ack();

        assertThat(bot.await(1)).singleElement().isInstanceOfSatisfying(Incoming.Pointed.class, pointed -> {
            assertThat(pointed.place()).isEqualTo(place("C0MAIL/" + message.ts()));
            assertThat(pointed.text())
                    .startsWith("locked out since 203.0.113.7?")
                    .endsWith("rip=198.51.100.9");
        });
    }

    @Test
    void whatNobodyListensToIsAcknowledgedAllTheSame() {
        Shown message = slack.say("U0BOB", "C0MAIL", "203.0.113.7");

        assertThat(slack.shortcut("U0ALICE", "of_another_version", message)
                        .ack()
                        .status())
                .isEqualTo(200);
        slack.dm("U0ALICE", "help").ack();

        assertThat(bot.await(1)).hasSize(1);
    }

    @Test
    void twoHundredAtOnceAreAllAcknowledgedWhileTheBotIsBusy() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        bot.answer(_ -> {
            try {
                free.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        for (int i = 0; i < 200; i++) {
            slack.workspace().user("U1PERSON" + i, "person" + i);
        }

        List<Delivery> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(slack.slash("U1PERSON" + i, "C0MAIL", "check 203.0.113." + i));
        }
        Duration slowest = all.stream()
                .map(delivery -> delivery.ack().after())
                .max(Duration::compareTo)
                .orElseThrow();
        bot.await(200);
        free.countDown();

        assertThat(slowest).isLessThan(Duration.ofSeconds(3));
    }

    @Test
    void onePersonsDeedsAreHeardInTheirOrderAndHoldNobodyElse() throws Exception {
        CountDownLatch free = new CountDownLatch(1);
        bot.answer(incoming -> {
            if (incoming instanceof Incoming.Typed typed
                    && typed.person().is(ALICE)
                    && typed.text().equals("bans 0")) {
                try {
                    free.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
        });

        for (int i = 0; i < 5; i++) {
            slack.slash("U0ALICE", "C0MAIL", "bans " + i).ack();
        }
        slack.slash("U0BOB", "C0MAIL", "servers").ack();

        assertThat(bot.await(2)).extracting(SlackListeningTest::text).containsExactly("bans 0", "servers");
        free.countDown();
        assertThat(bot.await(6))
                .extracting(SlackListeningTest::text)
                .containsExactly("bans 0", "servers", "bans 1", "bans 2", "bans 3", "bans 4");
    }

    @Test
    void whoIsNoFullMemberOfTheWorkspaceIsNotHeard() {
        slack.workspace().guest("U0BOB");
        slack.workspace().bot("U0CAROL");
        slack.workspace().stranger("U0DAVE", "T0OTHER");
        slack.workspace().user("U0GONE", "gone");
        slack.workspace().delete("U0GONE");

        for (String user : List.of("U0BOB", "U0CAROL", "U0DAVE", "U0GONE", "U0NOBODY")) {
            assertThat(slack.slash(user, "C0MAIL", "servers").ack().status()).isEqualTo(200);
        }
        slack.slash("U0ALICE", "C0ELSEWHERE", "servers").ack();
        slack.slash("U0ALICE", "C0MAIL", "help").ack();

        Patience.await()
                .untilAsserted(() -> assertThat(slack.calls("users.info")).isEqualTo(5));
        assertThat(bot.await(1)).extracting(SlackListeningTest::text).containsExactly("help");
    }

    @Test
    void nobodyIsAskedForTwiceAtATimeOrWithinAMinute() {
        for (int i = 0; i < 20; i++) {
            slack.slash("U0ALICE", "C0MAIL", "servers");
            slack.mention("U0ALICE", "C0MAIL", "servers");
        }
        bot.await(40);

        assertThat(slack.calls("users.info")).isEqualTo(1);
    }

    @Test
    void whereSlackDoesNotSayWhoItIsNothingIsDoneAndTheNextTimeItIsAskedAgain() {
        slack.next("users.info", new Mishap.Status(500));
        slack.slash("U0ALICE", "C0MAIL", "servers").ack();
        Patience.await()
                .untilAsserted(() -> assertThat(slack.calls("users.info")).isEqualTo(1));

        slack.slash("U0ALICE", "C0MAIL", "help").ack();

        assertThat(bot.await(1)).extracting(SlackListeningTest::text).containsExactly("help");
        assertThat(slack.calls("users.info")).isEqualTo(2);
    }

    private Shown card(String channel, Optional<String> thread, String value) throws IOException, SlackApiException {
        ChatPostMessageResponse posted = new Api(
                        slack.api(), () -> slack.botToken().toCharArray())
                .client()
                .chatPostMessage(r -> r.channel(channel)
                        .threadTs(thread.orElse(null))
                        .text("card")
                        .blocksAsString("""
                                [{"type": "actions", "elements": [{"type": "button", "action_id": "lines",
                                "text": {"type": "plain_text", "text": "Press"}, "value": "%s"}]}]""".formatted(value)));
        assertThat(posted.getError()).isNull();
        return slack.message(channel, posted.getTs());
    }

    private static String text(Incoming incoming) {
        return incoming instanceof Incoming.Typed typed ? typed.text() : incoming.toString();
    }

    private static Place place(String id) {
        return new Place("slack", id);
    }
}
