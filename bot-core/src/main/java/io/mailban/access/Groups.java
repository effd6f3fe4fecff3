package io.mailban.access;

import java.util.Optional;
import java.util.Set;

/** Who is in a platform's groups. Thread-safe, and never waits: it tells what was read last. */
public interface Groups {
    /** Of none can be told who is in it: no platform is connected. */
    Groups NONE = _ -> Optional.empty();

    /**
     * Its people, as read within the last minute. Empty where it could not be read for so long: that is not a group without
     * people, and nobody can say who holds a role by it.
     */
    Optional<Set<PersonId>> members(GroupId group);
}
