package io.mailban.access;

import java.util.Set;

/** Whether somebody may. */
public sealed interface Verdict {
    /** Go on. */
    record Allowed() implements Verdict {}

    /**
     * Do nothing, and say that {@code missing} is the role that this takes.
     *
     * @param unread groups by which this person may hold it, and of which can't be told just now who is in them: ask again
     */
    record Refused(Person person, Role missing, Set<GroupId> unread) implements Verdict {
        /** Copies the set. */
        public Refused {
            unread = Set.copyOf(unread);
        }

        /** For sure. */
        public Refused(Person person, Role missing) {
            this(person, missing, Set.of());
        }

        /** Whether it may be another verdict as soon as the groups can be read again. */
        public boolean isPassing() {
            return !unread.isEmpty();
        }
    }
}
