package io.mailban.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;

/** Default deny: every right has a line in the configuration, and a member of a group has it no longer than membership. */
final class AccessPolicyTest {
    private static final GroupId ADMINS = new GroupId("slack", "S0614TZR7");
    private static final Person BOB = new Person(PersonId.of("slack:U1"), "bob");

    /** Few of each, so that they meet. */
    @Provide
    Arbitrary<PersonId> people() {
        return Combinators.combine(Arbitraries.of("slack", "terminal", "discord"), Arbitraries.of("U1", "U2", "S1"))
                .as(PersonId::new);
    }

    @Provide
    Arbitrary<Map<Role, Set<PersonId>>> named() {
        return Arbitraries.maps(Arbitraries.of(Role.class), people().set().ofMaxSize(2));
    }

    @Provide
    Arbitrary<Map<Role, Set<GroupId>>> groups() {
        return Arbitraries.maps(Arbitraries.of(Role.class), groupIds().set().ofMaxSize(2));
    }

    @Provide
    Arbitrary<Map<GroupId, Set<PersonId>>> membership() {
        return Arbitraries.maps(groupIds(), people().set().ofMaxSize(4));
    }

    private static Arbitrary<GroupId> groupIds() {
        return Combinators.combine(Arbitraries.of("slack", "discord"), Arbitraries.of("S1", "S2"))
                .as(GroupId::new);
    }

    @Property
    void aRightHasItsLineInTheConfigurationAndNobodyElseAny(
            @ForAll("named") Map<Role, Set<PersonId>> named,
            @ForAll("groups") Map<Role, Set<GroupId>> groups,
            @ForAll("membership") Map<GroupId, Set<PersonId>> members,
            @ForAll("people") PersonId who,
            @ForAll Role role) {
        AccessPolicy policy = new AccessPolicy(
                named,
                groups,
                group -> Optional.of(members.getOrDefault(group, Set.of())),
                SelfApproval.REFUSED,
                List.of());

        boolean byName = named.getOrDefault(role, Set.of()).contains(who);
        boolean byGroup = false;
        for (GroupId group : groups.getOrDefault(role, Set.of())) {
            byGroup |= group.platform().equals(who.platform())
                    && members.getOrDefault(group, Set.of()).contains(who);
        }
        Statistics.collect(byName ? "by name" : byGroup ? "by group" : "refused");
        // Of a thousand stories some fifteen grant by a group: none of them would be a generator that lost its way.
        Statistics.coverage(checker -> {
            checker.check("by name").count(count -> count > 0);
            checker.check("by group").count(count -> count > 0);
            checker.check("refused").count(count -> count > 0);
        });
        assertThat(policy.decide(new Person(who, "x"), role) instanceof Verdict.Allowed)
                .isEqualTo(byName || byGroup);
        assertThat(policy.holders(role).contains(who)).isEqualTo(byName || byGroup);
    }

    @Example
    void whoIsTakenOutOfAGroupLosesItsRights() {
        Map<GroupId, Set<PersonId>> members = new HashMap<>(Map.of(ADMINS, Set.of(BOB.id())));
        AccessPolicy policy = approvers(members);
        assertThat(policy.decide(BOB, Role.APPROVER)).isInstanceOf(Verdict.Allowed.class);
        assertThat(policy.holders(Role.APPROVER)).containsExactly(BOB.id());

        members.clear();

        assertThat(policy.decide(BOB, Role.APPROVER)).isEqualTo(new Verdict.Refused(BOB, Role.APPROVER));
        assertThat(policy.holders(Role.APPROVER)).isEmpty();
    }

    @Example
    void whereAGroupCannotBeReadNobodyHoldsItsRolesAndThatIsSaid() {
        AccessPolicy policy = new AccessPolicy(
                Map.of(),
                Map.of(Role.APPROVER, Set.of(ADMINS, new GroupId("discord", "S1"))),
                Groups.NONE,
                SelfApproval.REFUSED,
                List.of());

        assertThat(policy.decide(BOB, Role.APPROVER))
                .isEqualTo(new Verdict.Refused(BOB, Role.APPROVER, Set.of(ADMINS)));
        assertThat(policy.decide(BOB, Role.READER)).isEqualTo(new Verdict.Refused(BOB, Role.READER));
        var root = new Person(PersonId.of("terminal:root"), "root");
        assertThat(policy.decide(root, Role.APPROVER))
                .as("whom no group that is not read could make one")
                .isEqualTo(new Verdict.Refused(root, Role.APPROVER));
        assertThat(policy.holders(Role.APPROVER)).isEmpty();
    }

    @Example
    void aGroupGivesTheRolesThatItIsNamedForAlone() {
        AccessPolicy policy = approvers(Map.of(ADMINS, Set.of(BOB.id())));

        assertThat(policy.decide(BOB, Role.READER)).isInstanceOf(Verdict.Refused.class);
    }

    @Example
    void aPlatformsGroupSpeaksForItsOwnAccountsAlone() {
        var root = new Person(PersonId.of("terminal:root"), "root");

        assertThat(approvers(Map.of(ADMINS, Set.of(root.id()))).decide(root, Role.APPROVER))
                .isInstanceOf(Verdict.Refused.class);
    }

    @Example
    void accountsOfOnePersonHoldTheirRightsByThemselves() {
        var terminal = new Person(PersonId.of("terminal:bob"), "bob");
        var policy = new AccessPolicy(
                Map.of(),
                Map.of(Role.APPROVER, Set.of(ADMINS)),
                _ -> Optional.of(Set.of(BOB.id())),
                SelfApproval.REFUSED,
                List.of(Set.of(BOB.id(), terminal.id())));

        assertThat(policy.areOne(BOB, terminal)).isTrue();
        assertThat(policy.decide(terminal, Role.APPROVER)).isInstanceOf(Verdict.Refused.class);
    }

    private static AccessPolicy approvers(Map<GroupId, Set<PersonId>> members) {
        return new AccessPolicy(
                Map.of(),
                Map.of(Role.APPROVER, Set.of(ADMINS)),
                group -> Optional.of(members.getOrDefault(group, Set.of())),
                SelfApproval.REFUSED,
                List.of());
    }
}
