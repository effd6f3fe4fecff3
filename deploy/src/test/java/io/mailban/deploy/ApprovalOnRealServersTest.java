package io.mailban.deploy;

import static io.mailban.bot.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalDecider;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.DeviceState;
import io.mailban.approval.Plan;
import io.mailban.approval.Stage;
import io.mailban.ban.Address;
import io.mailban.ban.BannedId;
import io.mailban.ban.Network;
import io.mailban.bot.FakeChat;
import io.mailban.bot.Origins;
import io.mailban.bot.Reminders;
import io.mailban.bot.Requests;
import io.mailban.bot.Restraint;
import io.mailban.bot.Unbans;
import io.mailban.bot.Watch;
import io.mailban.chat.Place;
import io.mailban.deploy.wiring.RequestIds;
import io.mailban.restraint.Mode;
import io.mailban.sandbox.MailServer;
import io.mailban.store.SqliteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two approvers, two servers, what takes both of them, and a fail2ban that is away or starts anew in between. */
final class ApprovalOnRealServersTest {
    private static final String NETWORK = "198.18.7.0/24";
    private static final String ADDRESS = "198.18.7.9";
    private static final Place ROOM = new Place("terminal", "room");
    private static final Person ALICE = person("alice");
    private static final Person CAROL = person("carol");
    private static final Person DAVE = person("dave");

    @TempDir
    private Path directory;

