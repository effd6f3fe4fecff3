package io.mailban.terminal;

import io.mailban.access.Person;
import java.util.Optional;

/** Who may be spoken for with {@code /as NAME}: in the sandbox, where one keyboard plays several people. */
@FunctionalInterface
public interface Personas {
    /** Nobody: the rule everywhere else, since a name that is typed proves nothing. */
    Personas NOBODY = _ -> Optional.empty();

    /** The person of that name. */
    Optional<Person> find(String name);
}
