package io.mailban.deploy.slack;

import static io.mailban.deploy.slack.SlackWorld.ALICE;
import static io.mailban.deploy.slack.SlackWorld.CAROL;
import static io.mailban.deploy.slack.SlackWorld.DAVE;
import static io.mailban.deploy.slack.SlackWorld.MAIL;
import static io.mailban.deploy.slack.SlackWorld.REQUESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.Fault;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.approval.ApprovalDecider;
import io.mailban.bot.FakeServers;
import io.mailban.chat.Place;
import io.mailban.slack.Delivery;
import io.mailban.slack.FakeSlack;
import io.mailban.slack.Mishap;
import io.mailban.slack.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A request's life, from the question to the lift, while Slack fails on the way. */
final class SlackUnderFaultsTest {
    private static final String ADDRESS = "203.0.113.7";
    private static final String OFFER = "Open the form";
    private static final List<String> ON_THE_WAY = List.of(
            "chat.postMessage",
            "chat.update",
            "chat.postEphemeral",
            "response_url",
            "views.open",
            "conversations.info");

    static Stream<Mishap> mishaps() {
        return Stream.of(
                new Mishap.Broken(Fault.CONNECTION_RESET_BY_PEER),
                new Mishap.Broken(Fault.MALFORMED_RESPONSE_CHUNK),
                new Mishap.Status(503),
                new Mishap.Limited(Duration.ofSeconds(1)),
                new Mishap.Slow(Duration.ofMillis(1500)),
                new Mishap.Refused("internal_error"));
    }

    @ParameterizedTest
    @MethodSource("mishaps")
    void everyMethodFailsOnceAndTheRequestIsCarriedOutOnce(Mishap mishap) {
        try (SlackWorld world = new SlackWorld(banned())) {
            FakeSlack slack = world.slack;
            Shown answer = ask(slack);
            ON_THE_WAY.forEach(method -> slack.next(method, mishap));
            Shown request = request(slack, answer);

            ON_THE_WAY.forEach(method -> slack.next(method, mishap));
            slack.next("users.info", mishap);
            List<Delivery> both = List.of(
                    slack.click(CAROL, request, "Approve"),
                    slack.click(DAVE, slack.awaitMessage(MAIL, "asks to lift"), "Approve"));
            assertThat(both).allSatisfy(click -> assertThat(click.ack().after()).isLessThan(Duration.ofSeconds(3)));
            both.forEach(click -> slack.redeliver(click).ack());

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(slack.message(REQUESTS, request.ts()).words()).contains("lifted by", "checked");
                assertThat(slack.messages(MAIL).stream()
                                .filter(shown -> shown.words().contains("lifted by")))
                        .isNotEmpty();
            });
            assertThat(world.servers.lifted()).containsExactly("mail1 postfix-sasl " + ADDRESS);
        }
    }

    @Test
    void whatWasApprovedInAShellWhileSlackWasAwayIsShownWhenItIsBackAndNothingTwice() {
        try (SlackWorld world = new SlackWorld(banned())) {
            FakeSlack slack = world.slack;
            Shown request = request(slack, ask(slack));
            slack.closeSocket();
            for (String method : List.of("chat.update", "chat.postMessage", "apps.connections.open")) {
                IntStream.range(0, 3).forEach(_ -> slack.next(method, new Mishap.Status(503)));
            }

            Person carol = new Person(new PersonId("slack", CAROL), "carol");
            var _ = world.requests.vote(
                    world.requests.pending().getFirst().id(),
                    carol,
                    new ApprovalDecider.Vote.Approve(),
                    new Place("terminal", "here"));

            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(slack.message(REQUESTS, request.ts()).words()).contains("lifted by @carol", "checked");
                assertThat(slack.living()).isPositive();
                assertThat(slack.replies(REQUESTS, request.ts()))
                        .filteredOn(news -> news.words().contains("lifted at"))
                        .hasSize(1);
            });
            assertThat(slack.replies(REQUESTS, request.ts()))
                    .doesNotHaveDuplicates()
                    .hasSizeLessThanOrEqualTo(2);
            assertThat(slack.messages(REQUESTS)).hasSize(1);
            assertThat(world.servers.lifted()).hasSize(1);
        }
    }

    private static FakeServers banned() {
        return new FakeServers("mail1", "mail2")
                .ban("mail1", "postfix-sasl", ADDRESS, Instant.now().minusSeconds(600));
    }

    private static Shown ask(FakeSlack slack) {
        slack.slash(ALICE, MAIL, "check " + ADDRESS).ack();
        return slack.awaitMessage(MAIL, "can't reach mail1");
    }

    /** A form that could not be opened in time is offered. */
    private static Shown request(FakeSlack slack, Shown answer) {
        slack.click(ALICE, answer, "Request unban").ack();
        await().atMost(Duration.ofSeconds(15))
                .until(() -> !slack.modals(ALICE).isEmpty() || findOffer(slack).isPresent());
        findOffer(slack).ifPresent(offer -> slack.click(ALICE, offer, OFFER).ack());
        slack.submit(ALICE, slack.awaitModal(ALICE), Map.of("reason", "laptop", "device", "PASSWORD_CHANGED"))
                .ack();
        return slack.awaitMessage(REQUESTS, "asks to lift");
    }

    private static Optional<Shown> findOffer(FakeSlack slack) {
        return slack.ephemerals(ALICE).stream()
                .filter(shown -> shown.buttons().contains(OFFER))
                .findFirst();
    }
}
