package io.mailban.approval;

import static io.mailban.approval.SampleApprovals.NOON;
import static io.mailban.approval.SampleApprovals.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.AccessPolicy;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.approval.ApprovalDecider.Requesting;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalDecider.Voting;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ApprovalDeciderTest {
    private static final Person ALICE = person("alice");
    private static final Person CAROL = person("carol");
    private static final Person MALLORY = person("mallory");
    private static final UnbanPlan PLAN = plan(Address.of("203.0.113.7"));

    @Test
    void whoHoldsNoRoleCanNeitherAskNorDecide() {
        ApprovalDecider decider = decider(SelfApproval.SINGLE_ADDRESS);
        assertThat(decider.request(id(), PLAN, MALLORY, "please", DeviceState.UNKNOWN, NOON))
                .isInstanceOf(Requesting.NotAllowed.class);
        assertThat(decider.vote(request(decider, ALICE, PLAN), MALLORY, new Vote.Approve(), NOON))
                .isInstanceOf(Voting.NotAllowed.class);
        assertThat(decider.vote(request(decider, ALICE, PLAN), MALLORY, new Vote.Deny("no"), NOON))
                .isInstanceOf(Voting.NotAllowed.class);
    }

    @Test
    void aRequesterWhoIsNoApproverCannotApproveTheirOwn() {
        ApprovalDecider decider = decider(SelfApproval.SINGLE_ADDRESS);
        assertThat(decider.vote(request(decider, ALICE, PLAN), ALICE, new Vote.Approve(), NOON))
                .isInstanceOf(Voting.NotAllowed.class);
    }

    @Test
    void anotherApproversYesApproves() {
        ApprovalDecider decider = decider(SelfApproval.REFUSED);
        Approval approved = counted(decider.vote(request(decider, ALICE, PLAN), CAROL, new Vote.Approve(), NOON));
        assertThat(approved.stage())
                .isEqualTo(new Stage.Approved(new Stage.Decision(CAROL, NOON, Stage.Decision.Kind.BY_ANOTHER)));
        assertThat(approved.version()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(SelfApproval.class)
    void anApproversOwnRequestCountsOnlyAsConfigured(SelfApproval setting) {
        ApprovalDecider decider = decider(setting);
        Voting voting = decider.vote(request(decider, CAROL, PLAN), CAROL, new Vote.Approve(), NOON);
        switch (setting) {
            case REFUSED -> assertThat(voting).isInstanceOf(Voting.OwnRequest.class);
            case SINGLE_ADDRESS ->
                assertThat(counted(voting).stage())
                        .isEqualTo(
                                new Stage.Approved(new Stage.Decision(CAROL, NOON, Stage.Decision.Kind.SELF_APPROVED)));
        }
    }

    @Test
    void networksAndRecidiveTakeTwoPeople() {
        ApprovalDecider decider = decider(SelfApproval.SINGLE_ADDRESS);
        UnbanPlan network = plan(Network.of("203.0.113.0/24"));
        UnbanPlan recidive = new UnbanPlan(
                Address.of("203.0.113.7"), List.of(new Plan.Step(new ServerName("mail1"), Jail.RECIDIVE)));
        for (UnbanPlan plan : List.of(network, recidive)) {
            Approval request = request(decider, CAROL, plan);
            assertThat(decider.vote(request, CAROL, new Vote.Approve(), NOON)).isInstanceOf(Voting.OwnRequest.class);
        }
    }

    @Test
    void oneDenyEndsIt() {
        ApprovalDecider decider = decider(SelfApproval.REFUSED);
        Approval denied = counted(decider.vote(request(decider, ALICE, PLAN), CAROL, new Vote.Deny("who?"), NOON));
        assertThat(denied.stage()).isInstanceOf(Stage.Denied.class);
        assertThat(decider.vote(denied, CAROL, new Vote.Approve(), NOON)).isEqualTo(new Voting.TooLate(denied));
    }

    @Test
    void afterItsTimeARequestExpiresAndNoVoteCounts() {
        ApprovalDecider decider = decider(SelfApproval.REFUSED);
        Approval request = request(decider, ALICE, PLAN);
        assertThat(decider.expire(request, request.expiresAt().minusMillis(1))).isEmpty();
        assertThat(decider.vote(request, CAROL, new Vote.Approve(), request.expiresAt()))
                .isInstanceOf(Voting.TooLate.class);
        assertThat(decider.expire(request, request.expiresAt()))
                .hasValueSatisfying(
                        move -> assertThat(move.next().stage()).isEqualTo(new Stage.Expired(request.expiresAt())));
    }

    @Test
    void noStageButRequestedTakesAVoteOrExpires() {
        ApprovalDecider decider = decider(SelfApproval.REFUSED);
        Approval request = request(decider, ALICE, PLAN);
        for (Stage stage : SampleApprovals.everyStage()) {
            if (!(stage instanceof Stage.Requested)) {
                Approval moved = request.movedTo(stage);
                assertThat(decider.vote(moved, CAROL, new Vote.Approve(), NOON)).isEqualTo(new Voting.TooLate(moved));
                assertThat(decider.expire(moved, request.expiresAt())).isEmpty();
            }
        }
    }

    private static ApprovalDecider decider(SelfApproval selfApproval) {
        return new ApprovalDecider(
                new AccessPolicy(
                        Map.of(
                                Role.REQUESTER, Set.of(ALICE.id(), CAROL.id()),
                                Role.APPROVER, Set.of(CAROL.id())),
                        selfApproval),
                Duration.ofMinutes(30));
    }

    private static Approval request(ApprovalDecider decider, Person by, UnbanPlan plan) {
        return decider.request(id(), plan, by, "password changed", DeviceState.PASSWORD_CHANGED, NOON)
                        instanceof Requesting.Opened(var move)
                ? move.next()
                : Assertions.fail("the request was refused");
    }

    private static Approval counted(Voting voting) {
        assertThat(voting).isInstanceOf(Voting.Counted.class);
        return ((Voting.Counted) voting).move().next();
    }

    private static ApprovalId id() {
        return new ApprovalId("k3x9q2ab");
    }

    private static Person person(String name) {
        return new Person(new PersonId("terminal", name), name);
    }
}
