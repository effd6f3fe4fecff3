package io.mailban.known;

import static java.util.stream.Collectors.toCollection;

import io.mailban.ban.Address;
import io.mailban.ban.Mailbox;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.Trace;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Tells whose an address is from what it did. Pure; thread-safe. */
public final class Recognizer {
    /** How long a good login counts. */
    static final Duration REMEMBERED = Duration.ofDays(30);

    /** Failures further apart than this are separate stories. */
    static final Duration STREAK = Duration.ofDays(1);

    /** From so many failing names on, an address is never taken for a user's. */
    static final int SEVERAL = 3;

    private final Set<Address> listed;

    /**
     * @param listed the operator's own {@code known_addresses}
     */
    public Recognizer(Set<Address> listed) {
        this.listed = Set.copyOf(listed);
    }

    /**
     * Whose the address is.
     *
     * @param traces what is known of it, oldest first; lines about other addresses are passed over
     */
    public Whose recognize(Address address, List<Trace> traces, Instant now) {
        if (listed.contains(address)) {
            return new Whose.Listed();
        }
        List<Dated<MailEvent.AuthFailure>> failures = Dated.of(MailEvent.AuthFailure.class, traces).stream()
                .filter(failure -> failure.event().address().equals(Optional.of(address)))
                .toList();
        List<Dated<MailEvent.Login>> logins = Dated.of(MailEvent.Login.class, traces).stream()
                .filter(login -> login.event().address().equals(Optional.of(address)))
                .filter(login -> login.at().isAfter(now.minus(REMEMBERED)))
                .toList();
        Instant began = beginningOfStreak(failures).orElse(Instant.MAX);
        Set<Mailbox> names = failures.stream()
                .filter(failure -> !failure.at().isBefore(began))
                .flatMap(failure -> failure.event().mailbox().stream())
                .collect(toCollection(TreeSet::new));
        if (names.size() >= SEVERAL) {
            return suspicious(names, logins, began);
        }
        NavigableSet<Instant> failed = failures.stream().map(Dated::at).collect(toCollection(TreeSet::new));
        List<Dated<MailEvent.Login>> before = logins.stream()
                .filter(login -> isOwn(login.at(), failed))
                .filter(login -> names.isEmpty()
                        || names.stream()
                                .anyMatch(
                                        name -> sameMailbox(name, login.event().mailbox())))
                .toList();
        if (before.isEmpty()) {
            return new Whose.Unknown(names);
        }
        return ownerBy(before, logins);
    }

    /** Two spellings of one login name: Postfix and Dovecot log it with its domain or without, as it was typed. */
    public static boolean sameMailbox(Mailbox one, Mailbox other) {
        String a = one.name();
        String b = other.name();
        return a.equals(b) || a.startsWith(b + "@") || b.startsWith(a + "@");
    }

    private static Whose suspicious(Set<Mailbox> names, List<Dated<MailEvent.Login>> logins, Instant began) {
        Set<Mailbox> regulars = mailboxesOf(
                logins.stream().filter(login -> login.at().isBefore(began)).toList());
        Set<Mailbox> gotIn = mailboxesOf(
                logins.stream().filter(login -> !login.at().isBefore(began)).toList());
        gotIn.removeIf(mailbox -> regulars.stream().anyMatch(regular -> sameMailbox(regular, mailbox)));
        return new Whose.Suspicious(names, gotIn, regulars);
    }

    /** Whether nothing failed in the day before: a login that comes after failures may be a guess that worked. */
    private static boolean isOwn(Instant login, NavigableSet<Instant> failed) {
        return Optional.ofNullable(failed.floor(login))
                .filter(failure -> failure.isAfter(login.minus(STREAK)))
                .isEmpty();
    }

    private static Whose ownerBy(List<Dated<MailEvent.Login>> before, List<Dated<MailEvent.Login>> all) {
        Mailbox owner = before.getLast().event().mailbox();
        List<Dated<MailEvent.Login>> own = before.stream()
                .filter(login -> sameMailbox(login.event().mailbox(), owner))
                .toList();
        long days = own.stream()
                .map(login -> login.at().atZone(ZoneOffset.UTC).toLocalDate())
                .distinct()
                .count();
        if (days < 2) {
            return new Whose.Perhaps(owner, own.size(), own.getLast().at());
        }
        Set<Mailbox> others = mailboxesOf(all);
        others.removeIf(mailbox -> sameMailbox(mailbox, owner));
        return new Whose.Known(owner, own.size(), own.getFirst().at(), others);
    }

    private static Set<Mailbox> mailboxesOf(List<Dated<MailEvent.Login>> logins) {
        return logins.stream().map(login -> login.event().mailbox()).collect(toCollection(TreeSet::new));
    }

    /** When the newest run of failures began: each within a day of the next. */
    private static Optional<Instant> beginningOfStreak(List<Dated<MailEvent.AuthFailure>> failures) {
        if (failures.isEmpty()) {
            return Optional.empty();
        }
        Instant began = failures.getLast().at();
        for (Dated<MailEvent.AuthFailure> failure : failures.reversed()) {
            if (failure.at().isBefore(began.minus(STREAK))) {
                break;
            }
            began = failure.at();
        }
        return Optional.of(began);
    }

    private record Dated<E extends MailEvent>(Instant at, E event) {
        static <E extends MailEvent> List<Dated<E>> of(Class<E> kind, List<Trace> traces) {
            return traces.stream()
                    .flatMap(trace -> trace instanceof Trace.OfMail mail && kind.isInstance(mail.event())
                            ? Optional.of(new Dated<>(mail.at(), kind.cast(mail.event()))).stream()
                            : Optional.<Dated<E>>empty().stream())
                    .toList();
        }
    }
}
