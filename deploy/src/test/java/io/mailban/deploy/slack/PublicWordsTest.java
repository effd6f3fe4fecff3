package io.mailban.deploy.slack;

import static io.mailban.deploy.slack.SlackWorld.ALICE;
import static io.mailban.deploy.slack.SlackWorld.CAROL;
import static io.mailban.deploy.slack.SlackWorld.MAIL;
import static io.mailban.deploy.slack.SlackWorld.REQUESTS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.bot.FakeServers;
import io.mailban.logtime.LogTime;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.Protocol;
import io.mailban.maillog.Service;
import io.mailban.mailserver.Trace;
import io.mailban.slack.FakeSlack;
import io.mailban.slack.Shown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What stands in channels, over a request's whole life, whatever people type. */
final class PublicWordsTest {
    private static final String BOB = "bob@example.org";

    @Test
    void noMailboxIsNamedInFullInAChannel() {
        try (SlackWorld world = new SlackWorld(servers())) {
            FakeSlack slack = world.slack;
            slack.slash(ALICE, MAIL, "check 203.0.113.7").ack();
            Shown answer = slack.awaitMessage(MAIL, "b…@example.org");
            assertThat(slack.awaitEphemeral(ALICE, BOB)).isNotNull();

            slack.click(ALICE, answer, "Request unban").ack();
            slack.submit(ALICE, slack.awaitModal(ALICE), Map.of("reason", "it is " + BOB, "device", "NOT_YET"))
                    .ack();
            Shown request = slack.awaitMessage(REQUESTS, "“it is b…@example.org”");
            slack.slash(CAROL, MAIL, "requests").ack();
            slack.slash(CAROL, MAIL, "bans").ack();
            slack.slash(CAROL, MAIL, "history " + BOB).ack();
            slack.slash(CAROL, MAIL, "check " + BOB).ack();
            slack.awaitMessage(MAIL, "1 request waits");
            slack.awaitMessage(MAIL, "3 bans stand");

            slack.click(CAROL, request, "Deny").ack();
            slack.submit(CAROL, slack.awaitModal(CAROL), Map.of("reason", BOB + " was stolen"))
                    .ack();
            await().untilAsserted(() -> assertThat(slack.replies(REQUESTS, request.ts()))
                    .anySatisfy(news -> assertThat(news.words()).contains("“b…@example.org was stolen”")));
            slack.mention(CAROL, MAIL, "emergency 203.0.113.7 " + BOB + " can't wait")
                    .ack();
            slack.awaitMessage(REQUESTS, "without approval: “b…@example.org can't wait”");
            await().until(() -> world.servers.lifted().size() == 1);
            await().untilAsserted(() -> assertThat(slack.messages(REQUESTS))
                    .anySatisfy(card -> assertThat(card.words()).contains("checked")));

            assertThat(Stream.of("chat.postMessage", "chat.update")
                            .flatMap(method -> slack.bodies(method).stream())
                            .map(JsonObject::toString))
                    .isNotEmpty()
                    .noneMatch(body -> body.toLowerCase(Locale.ROOT).contains(BOB));
        }
    }

    private static FakeServers servers() {
        Instant now = Instant.now();
        FakeServers servers = new FakeServers("mail1")
                .ban("mail1", "postfix-sasl", "203.0.113.7", now.minusSeconds(600))
                .ban("mail1", "by-name", BOB, now.minusSeconds(500))
                .ban("mail1", "by-name", "bob", now.minusSeconds(400));
        for (int day : List.of(1, 2, 3)) {
            servers.log(new Trace.OfMail(
                    now.minus(Duration.ofDays(day)),
                    new MailEvent.Login(
                            new LogTime.Missing(),
                            Service.DOVECOT,
                            Optional.of(Address.of("203.0.113.7")),
                            new Mailbox(BOB),
                            Optional.empty(),
                            Protocol.IMAP),
                    "imap-login: Login: user=<" + BOB + ">"));
        }
        return servers;
    }
}
