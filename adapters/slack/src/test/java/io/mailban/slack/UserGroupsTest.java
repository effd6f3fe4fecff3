package io.mailban.slack;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.GroupId;
import io.mailban.access.PersonId;
import io.mailban.bot.Patience;
import io.mailban.bot.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UserGroupsTest {
    private static final GroupId ADMINS = new GroupId("slack", "S0MAILADMINS");
    private static final PersonId CAROL = new PersonId("slack", "U0CAROL");
    private static final PersonId DAVE = new PersonId("slack", "U0DAVE");

    private final FakeSlack slack = FakeSlack.start();
    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-22T22:00:00Z"));
    private final UserGroups groups = new UserGroups(
            new Api(slack.api(), () -> slack.botToken().toCharArray()),
            Set.of(ADMINS, new GroupId("discord", "123")),
            clock,
            Duration.ofMillis(50));

    @AfterEach
    void close() {
        groups.close();
        slack.close();
    }

    @Test
    void whoIsInAGroupIsFollowed() {
        assertThat(groups.members(ADMINS)).isEmpty();
        groups.open();
        members(CAROL);

        slack.workspace().group("S0MAILADMINS", "U0DAVE");

        members(DAVE);
        assertThat(slack.bodies("usergroups.users.list"))
                .extracting(body -> Json.text(body, "usergroup"))
                .containsOnly("S0MAILADMINS");
    }

    @Test
    void whereItCannotBeReadForAMinuteNobodyIsInIt() {
        groups.open();
        members(CAROL);
        for (int i = 0; i < 1000; i++) {
            slack.next("usergroups.users.list", new Mishap.Status(503));
        }
        int asked = slack.calls("usergroups.users.list");
        Patience.await()
                .untilAsserted(
                        () -> assertThat(slack.calls("usergroups.users.list")).isGreaterThan(asked + 2));

        clock.pause(Duration.ofSeconds(50));
        members(CAROL);
        clock.pause(Duration.ofSeconds(9));

        members();
    }

    @Test
    void afterA429ItIsLeftAloneForAsLongAsSlackAsked() {
        slack.next("usergroups.users.list", new Mishap.Limited(Duration.ofSeconds(2)));
        long began = System.nanoTime();
        groups.open();

        members(CAROL);

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofSeconds(2));
        assertThat(slack.calls("usergroups.users.list")).isBetween(2, 20);
    }

    private void members(PersonId... people) {
        Patience.await().untilAsserted(() -> assertThat(groups.members(ADMINS)).containsExactly(people));
    }
}
