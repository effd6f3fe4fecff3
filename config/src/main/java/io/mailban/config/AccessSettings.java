package io.mailban.config;

import io.mailban.access.GroupId;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who holds which role. */
public sealed interface AccessSettings {
    /** Nothing was said: whoever may read the file holds every role at the terminal, nobody does anywhere else. */
    record TerminalOnly() implements AccessSettings {}

    /**
     * These, and nobody else.
     *
     * @param people accounts by role
     * @param groups groups by role, whose members hold it while they are in them
     * @param samePerson accounts that belong to one person
     */
    record Named(Map<Role, Set<PersonId>> people, Map<Role, Set<GroupId>> groups, List<Set<PersonId>> samePerson)
            implements AccessSettings {
        /** Copies the collections. */
        public Named {
            people = Map.copyOf(people);
            groups = Map.copyOf(groups);
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

    /** For each role its groups. */
    default Map<Role, Set<GroupId>> groups() {
        return switch (this) {
            case Named named -> named.groups;
            case TerminalOnly() -> Map.of();
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

    /** The platforms on which somebody holds a role. */
    default Set<String> platforms() {
        return switch (this) {
            case Named named ->
                Stream.concat(
                                all(named.people).map(PersonId::platform),
                                all(named.groups).map(GroupId::platform))
                        .collect(Collectors.toUnmodifiableSet());
            case TerminalOnly() -> Set.of("terminal");
        };
    }

    private static <T> Stream<T> all(Map<Role, Set<T>> byRole) {
        return byRole.values().stream().flatMap(Collection::stream);
    }
}
