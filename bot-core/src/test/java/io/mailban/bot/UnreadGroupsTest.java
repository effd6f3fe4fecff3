package io.mailban.bot;

import static io.mailban.approval.SampleApprovals.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mailban.access.Person;
import io.mailban.access.SelfApproval;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalId;
import io.mailban.approval.Signature;
import io.mailban.approval.Stage;
import io.mailban.audit.AuditEntry;
import io.mailban.bot.BotOfFakes.Waiting;
import io.mailban.chat.Incoming;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A chat platform that is away takes nobody's rights back: what was approved waits until it can be told. */
final class UnreadGroupsTest {
    private static final Person ERIN = BotOfFakes.person("erin");

    private BotOfFakes fakes = new BotOfFakes(SelfApproval.REFUSED, Waiting.TAKES_NO_TIME);

    @Test
    void afterARestartWhatWasApprovedByAGroupWaitsUntilItIsRead() {
        approvedByErin();
        fakes.admins = Optional.empty();

        var going = fakes.requests.resume();
        await().during(Duration.ofMillis(200)).until(() -> stage() instanceof Stage.Approved);
        assertThat(fakes.servers.lifted()).isEmpty();
        fakes.admins = Optional.of(Set.of(ERIN.id()));

        await().untilAsserted(() -> assertThat(stage()).isInstanceOf(Stage.Done.class));
        assertThat(going).hasSize(1);
    }

    @Test
    void whoIsFoundToHaveLeftTheGroupHasNotApproved() {
        approvedByErin();
        fakes.admins = Optional.empty();

        var going = fakes.requests.resume();
        await().during(Duration.ofMillis(200)).until(() -> stage() instanceof Stage.Approved);
        fakes.admins = Optional.of(Set.of());

        await().until(() -> stage() instanceof Stage.Revoked);
        assertThat(fakes.servers.lifted()).isEmpty();
        assertThat(going).hasSize(1);
    }

    @Test
    void whatIsTriedAgainWaitsToo() {
        fakes = new BotOfFakes(SelfApproval.REFUSED, Waiting.MOVES_THE_CLOCK);
        approvedByErin();
        fakes.admins = Optional.of(Set.of(ERIN.id()));
        fakes.servers.goDown("mail1");
        fakes.clock.at(NOON.plusSeconds(1), () -> {
            fakes.admins = Optional.empty();
            fakes.servers.comeBack("mail1");
        });
        fakes.clock.at(NOON.plusSeconds(120), () -> fakes.admins = Optional.of(Set.of(ERIN.id())));

        var going = fakes.requests.resume();

        await().until(() -> stage() instanceof Stage.Done);
        assertThat(((Stage.Done) stage()).at()).isAfterOrEqualTo(NOON.plusSeconds(120));
        assertThat(fakes.servers.lifted()).containsExactly("mail1 postfix-sasl 203.0.113.7");
        assertThat(going).hasSize(1);
    }

    @Test
    void itWaitsUntilTheRequestsOwnEndAndNoLonger() {
        fakes = new BotOfFakes(SelfApproval.REFUSED, Waiting.MOVES_THE_CLOCK);
        approvedByErin();
        fakes.admins = Optional.empty();

        var going = fakes.requests.resume();

        await().until(() -> stage() instanceof Stage.Expired);
        assertThat(fakes.servers.lifted()).isEmpty();
        assertThat(going).hasSize(1);
    }

    @Test
    void whoActsMeanwhileIsRefusedAndToldWhy() {
        fakes.admins = Optional.empty();
        say(BotOfFakes.ALICE, "unban 203.0.113.7 please");

        say(ERIN, "approve aaaaaaa1");

        assertThat(fakes.chat.said())
                .last()
                .isEqualTo(
                        "to erin: that takes the role approver, which erin (terminal:erin) may hold by a group; who is in"
                                + " admins can't be read at the moment. Nothing was done: please try again in a minute");
        assertThat(stage()).isInstanceOf(Stage.Requested.class);
    }

    private void approvedByErin() {
        say(BotOfFakes.ALICE, "unban 203.0.113.7 please");
        Approval waiting = request();
        var yes = new Stage.Decision(ERIN, NOON, Stage.Decision.Kind.BY_ANOTHER);
        fakes.store.move(
                waiting,
                waiting.votedOn(List.of(new Signature(ERIN, NOON)), new Stage.Approved(yes)),
                new AuditEntry(NOON, ERIN, AuditEntry.Act.APPROVED, "203.0.113.7", ""));
    }

    private Stage stage() {
        return request().stage();
    }

    private Approval request() {
        return fakes.store.find(new ApprovalId("aaaaaaa1")).orElseThrow();
    }

    private void say(Person person, String words) {
        fakes.bot().handle(new Incoming.Typed(person, BotOfFakes.HERE, words));
    }
}
