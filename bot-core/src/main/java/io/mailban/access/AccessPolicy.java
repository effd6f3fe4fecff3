package io.mailban.access;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Who holds which role. Default deny: who is not named holds none. Pure and immutable.
 *
 * @param holders for each role the accounts that hold it
 * @param selfApproval whether an approver's own request may be approved by themselves
 * @param people accounts that are one person's, on several platforms; who is in none has one account
 */
public record AccessPolicy(Map<Role, Set<PersonId>> holders, SelfApproval selfApproval, List<Set<PersonId>> people) {
    /** Copies the collections. */
    public AccessPolicy {
        holders = Map.copyOf(holders);
        people = people.stream().map(Set::copyOf).toList();
    }

    /** Everybody has one account. */
    public AccessPolicy(Map<Role, Set<PersonId>> holders, SelfApproval selfApproval) {
        this(holders, selfApproval, List.of());
    }

    /** Whether both are one human being, who counts once. */
    public boolean areOne(Person one, Person other) {
        return one.is(other) || people.stream().anyMatch(all -> all.contains(one.id()) && all.contains(other.id()));
    }

    /** Whether this person may do what the role allows. */
    public Verdict decide(Person person, Role role) {
        return holders.getOrDefault(role, Set.of()).contains(person.id())
                ? new Verdict.Allowed()
                : new Verdict.Refused(person, role);
    }
}