    @Test
    void twoApproveWhatIsWideAndTheServerThatIsAwayIsTriedAgain() {
        try (RealServers real = new RealServers();
                SqliteStore store = SqliteStore.open(directory.resolve("mailban.db"))) {
            MailServer away = real.withJournal();
            banManyOthers(away);
            real.all().forEach(server -> real.banByHand("postfix-sasl", NETWORK, server));
            FakeChat chat = new FakeChat();
            Unbans unbans = unbans(real, store);
            Requests requests = requests(real, store, unbans, chat);

            Plan plan = plan(unbans, Network.of(NETWORK));
            assertThat(plan.steps())
                    .hasSize(2)
                    .allSatisfy(step -> assertThat(step.since()).isPresent());
            var _ = requests.open(plan, ALICE, "a typo of mine", DeviceState.UNKNOWN, ROOM);
            Approval request = store.approvals().open().getFirst();
            var _ = requests.vote(request.id(), CAROL, new Vote.Approve(), ROOM);
            assertThat(stage(store, request)).isInstanceOf(Stage.Requested.class);

            away.exec("systemctl", "stop", "fail2ban");
            var _ = requests.vote(request.id(), DAVE, new Vote.Approve(), ROOM);
            await().atMost(Duration.ofMinutes(1)).until(() -> stage(store, request) instanceof Stage.Retrying);
            assertThat(results(store, request)).containsExactly("mail1 LIFTED", "mail2 NOT_TOLD");
            assertThat(banned(real.withFiles())).doesNotContain(NETWORK);
            assertThat(chat.said()).anySatisfy(line -> assertThat(line).contains("not every server could be asked"));

            away.exec("systemctl", "start", "fail2ban");
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> stage(store, request).life() == Stage.Life.OVER);
            assertThat(results(store, request)).containsExactly("mail1 LIFTED", "mail2 LIFTED");
            awaitRestored(away);
            assertThat(banned(away)).doesNotContain(NETWORK);
            assertThat(real.withFiles()
                            .exec("grep", "-c", "Unban " + NETWORK + "$", "/var/log/fail2ban.log")
                            .strip())
                    .as("the server that was there is lifted once")
                    .isEqualTo("1");
            requests.close();
        }
    }

    @Test
    void aBanThatWasMadeByHandTakesTwoAndNoRestartMakesItAnotherOrSeemGone() {
        try (RealServers real = new RealServers();
                SqliteStore store = SqliteStore.open(directory.resolve("mailban.db"))) {
            Unbans unbans = unbans(real, store);
            Requests requests = requests(real, store, unbans, new FakeChat());
            for (MailServer server : real.all()) {
                banManyOthers(server);
                real.banByHand("postfix-sasl", ADDRESS, server);
            }
            Plan plan = plan(unbans, Address.of(ADDRESS));
            assertThat(plan.steps()).extracting(Plan.Step::origin).containsOnly(Plan.Origin.BY_HAND);
            var _ = requests.open(plan, ALICE, "a typo of mine", DeviceState.UNKNOWN, ROOM);
            Approval request = store.approvals().open().getFirst();
            assertThat(request.consent().needed()).isEqualTo(2);
            var _ = requests.vote(request.id(), CAROL, new Vote.Approve(), ROOM);
            assertThat(stage(store, request)).isInstanceOf(Stage.Requested.class);
            assertThat(banned(real.withFiles())).contains(ADDRESS);

            real.all().forEach(server -> server.exec("systemctl", "restart", "fail2ban"));
            var _ = requests.vote(request.id(), DAVE, new Vote.Approve(), ROOM);
            await().atMost(Duration.ofMinutes(3))
                    .until(() -> stage(store, request).life() == Stage.Life.OVER);
            assertThat(results(store, request)).containsExactly("mail1 LIFTED", "mail2 LIFTED");
            assertThat(store.approvals().open()).isEmpty();
            real.all().forEach(server -> {
                awaitRestored(server);
                assertThat(banned(server)).doesNotContain(ADDRESS);
            });
            requests.close();
        }
    }

    /** Restored before what is banned later, so that a fail2ban that has just started does not hold that for seconds. */
    private static void banManyOthers(MailServer server) {
        server.exec("sh", "-c", "fail2ban-client set postfix-sasl banip $(seq -f 198.18.9.%g 200)");
    }

    /** Whatever would come back has come back by then. */
    private static void awaitRestored(MailServer server) {
        await().atMost(Duration.ofMinutes(1)).until(() -> banned(server).contains("198.18.9.200"));
    }

    private static Plan plan(Unbans unbans, BannedId target) {
        Unbans.Planning planning = unbans.plan(target, Optional.empty());
        assertThat(planning).isInstanceOf(Unbans.Planning.Planned.class);
        return ((Unbans.Planning.Planned) planning).plan();
    }

    private static List<String> results(SqliteStore store, Approval request) {
        List<Stage.StepResult> results = switch (stage(store, request)) {
            case Stage.Retrying retrying -> retrying.results();
            case Stage.Done done -> done.results();
            case Stage other -> throw new AssertionError("neither done nor tried again: " + other);
        };
        return results.stream()
                .map(result -> result.server() + " " + result.outcome())
                .toList();
    }

    private static Requests requests(RealServers real, SqliteStore store, Unbans unbans, FakeChat chat) {
        return new Requests(
                unbans,
                real.inquiries(),
                new Watch(real.ssh(), real.ssh(), unbans, decider(), Thread::sleep, InstantSource.system()),
                store.approvals(),
                store.postedCards(),
                restraint(store),
                new Reminders(
                        decider().policy(), store.approvals(), store.pings(), Thread::sleep, InstantSource.system()),
                chat,
                List.of(),
                Thread::sleep,
                InstantSource.system());
    }

    private static Restraint restraint(SqliteStore store) {
        return new Restraint(store.modeSwitch(), store.uses(), new Mode.ReadsAndWrites(), 20, InstantSource.system());
    }

    private static Unbans unbans(RealServers real, SqliteStore store) {
        return new Unbans(
                real.ssh(),
                real.ssh(),
                new Origins(real.ssh(), real.ssh(), real.ssh(), InstantSource.system()),
                (_, _, step) -> {
                    throw new AssertionError("nobody asked to exempt " + step);
                },
                store.approvals(),
                decider(),
                new RequestIds(),
                restraint(store),
                Duration.ZERO,
                Thread::sleep,
                InstantSource.system());
    }

    private static ApprovalDecider decider() {
        return new ApprovalDecider(
                new AccessPolicy(
                        Map.of(
                                Role.REQUESTER, Set.of(ALICE.id()),
                                Role.APPROVER, Set.of(CAROL.id(), DAVE.id())),
                        SelfApproval.REFUSED),
                Duration.ofMinutes(30));
    }

    private static Stage stage(SqliteStore store, Approval request) {
        return store.approvals().find(request.id()).orElseThrow().stage();
    }

    private static String banned(MailServer server) {
        return server.exec("fail2ban-client", "get", "postfix-sasl", "banip");
    }

    private static Person person(String name) {
        return new Person(new PersonId("terminal", name), name);
    }
}
