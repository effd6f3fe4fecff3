package io.mailban.diagnosis;

import static java.util.stream.Collectors.toCollection;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.Trace;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A login that failed, and when. */
record Failure(Instant at, MailEvent.AuthFailure event) {

    /** Those of an address among the traces, in their order. */
    static List<Failure> of(Address address, Collection<Trace> traces) {
        return all(traces).stream()
                .filter(failure -> failure.event().address().equals(Optional.of(address)))
                .toList();
    }

    /** All of them. */
    static List<Failure> all(Collection<Trace> traces) {
        return traces.stream()
                .flatMap(trace ->
                        trace instanceof Trace.OfMail mail && mail.event() instanceof MailEvent.AuthFailure failure
                                ? Optional.of(new Failure(mail.at(), failure)).stream()
                                : Optional.<Failure>empty().stream())
                .toList();
    }

    /** The mailboxes that were tried. */
    static Set<Mailbox> names(Collection<Failure> failures) {
        return failures.stream()
                .flatMap(failure -> failure.event().mailbox().stream())
                .collect(toCollection(TreeSet::new));
    }

    /** How many attempts they stand for; the auth process's lines repeat those of others. */
    static int attempts(Collection<Failure> failures) {
        int counted = failures.stream()
                .mapToInt(failure -> failure.event().attempts().orElse(0))
                .sum();
        return counted == 0 ? failures.size() : counted;
    }
}
