package io.mailban.approval;

import static io.mailban.approval.SampleApprovals.NOON;
import static io.mailban.approval.SampleApprovals.plan;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.AccessPolicy;
import io.mailban.access.GroupId;
import io.mailban.access.Groups;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.access.SelfApproval;
import io.mailban.access.Verdict;
import io.mailban.approval.ApprovalDecider.Requesting;
import io.mailban.approval.ApprovalDecider.Rights;
import io.mailban.approval.ApprovalDecider.Vote;
import io.mailban.approval.ApprovalDecider.Voting;
import io.mailban.approval.ApprovalDecider.Withdrawing;
import io.mailban.audit.AuditEntry;
import io.mailban.ban.Address;
import io.mailban.ban.Jail;
import io.mailban.ban.Network;
import io.mailban.ban.ServerName;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ApprovalDeciderTest {
    private static final Person ALICE = person("alice");
    private static final Person CAROL = person("carol");
    private static final Person CAROLS_PHONE = new Person(PersonId.of("slack:U024BE7LH"), "Carol");
    private static final Person DAVE = person("dave");
    private static final Person MALLORY = person("mallory");
    private static final GroupId ADMINS = new GroupId("slack", "S0614TZR7");
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
    void whatIsWideTakesTwoPeopleOfWhomAnApproverWhoAsksIsOne() {
        ApprovalDecider decider = decider(SelfApproval.SINGLE_ADDRESS);
        UnbanPlan network = plan(Network.of("203.0.113.0/24"));
        UnbanPlan recidive = new UnbanPlan(
                Address.of("203.0.113.7"), List.of(new Plan.Step(new ServerName("mail1"), Jail.RECIDIVE)));
        UnbanPlan byHand = new UnbanPlan(
                Address.of("203.0.113.7"),
                List.of(new Plan.Step(
                        new ServerName("mail1"), new Jail("postfix-sasl"), Plan.Origin.BY_HAND, Optional.of(NOON))));
        for (Plan plan : List.of(network, recidive, byHand, SampleApprovals.exemption(Duration.ofHours(1)))) {
            Approval request = request(decider, CAROL, plan);
            assertThat(request.consent()).isEqualTo(new Consent(2, List.of(new Signature(CAROL, NOON))));
            assertThat(decider.vote(request, CAROL, new Vote.Approve(), NOON))
                    .isEqualTo(new Voting.CountedBefore(request));
            assertThat(decider.vote(request, CAROLS_PHONE, new Vote.Approve(), NOON))
                    .as("another account of the same person")
                    .isEqualTo(new Voting.CountedBefore(request));
            Approval approved = counted(decider.vote(request, DAVE, new Vote.Approve(), NOON));
            assertThat(approved.stage())
                    .isEqualTo(new Stage.Approved(new Stage.Decision(DAVE, NOON, Stage.Decision.Kind.BY_ANOTHER)));
            assertThat(approved.consent().votes())
                    .containsExactly(new Signature(CAROL, NOON), new Signature(DAVE, NOON));
        }
    }

    @Test
    void aRequestOfOneWhoIsNoApproverIsNobodysYes() {
        ApprovalDecider decider = decider(SelfApproval.SINGLE_ADDRESS);
        Approval request = request(decider, ALICE, plan(Network.of("203.0.113.0/24")));
        assertThat(request.consent()).isEqualTo(new Consent(2, List.of()));
        Approval once = counted(decider.vote(request, CAROL, new Vote.Approve(), NOON));
        assertThat(once.stage()).isInstanceOf(Stage.Requested.class);
        assertThat(counted(decider.vote(once, DAVE, new Vote.Approve(), NOON)).stage())
                .isInstanceOf(Stage.Approved.class);
        assertThat(counted(decider.vote(once, DAVE, new Vote.Deny("no"), NOON)).stage())
                .as("one deny ends it, whoever said yes before")
                .isInstanceOf(Stage.Denied.class);
    }

    @Test
    void anApproverWithTwoAccountsApprovesNoRequestOfTheirOwnWithTheOther() {
        ApprovalDecider decider = decider(SelfApproval.REFUSED);
        Approval request = request(decider, CAROL, PLAN);
        assertThat(decider.vote(request, CAROLS_PHONE, new Vote.Approve(), NOON))
                .isEqualTo(new Voting.OwnRequest(request));
    }

    @Test
    void theYesOfOneWhoMayNoMoreDoesNotCountWhenTheNextOneComes() {
        Approval once = counted(decider(SelfApproval.REFUSED)
                .vote(
                        request(decider(SelfApproval.REFUSED), ALICE, plan(Network.of("203.0.113.0/24"))),
                        CAROL,
                        new Vote.Approve(),
                        NOON));
        ApprovalDecider without = new ApprovalDecider(
                new AccessPolicy(
                        Map.of(Role.REQUESTER, Set.of(ALICE.id()), Role.APPROVER, Set.of(DAVE.id())),
                        SelfApproval.REFUSED),
                Duration.ofMinutes(30));
        Approval after = counted(without.vote(once, DAVE, new Vote.Approve(), NOON));
        assertThat(after.stage()).isInstanceOf(Stage.Requested.class);
        assertThat(after.consent().votes()).containsExactly(new Signature(DAVE, NOON));
    }

    @Test
    void whoseRightIsGoneIsFoundBeforeAnythingIsRun() {
        ApprovalDecider decider = decider(SelfApproval.REFUSED);
        Stage.Decision decision = new Stage.Decision(DAVE, NOON, Stage.Decision.Kind.BY_ANOTHER);
        Approval approved = counted(decider.vote(
                request(decider, CAROL, plan(Network.of("203.0.113.0/24"))), DAVE, new Vote.Approve(), NOON));
        assertThat(decider.rights(approved, decision)).isEqualTo(new Rights.Held());
        assertThat(with(Set.of(CAROL.id()), Set.of(CAROL.id())).rights(approved, decision))
                .isEqualTo(new Rights.Lost(new Verdict.Refused(DAVE, Role.APPROVER)));
        assertThat(with(Set.of(CAROL.id()), Set.of(DAVE.id())).rights(approved, decision))
                .isEqualTo(new Rights.Lost(new Verdict.Refused(CAROL, Role.APPROVER)));
        assertThat(with(Set.of(), Set.of(CAROL.id(), DAVE.id())).rights(approved, decision))
                .isEqualTo(new Rights.Lost(new Verdict.Refused(CAROL, Role.REQUESTER)));
    }

    @Test
    void onlyTheRequesterWithdrawsByWhicheverAccount() {
        ApprovalDecider decider = decider(SelfApproval.REFUSED);
        Approval request = request(decider, CAROL, PLAN);
        assertThat(decider.withdraw(request, DAVE, NOON)).isEqualTo(new Withdrawing.NotYours(request));
        assertThat(decider.withdraw(request, CAROLS_PHONE, NOON)).isInstanceOf(Withdrawing.Withdrawn.class);
        assertThat(decider.withdraw(request, CAROL, request.expiresAt())).isEqualTo(new Withdrawing.TooLate(request));
    }

    @Test
    void joiningIsNoVoteAndHappensOnce() {
        ApprovalDecider decider = decider(SelfApproval.REFUSED);
        Approval request = request(decider, ALICE, PLAN);
        assertThat(decider.join(request, ALICE, NOON)).isEmpty();
        Approval joined = decider.join(request, CAROL, NOON).orElseThrow().next();
        assertThat(joined.joiners()).containsExactly(new Signature(CAROL, NOON));
        assertThat(joined.consent().votes()).isEmpty();
        assertThat(decider.join(joined, CAROL, NOON)).isEmpty();
    }

    @Test
    void anEmergencyTakesAnApproverAndIsMarked() {
        ApprovalDecider decider = decider(SelfApproval.REFUSED);
        assertThat(decider.emergency(id(), PLAN, ALICE, "now", Optional.empty(), NOON))
                .isInstanceOf(Requesting.NotAllowed.class);
        assertThat(decider.emergency(id(), PLAN, CAROL, "now", Optional.empty(), NOON))
                .isInstanceOfSatisfying(Requesting.Opened.class, opened -> {
                    assertThat(opened.move().next().stage())
                            .isEqualTo(
                                    new Stage.Approved(new Stage.Decision(CAROL, NOON, Stage.Decision.Kind.EMERGENCY)));
                    assertThat(opened.move().entry().act()).isEqualTo(AuditEntry.Act.EMERGENCY);
                    assertThat(opened.move().entry().reason()).isEqualTo("now");
                    assertThat(opened.move().entry().result()).isEqualTo("unban, without approval");
                });
    }

    @Test
    void anApproverWhoLeavesTheGroupBeforeTheRunHasNotApproved() {
        var admins = new GroupId("slack", "S0614TZR7");
        Set<PersonId> members = new HashSet<>(Set.of(CAROLS_PHONE.id()));
        ApprovalDecider decider = new ApprovalDecider(
                new AccessPolicy(
                        Map.of(Role.REQUESTER, Set.of(ALICE.id())),
                        Map.of(Role.APPROVER, Set.of(admins)),
                        group -> Optional.of(group.equals(admins) ? members : Set.of()),
                        SelfApproval.REFUSED,
                        List.of()),
                Duration.ofMinutes(30));
        Approval approved =
                counted(decider.vote(request(decider, ALICE, PLAN), CAROLS_PHONE, new Vote.Approve(), NOON));
        Stage.Decision decision = ((Stage.Approved) approved.stage()).decision();
        assertThat(decider.rights(approved, decision)).isEqualTo(new Rights.Held());

        members.remove(CAROLS_PHONE.id());

        assertThat(decider.rights(approved, decision))
                .isEqualTo(new Rights.Lost(new Verdict.Refused(CAROLS_PHONE, Role.APPROVER)));
    }

    /** Carol's phone is an approver by a group, Dave by name; whether the group can be read. */
    private static ApprovalDecider byGroup(Groups membership) {
        return new ApprovalDecider(
                new AccessPolicy(
                        Map.of(Role.REQUESTER, Set.of(ALICE.id()), Role.APPROVER, Set.of(DAVE.id())),
                        Map.of(Role.APPROVER, Set.of(ADMINS)),
                        membership,
                        SelfApproval.REFUSED,
                        List.of()),
                Duration.ofMinutes(30));
    }

    @Test
    void aGroupThatCannotBeReadTakesNobodysYesBack() {
        ApprovalDecider reads = byGroup(_ -> Optional.of(Set.of(CAROLS_PHONE.id())));
        ApprovalDecider readsNothing = byGroup(Groups.NONE);
        Verdict.Refused untold = new Verdict.Refused(CAROLS_PHONE, Role.APPROVER, Set.of(ADMINS));
        Approval alone = counted(reads.vote(request(reads, ALICE, PLAN), CAROLS_PHONE, new Vote.Approve(), NOON));
        Stage.Decision decision = ((Stage.Approved) alone.stage()).decision();
        assertThat(readsNothing.rights(alone, decision)).isEqualTo(new Rights.Untold(untold));
        assertThat(byGroup(_ -> Optional.of(Set.of())).rights(alone, decision))
                .isEqualTo(new Rights.Lost(new Verdict.Refused(CAROLS_PHONE, Role.APPROVER)));
        assertThat(readsNothing.vote(request(reads, ALICE, PLAN), CAROLS_PHONE, new Vote.Approve(), NOON))
                .as("but she can't say it meanwhile")
                .isEqualTo(new Voting.NotAllowed(untold));

        Approval once = counted(reads.vote(
                request(reads, ALICE, plan(Network.of("203.0.113.0/24"))), CAROLS_PHONE, new Vote.Approve(), NOON));
        Approval twice = counted(readsNothing.vote(once, DAVE, new Vote.Approve(), NOON));
        assertThat(twice.consent().votes())
                .as("hers stays, and is looked at again")
                .hasSize(2);
        assertThat(readsNothing.rights(twice, decision)).isEqualTo(new Rights.Untold(untold));
        assertThat(with(Set.of(), Set.of(DAVE.id())).rights(twice, decision))
                .isEqualTo(new Rights.Lost(new Verdict.Refused(ALICE, Role.REQUESTER)));
    }

    private static ApprovalDecider with(Set<PersonId> requesters, Set<PersonId> approvers) {
        return new ApprovalDecider(
                new AccessPolicy(Map.of(Role.REQUESTER, requesters, Role.APPROVER, approvers), SelfApproval.REFUSED),
                Duration.ofMinutes(30));
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
                assertThat(decider.withdraw(moved, ALICE, NOON)).isEqualTo(new Withdrawing.TooLate(moved));
                assertThat(decider.expire(moved, request.expiresAt()).isPresent())
                        .as("what is approved and not begun expires too")
                        .isEqualTo(stage instanceof Stage.Approved);
            }
        }
    }

    private static ApprovalDecider decider(SelfApproval selfApproval) {
        return new ApprovalDecider(
                new AccessPolicy(
                        Map.of(
                                Role.REQUESTER, Set.of(ALICE.id(), CAROL.id()),
                                Role.APPROVER, Set.of(CAROL.id(), DAVE.id(), CAROLS_PHONE.id())),
                        selfApproval,
                        List.of(Set.of(CAROL.id(), CAROLS_PHONE.id()))),
                Duration.ofMinutes(30));
    }

    private static Approval request(ApprovalDecider decider, Person by, Plan plan) {
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
