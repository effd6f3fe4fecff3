package io.mailban.config;

import io.mailban.access.PersonId;
import io.mailban.access.Role;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who holds which role. */
public sealed interface AccessSettings {
    /** Nothing was said: whoever may read the file holds every role at the terminal, nobody does anywhere else. */
    record TerminalOnly() implements AccessSettings {}

    /**
     * These, and nobody else.
     *
     * @param samePerson accounts that belong to one person
     */
    record Named(Map<Role, Set<PersonId>> people, List<Set<PersonId>> samePerson) implements AccessSettings {
        /** Copies the collections. */
        public Named {
            people = Map.copyOf(people);
            samePerson = List.copyOf(samePerson);
        }
    }

    /** Accounts that belong to one person, who counts once. */
    default List<Set<PersonId>> samePerson() {
        return switch (this) {
            case Named named -> named.samePerson;
            case TerminalOnly() -> List.of();
        };
    }

    /** For each role its people. */
    default Map<Role, Set<PersonId>> holders(PersonId atTerminal) {
        return switch (this) {
            case Named named -> named.people;
            case TerminalOnly() -> {
                Map<Role, Set<PersonId>> every = new EnumMap<>(Role.class);
                for (Role role : Role.values()) {
                    every.put(role, Set.of(atTerminal));
                }
                yield every;
            }
        };
    }
}
