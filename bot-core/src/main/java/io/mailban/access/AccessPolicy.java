package io.mailban.access;

import java.util.Map;
import java.util.Set;

/**
 * Who holds which role. Default deny: who is not named holds none. Pure and immutable.
 *
 * @param holders for each role the accounts that hold it
 * @param selfApproval whether an approver's own request may be approved by themselves
 */
public record AccessPolicy(Map<Role, Set<PersonId>> holders, SelfApproval selfApproval) {
    /** Copies the map. */
    public AccessPolicy {
        holders = Map.copyOf(holders);
    }

    /** Whether this person may do what the role allows. */
    public Verdict decide(Person person, Role role) {
        return holders.getOrDefault(role, Set.of()).contains(person.id())
                ? new Verdict.Allowed()
                : new Verdict.Refused(person, role);
    }
}
