package io.mailban.access;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who holds which role. Default deny: who is neither named nor in a group that is named holds none. Immutable, but for
 * who is in the groups, which is asked anew each time.
 *
 * @param named for each role the accounts that hold it
 * @param groups for each role the groups whose members hold it
 * @param membership who is in them now
 * @param selfApproval whether an approver's own request may be approved by themselves
 * @param people accounts that are one person's, on several platforms; who is in none has one account
 */
public record AccessPolicy(
        Map<Role, Set<PersonId>> named,
        Map<Role, Set<GroupId>> groups,
        Groups membership,
        SelfApproval selfApproval,
        List<Set<PersonId>> people) {
    /** Copies the collections. */
    public AccessPolicy {
        named = Map.copyOf(named);
        groups = Map.copyOf(groups);
        people = people.stream().map(Set::copyOf).toList();
    }

    /** No role is given to a group. */
    public AccessPolicy(Map<Role, Set<PersonId>> named, SelfApproval selfApproval, List<Set<PersonId>> people) {
        this(named, Map.of(), Groups.NONE, selfApproval, people);
    }

    /** No role is given to a group, and everybody has one account. */
    public AccessPolicy(Map<Role, Set<PersonId>> named, SelfApproval selfApproval) {
        this(named, selfApproval, List.of());
    }

    /** Whether both are one human being, who counts once. */
    public boolean areOne(Person one, Person other) {
        return one.is(other) || people.stream().anyMatch(all -> all.contains(one.id()) && all.contains(other.id()));
    }

    /** Whether this person may do what the role allows, at this moment; not, while nobody can say. */
    public Verdict decide(Person person, Role role) {
        if (named.getOrDefault(role, Set.of()).contains(person.id())) {
            return new Verdict.Allowed();
        }
        // Each group is asked once: between two questions it can have been read, or become too old.
        Set<GroupId> unread = new HashSet<>();
        for (GroupId group : groups.getOrDefault(role, Set.of())) {
            if (group.platform().equals(person.id().platform())) {
                Optional<Set<PersonId>> members = membership.members(group);
                if (members.filter(all -> all.contains(person.id())).isPresent()) {
                    return new Verdict.Allowed();
                }
                if (members.isEmpty()) {
                    unread.add(group);
                }
            }
        }
        return new Verdict.Refused(person, role, unread);
    }

    /** The accounts that are known to hold a role at this moment. */
    public Set<PersonId> holders(Role role) {
        Stream<PersonId> members = groups.getOrDefault(role, Set.of()).stream().flatMap(this::members);
        return Stream.concat(named.getOrDefault(role, Set.of()).stream(), members)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A platform speaks for its own accounts alone: none of its groups makes an approver of another's. */
    private Stream<PersonId> members(GroupId group) {
        return membership.members(group).stream()
                .flatMap(Set::stream)
                .filter(person -> person.platform().equals(group.platform()));
    }
}
