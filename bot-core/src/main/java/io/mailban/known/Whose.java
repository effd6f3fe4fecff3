package io.mailban.known;

import io.mailban.ban.Mailbox;
import java.time.Instant;
import java.util.Set;

/**
 * Whose an address is. Guessers use real mailbox names, so a name that was only tried proves nothing: good logins do,
 * made before the failures began, since a stolen password makes a burglar look like an owner afterwards.
 */
public sealed interface Whose {

    /**
     * A user's: good logins on two days or more.
     *
     * @param logins how many good logins of this mailbox came from the address
     * @param since the first of them
     * @param others other mailboxes that logged in from it
     */
    record Known(Mailbox mailbox, int logins, Instant since, Set<Mailbox> others) implements Whose {
        /** Copies the set. */
        public Known {
            others = Set.copyOf(others);
        }
    }

    /** Named by the operator as one of ours. */
    record Listed() implements Whose {}

    /** Good logins, on one day only. */
    record Perhaps(Mailbox mailbox, int logins, Instant last) implements Whose {}

    /** Nobody's that the logs know of; {@code names} were tried from it. */
    record Unknown(Set<Mailbox> names) implements Whose {
        /** Copies the set. */
        public Unknown {
            names = Set.copyOf(names);
        }
    }

    /**
     * It failed for several names: a shared address, or a guesser's.
     *
     * @param gotIn who logged in from it after that, and never had before: a guess that worked
     * @param regulars who logged in from it before the failures began: a sign that it is shared
     */
    record Suspicious(Set<Mailbox> names, Set<Mailbox> gotIn, Set<Mailbox> regulars) implements Whose {
        /** Copies the sets. */
        public Suspicious {
            names = Set.copyOf(names);
            gotIn = Set.copyOf(gotIn);
            regulars = Set.copyOf(regulars);
        }
    }
}
