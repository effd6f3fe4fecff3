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
    void whereItCannotBeReadForAMinuteNothingIsToldOfIt() {
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

        Patience.await().untilAsserted(() -> assertThat(groups.members(ADMINS)).isEmpty());
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

    @Test
    void aGroupWithoutPeopleIsNotOneThatCannotBeRead() {
        slack.workspace().group("S0MAILADMINS");

        groups.readNow(Duration.ofSeconds(10));

        assertThat(groups.members(ADMINS)).contains(Set.of());
    }

    @Test
    void askedToReadNowItHasReadWhatIsTrueSinceThen() {
        groups.readNow(Duration.ofSeconds(10));
        assertThat(groups.members(ADMINS)).contains(Set.of(CAROL));

        slack.workspace().group("S0MAILADMINS", "U0DAVE");
        groups.readNow(Duration.ofSeconds(10));

        assertThat(groups.members(ADMINS)).contains(Set.of(DAVE));
    }

    @Test
    void aSlackThatHangsIsNotWaitedFor() {
        slack.next("usergroups.users.list", new Mishap.Slow(Duration.ofSeconds(8)));
        long began = System.nanoTime();

        groups.readNow(Duration.ofMillis(300));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(4));
        assertThat(groups.members(ADMINS)).isEmpty();
    }

    private void members(PersonId... people) {
        Patience.await().untilAsserted(() -> assertThat(groups.members(ADMINS)).contains(Set.of(people)));
    }
}
