package io.mailban.diagnosis;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import io.mailban.ban.Mailbox;
import io.mailban.diagnosis.Finding.Delivery;
import io.mailban.maillog.MailEvent;
import io.mailban.maillog.TroubleKind;
import io.mailban.mailserver.Trace;
import io.mailban.mailserver.Tracing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Explains what else than a ban keeps a client or its mail out. */
record Troubles(Scene scene) {
    private static final Duration LATELY = Duration.ofDays(1);

    /** Other connections of a client that is limited do get in, so a login says little for so long. */
    private static final Duration LIMITED = Duration.ofMinutes(15);

    /** What the address itself met. */
    List<Finding> ofAddress() {
        Map<TroubleKind, List<Trace.OfMail>> byKind = scene.mail()
                .filter(trace -> trace.event() instanceof MailEvent.Trouble trouble
                        && trouble.address().equals(Optional.of(scene.address())))
                .filter(trace -> trace.at().isAfter(scene.now().minus(LATELY)))
                .collect(groupingBy(Troubles::kind, () -> new EnumMap<>(TroubleKind.class), toList()));
        List<Finding> findings = new ArrayList<>();
        byKind.forEach((kind, traces) -> {
            Trace.OfMail last = traces.getLast();
            if (isOn(kind, last.at())) {
                MailEvent.Trouble trouble = (MailEvent.Trouble) last.event();
                findings.add(new Finding.OtherTrouble(
                        kind, Optional.of(scene.address()), trouble.mailbox(), traces.size(), last.at()));
            }
        });
        return findings;
    }

    private boolean isOn(TroubleKind kind, Instant last) {
        return switch (kind) {
            case CONNECTION_LIMIT, RATE_LIMIT -> last.isAfter(scene.now().minus(LIMITED)) || !scene.loggedInSince(last);
            case CERTIFICATE_REFUSED -> !scene.loggedInSince(last);
            // Told of the mailbox, with what was delivered since.
            case MAILBOX_FULL, NOT_DELIVERED -> false;
            case DISK_FULL -> true;
        };
    }

    /** Mailboxes of the address whose newest mail did not get in. */
    List<Finding> ofMailboxes() {
        return undelivered(scene.seen().deliveries());
    }

    /** Mailboxes whose newest mail did not get in. */
    static List<Finding> undelivered(Tracing deliveries) {
        Map<Mailbox, List<Trace.OfMail>> byMailbox = arrivals(deliveries)
                .collect(groupingBy(trace -> recipientOf(trace).orElseThrow(), LinkedHashMap::new, toList()));
        List<Finding> findings = new ArrayList<>();
        byMailbox.forEach((mailbox, traces) -> {
            Trace.OfMail newest = traces.getLast();
            if (newest.event() instanceof MailEvent.Trouble trouble) {
                findings.add(
                        trouble.kind() == TroubleKind.NOT_DELIVERED
                                ? new Finding.NotDelivering(mailbox, newest.at(), lastDelivered(traces))
                                : new Finding.OtherTrouble(
                                        trouble.kind(), Optional.empty(), Optional.of(mailbox), 1, newest.at()));
            }
        });
        return findings;
    }

    /** The newest delivery to one of the address's mailboxes. */
    Optional<Delivery> delivery() {
        return arrivals(scene.seen().deliveries())
                .filter(trace -> trace.event() instanceof MailEvent.Delivered)
                .max(Comparator.comparing(Trace.OfMail::at))
                .map(trace -> new Delivery(recipientOf(trace).orElseThrow(), trace.at()));
    }

    private static Optional<Instant> lastDelivered(List<Trace.OfMail> traces) {
        return traces.stream()
                .filter(trace -> trace.event() instanceof MailEvent.Delivered)
                .map(Trace::at)
                .max(Instant::compareTo);
    }

    private static Stream<Trace.OfMail> arrivals(Tracing deliveries) {
        return Scene.mail(deliveries.found()).filter(trace -> recipientOf(trace).isPresent());
    }

    private static Optional<Mailbox> recipientOf(Trace.OfMail trace) {
        return switch (trace.event()) {
            case MailEvent.Delivered delivered -> Optional.of(delivered.recipient());
            case MailEvent.Trouble trouble ->
                switch (trouble.kind()) {
                    case NOT_DELIVERED, MAILBOX_FULL, DISK_FULL -> trouble.mailbox();
                    case CONNECTION_LIMIT, RATE_LIMIT, CERTIFICATE_REFUSED -> Optional.empty();
                };
            case MailEvent.Login _, MailEvent.AuthFailure _, MailEvent.Connected _, MailEvent.Rejected _ ->
                Optional.empty();
        };
    }

    private static TroubleKind kind(Trace.OfMail trace) {
        return ((MailEvent.Trouble) trace.event()).kind();
    }
}
