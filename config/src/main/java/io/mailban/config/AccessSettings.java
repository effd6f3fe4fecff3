package io.mailban.config;

import io.mailban.access.PersonId;
import io.mailban.access.Role;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Who holds which role. */
public sealed interface AccessSettings {
    /** Nothing was said: whoever may read the file holds every role at the terminal, nobody does anywhere else. */
    record TerminalOnly() implements AccessSettings {}

    /** These, and nobody else. */
    record Named(Map<Role, Set<PersonId>> people) implements AccessSettings {
        /** Copies the map. */
        public Named {
            people = Map.copyOf(people);
        }
    }

    /** For each role its people. */
    default Map<Role, Set<PersonId>> holders(PersonId atTerminal) {
        return switch (this) {
            case Named(var people) -> people;
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
