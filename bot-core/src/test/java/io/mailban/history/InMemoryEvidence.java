package io.mailban.history;

import io.mailban.ban.BannedId;
import io.mailban.ban.Mailbox;
import io.mailban.maillog.MailEvent;
import io.mailban.mailserver.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Remembers evidence while the test runs, by the same contract as the real store. */
public final class InMemoryEvidence implements EvidenceStore {
    private final List<Evidence> kept = new ArrayList<>();

    @Override
    public synchronized void keep(Evidence evidence) {
        if (kept.stream()
                .noneMatch(other -> other.server().equals(evidence.server())
                        && other.jail().equals(evidence.jail())
                        && other.id().equals(evidence.id())
                        && other.since().equals(evidence.since()))) {
            kept.add(evidence);
        }
    }

    @Override
    public List<Evidence> about(Set<? extends BannedId> ids) {
        return newestFirst(evidence -> ids.contains(evidence.id()));
    }

    @Override
    public List<Evidence> about(Mailbox mailbox) {
        return newestFirst(evidence ->
                evidence.lines().stream().anyMatch(line -> mailboxOf(line).equals(Optional.of(mailbox))));
    }

    private static Optional<Mailbox> mailboxOf(Trace trace) {
        return trace instanceof Trace.OfMail mail
                ? switch (mail.event()) {
                    case MailEvent.AuthFailure failure -> failure.mailbox();
                    case MailEvent.Login login -> Optional.of(login.mailbox());
                    case MailEvent.Delivered delivered -> Optional.of(delivered.recipient());
                    case MailEvent.Trouble trouble -> trouble.mailbox();
                    case MailEvent.Connected _, MailEvent.Rejected _ -> Optional.empty();
                }
                : Optional.empty();
    }

    private synchronized List<Evidence> newestFirst(Predicate<Evidence> wanted) {
        return kept.stream()
                .filter(wanted)
                .sorted(Comparator.comparing(Evidence::since).reversed())
                .toList();
    }
}
