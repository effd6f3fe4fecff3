package io.mailban.access;

import java.util.Set;

/** Who is in a platform's groups. Thread-safe, and never waits: it tells what was read last. */
public interface Groups {
    /** Nobody is in any. */
    Groups NONE = _ -> Set.of();

    /** Its people, as read within the last minute; nobody where it could not be read for so long. */
    Set<PersonId> members(GroupId group);
}
