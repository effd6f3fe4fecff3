package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mailban.bot.Patience;
import io.mailban.chat.Naming;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketDoorTest {
    /** Hasty, so that a silent socket is noticed while the test waits; {@link Pace#USUAL} has its own test. */
    private static final Pace HASTY =
            new Pace(Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final FakeSlack slack = FakeSlack.start();
    private final Overheard bot = new Overheard();
    private final SlackPlatform platform = SlackPlatform.of(slack.setup(), Set.of(), InstantSource.system(), HASTY);

    @AfterEach
    void close() {
        platform.close();
        slack.close();
    }

    @Test
    void aClosedSocketIsReplacedAndWhatWasSaidMeanwhileIsHeard() {
        platform.open(bot.ears());
        living(1);

        slack.closeSocket();
        slack.slash("U0ALICE", "C0MAIL", "servers").ack();

        assertThat(bot.await(1)).hasSize(1);
        assertThat(slack.connections()).isEqualTo(2);
        Patience.await().untilAsserted(() -> assertThat(bot.reconnected()).isGreaterThanOrEqualTo(1));
    }

    @Test
    void aSilentSocketIsNoticedAndReplaced() {
        platform.open(bot.ears());
        living(1);

        slack.silence();

        living(1);
        slack.slash("U0ALICE", "C0MAIL", "servers").ack();
        assertThat(bot.await(1)).hasSize(1);
        assertThat(slack.connections()).isEqualTo(2);
    }

    @Test
    void usuallyASilentSocketIsNoticedWithinAMinute() {
        // verifyConnection() waits 3 s for a pong, and a new socket greets within the greeting's time.
        assertThat(Pace.USUAL.watch().plusSeconds(3).plus(Pace.USUAL.greeting()))
                .isLessThan(Duration.ofSeconds(60));
    }

    @Test
    void anAnnouncedEndIsForestalled() {
        platform.open(bot.ears());
        living(1);

        slack.disconnect("warning");

        Patience.await().untilAsserted(() -> assertThat(slack.connections()).isEqualTo(2));
        living(1);
        slack.slash("U0ALICE", "C0MAIL", "servers").ack();
        assertThat(bot.await(1)).hasSize(1);
    }

    @Test
    void aSlackThatClosesEachSocketIsNotStormed() {
        platform.open(bot.ears());
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(6);
        Patience.await().pollInterval(Duration.ofMillis(20)).until(() -> {
            slack.closeSocket();
            return System.nanoTime() > end;
        });

        // 0.25 s at least, then 0.5, 1, 2, 4 …
        assertThat(slack.calls("apps.connections.open")).isBetween(2, 6);
    }

    @Test
    void aSlackThatCannotBeAskedIsAskedAgain() {
        platform.open(bot.ears());
        living(1);
        slack.next("apps.connections.open", new Mishap.Status(503));
        slack.next("apps.connections.open", new Mishap.Limited(Duration.ofSeconds(1)));
        slack.next("apps.connections.open", new Mishap.Refused("internal_error"));

        slack.closeSocket();

        living(1);
        assertThat(slack.calls("apps.connections.open")).isEqualTo(5);
    }

    @Test
    void aSlackThatIsAwayAtTheStartIsWaitedFor() {
        slack.next("auth.test", new Mishap.Status(503));

        platform.open(bot.ears());

        living(1);
        slack.slash("U0ALICE", "C0MAIL", "servers").ack();
        assertThat(bot.await(1)).hasSize(1);
        Patience.await().untilAsserted(() -> assertThat(bot.reconnected()).isEqualTo(1));
    }

    @Test
    void aWrongTokenIsOneSentenceThatNamesWhich() {
        assertRefused(
                "xoxb-wrong",
                slack.appToken(),
                "Slack refuses the bot token (invalid_auth); mailban doctor slack says how to mend it");
        assertRefused(
                slack.botToken(),
                "xapp-wrong",
                "Slack refuses the app-level token (invalid_auth); mailban doctor slack says how to mend it");
    }

    @Test
    void anotherKindOfTokenIsRefusedToo() {
        slack.next("apps.connections.open", new Mishap.Refused("not_allowed_token_type"));

        assertThatThrownBy(() -> platform.open(bot.ears()))
                .isInstanceOf(TokenRefused.class)
                .hasMessage("Slack refuses the app-level token (not_allowed_token_type);"
                        + " mailban doctor slack says how to mend it");
    }

    @Test
    void closedItLeavesNoConnection() {
        platform.open(bot.ears());
        living(1);

        platform.close();

        living(0);
    }

    @Test
    void itClosesAlsoWhileSlackIsSlow() {
        platform.open(bot.ears());
        living(1);
        slack.next("apps.connections.open", new Mishap.Slow(Duration.ofSeconds(10)));
        slack.closeSocket();
        Patience.await()
                .untilAsserted(
                        () -> assertThat(slack.calls("apps.connections.open")).isEqualTo(2));

        long began = System.nanoTime();
        platform.close();

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        assertThat(slack.connections()).isEqualTo(1);
    }

    private void assertRefused(String bot, String app, String sentence) {
        SlackSetup setup = new SlackSetup(
                bot::toCharArray,
                new SlackSetup.Transport.Socket(app::toCharArray),
                slack.api(),
                Set.of(Workspace.TEAM),
                Set.of("C0MAIL"),
                "C0MAIL",
                Naming.MASKED);
        try (SlackPlatform wrong = SlackPlatform.of(setup, Set.of(), InstantSource.system())) {
            assertThatThrownBy(() -> wrong.open(this.bot.ears()))
                    .isInstanceOf(TokenRefused.class)
                    .hasMessage(sentence);
        }
    }

    private void living(int many) {
        Patience.await("living sockets")
                .untilAsserted(() -> assertThat(slack.living()).isEqualTo(many));
    }
}
