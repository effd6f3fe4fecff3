package io.mailban.bot;

import io.mailban.access.AccessPolicy;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.Stage;
import io.mailban.chat.Chat;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Pings;
import io.mailban.chat.Pings.Ping;
import io.mailban.chat.Pings.Turn;
import io.mailban.chat.Place;
import io.mailban.chat.PostedCards;
import io.mailban.reply.ReplyWriter;
import io.mailban.reply.RestraintWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Pings those who may decide: once when a request is opened, once more when it has waited for a while, and never again,
 * whoever restarts; and once when something was lifted without asking them. Thread-safe.
 */
public final class Reminders {
    /** Long enough to have seen the first, short enough for somebody who is locked out. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final AccessPolicy policy;
    private final ApprovalStore store;
    private final PostedCards posted;
    private final Pings pings;
    private final Chat chat;
    private final Pauses pauses;
    private final InstantSource clock;

    /** Works on these. */
    public Reminders(
            AccessPolicy policy,
            ApprovalStore store,
            PostedCards posted,
            Pings pings,
            Chat chat,
            Pauses pauses,
            InstantSource clock) {
        this.policy = policy;
        this.store = store;
        this.posted = posted;
        this.pings = pings;
        this.chat = chat;
        this.pauses = pauses;
        this.clock = clock;
    }

    /** Shows a request in a place: to those who may decide with a ping, if they have had none. */
    MessageRef show(Approval approval, Place place) {
        Set<PersonId> deciders = deciders(approval);
        return approval.stage() instanceof Stage.Requested
                        && !deciders.isEmpty()
                        && pings.claim(approval.id(), Ping.OPENED) == Turn.OURS
                ? chat.ping(place, deciders, ReplyWriter.request(approval))
                : chat.post(place, ReplyWriter.request(approval));
    }

    /** Tells those who could have been asked that something was lifted without them. */
    void tell(Approval emergency, Place place) {
        var _ = chat.ping(place, deciders(emergency), ReplyWriter.emergencyNotice(emergency));
    }

    /** Blocks until the reminder was made, or is not needed; comes back at once where it was made before. */
    void remind(Approval approval) throws InterruptedException {
        Duration left = Duration.between(clock.instant(), approval.requestedAt().plus(PATIENCE));
        if (!approval.requestedAt().plus(PATIENCE).isBefore(approval.expiresAt())) {
            return;
        }
        if (left.isPositive()) {
            pauses.pause(left);
        }
        Approval now = store.find(approval.id()).orElse(approval);
        Set<PersonId> deciders = deciders(now);
        boolean waits =
                now.stage() instanceof Stage.Requested && clock.instant().isBefore(now.expiresAt());
        if (!waits || deciders.isEmpty() || pings.claim(now.id(), Ping.REMINDER) != Turn.OURS) {
            return;
        }
        // In one place only: whoever sees the request in two would be pinged twice.
        posted.copies(now.id()).stream()
                .findFirst()
                .ifPresent(first ->
                        posted.add(now.id(), chat.ping(first.place(), deciders, RestraintWriter.reminder(now))));
    }

    /** Everybody else who may; the requester needs no reminder of their own wish. */
    private Set<PersonId> deciders(Approval approval) {
        return policy.holders(Role.APPROVER).stream()
                .filter(person -> !person.equals(approval.requester().id()))
                .collect(Collectors.toSet());
    }
}
