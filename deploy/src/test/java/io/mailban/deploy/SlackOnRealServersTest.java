package io.mailban.deploy;

import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.config.ConfigReader;
import io.mailban.config.ConfigReading;
import io.mailban.config.Settings;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.deploy.wiring.Platforms;
import io.mailban.sandbox.Account;
import io.mailban.sandbox.Login;
import io.mailban.slack.Delivery;
import io.mailban.slack.FakeSlack;
import io.mailban.slack.Shown;
import io.mailban.slack.Workspace;
import io.mailban.terminal.TerminalChat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The whole job where people meet it: a real ban on a real server, and Slack at the wire, with Bolt in between. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SlackOnRealServersTest extends OnRealServers {
    private static final Duration IN_TIME = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String ALICE = "U0ALICE";
    private static final String CAROL = "U0CAROL";
    private static final String DAVE = "U0DAVE";
    private static final String MAIL = "C0MAIL";
    private static final String REQUESTS = "C0REQUESTS";

    @TempDir
    private Path directory;

    @Test
    void askedApprovedByAnotherLiftedAndTheClientReadsMailAgain() throws IOException {
        String laptop = "203.0.113.7";
        try (FakeSlack slack = FakeSlack.start();
                Bot bot = new Bot(slack)) {
            slack.workspace().group("S0MAILADMINS", CAROL, DAVE);
            slack.expectPing(ALICE, CAROL, DAVE);
            real.lockOut(laptop, real.withFiles());
            bot.awaitConnection();

            inTime(slack.slash(ALICE, MAIL, "check " + laptop));
            Shown answer = awaitMessage(slack, MAIL, shown -> shown.words().contains("can't reach mail1"));
            assertThat(answer.words())
                    .contains("postfix-sasl")
                    .contains("b…@example.org")
                    .doesNotContain(Account.BOB.mailbox());
            await().untilAsserted(() -> assertThat(slack.ephemerals(ALICE))
                    .as("the one who asked is told the name in full")
                    .anySatisfy(shown -> assertThat(shown.words()).contains(Account.BOB.mailbox())));

            inTime(slack.click(ALICE, answer, "Request unban"));
            Shown form = await().until(() -> slack.modals(ALICE), modals -> !modals.isEmpty())
                    .getFirst();
            inTime(slack.submit(
                    ALICE, form, Map.of("reason", "Bob's laptop has its new password", "device", "PASSWORD_CHANGED")));
            Shown request =
                    awaitMessage(slack, REQUESTS, shown -> shown.buttons().contains("Approve"));
            assertThat(request.words()).contains(laptop).contains("Bob's laptop has its new password");
            Shown copy = awaitMessage(slack, MAIL, shown -> shown.buttons().contains("Approve"));

            inTime(slack.click(ALICE, request, "Approve"));
            await().untilAsserted(() -> assertThat(slack.ephemerals(ALICE))
                    .as("who may not is told why, alone")
                    .anySatisfy(shown -> assertThat(shown.words()).contains("approve")));
            assertThat(banned()).contains(laptop);

            inTime(slack.click(CAROL, request, "Approve"));
            List<Shown> copies = List.of(request, copy);
            copies.forEach(one -> awaitNow(slack, one, "lifted", "checked", "carol"));
            assertThat(banned()).doesNotContain(laptop);

            assertThat(real.client(laptop).imapLogin(real.withFiles(), Account.BOB))
                    .isEqualTo(Login.LOGGED_IN);
            copies.forEach(one -> awaitNow(slack, one, "logged in", "b…@example.org"));
            assertThat(slack.message(REQUESTS, request.ts()).buttons()).isEmpty();
            await().untilAsserted(() -> assertThat(slack.replies(REQUESTS, request.ts()))
                    .as("what was decided, in the thread")
                    .anySatisfy(reply -> assertThat(reply.words()).contains("logged in")));

            inTime(slack.click(DAVE, request, "Approve"));
            await().untilAsserted(() -> assertThat(slack.ephemerals(DAVE))
                    .as("the late clicker is told who decided")
                    .anySatisfy(shown -> assertThat(shown.words()).contains("carol")));
        }
    }

    @Test
    void aClickAfterARestartWorks() throws IOException {
        String phone = "203.0.113.8";
        try (FakeSlack slack = FakeSlack.start()) {
            slack.expectPing(ALICE, CAROL);
            real.lockOut(phone, real.withFiles());
            Shown request;
            try (Bot bot = new Bot(slack)) {
                bot.awaitConnection();
                inTime(slack.slash(ALICE, MAIL, "unban " + phone + " mail1 Bob's phone has its new password"));
                request = awaitMessage(slack, REQUESTS, shown -> shown.buttons().contains("Approve"));
            }
            assertThat(banned()).contains(phone);
            try (Bot bot = new Bot(slack)) {
                bot.awaitConnection();
                inTime(slack.click(CAROL, request, "Approve"));
                awaitNow(slack, request, "lifted", "checked", "carol");
            }
            assertThat(banned()).doesNotContain(phone);
        }
    }

    private String banned() {
        return real.withFiles().exec("fail2ban-client", "get", "postfix-sasl", "banip");
    }

    private static void inTime(Delivery delivery) {
        assertThat(delivery.ack().after()).isLessThan(IN_TIME);
    }

    private static Shown awaitMessage(FakeSlack slack, String channel, Predicate<Shown> wanted) {
        return await().atMost(PATIENCE)
                .until(() -> slack.messages(channel).stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    private static void awaitNow(FakeSlack slack, Shown message, String... words) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                slack.message(message.channel(), message.ts()).words())
                        .contains(words));
    }

    /** The bot as {@code mailban run} makes it, from a file as an operator writes it. */
    private final class Bot implements AutoCloseable {
        private final FakeSlack slack;
        private final Platforms platforms;
        private final Mailban mailban;

        Bot(FakeSlack slack) throws IOException {
            this.slack = slack;
            Settings settings = settings();
            this.platforms = Platforms.of(settings);
            this.mailban = Mailban.open(
                    settings,
                    settings.policy(new PersonId("terminal", "nobody"), platforms.groups()),
                    platforms.with(new TerminalChat(InstantSource.system())),
                    platforms.requestPlaces());
            platforms.greet();
            var _ = mailban.requests().resume();
            platforms.open(mailban);
        }

        private Settings settings() throws IOException {
            Path file = Configurations.write(directory, "slack", List.of(real.withFiles()));
            Files.writeString(
                    file,
                    """

                    slack:
                      bot_token: ${BOT_TOKEN}
                      app_token: ${APP_TOKEN}
                      workspaces: [%s]
                      channels: [%s, %s]
                      requests: %s
                      api: %s
                    access:
                      readers: [slack:U0ALICE, slack:U0CAROL]
                      requesters: [slack:U0ALICE]
                      approvers: [slack:S0MAILADMINS]
                    """.formatted(Workspace.TEAM, MAIL, REQUESTS, REQUESTS, slack.api()),
                    StandardOpenOption.APPEND);
            ConfigReading reading =
                    ConfigReader.read(file, Map.of("BOT_TOKEN", slack.botToken(), "APP_TOKEN", slack.appToken()));
            assertThat(reading).isInstanceOf(ConfigReading.Read.class);
            return ((ConfigReading.Read) reading).settings();
        }

        /** Also until it knows who is in the group. */
        void awaitConnection() {
            await().atMost(PATIENCE).until(() -> slack.living() > 0);
            await().atMost(PATIENCE)
                    .until(() -> !mailban.policy().holders(Role.APPROVER).isEmpty());
        }

        @Override
        public void close() {
            platforms.close();
            mailban.close();
        }
    }
}
