package io.mailban.bot;

import io.mailban.access.AccessPolicy;
import io.mailban.access.PersonId;
import io.mailban.access.Role;
import io.mailban.approval.Approval;
import io.mailban.approval.ApprovalStore;
import io.mailban.approval.Stage;
import io.mailban.chat.Pings;
import io.mailban.chat.Pings.Ping;
import io.mailban.chat.Pings.Turn;
import io.mailban.chat.Place;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says when those who may decide are to be pinged: once when a request is opened, once more when it has waited for a while,
 * and never again, whoever restarts. Thread-safe.
 */
public final class Reminders {
    /** Long enough to have seen the first, short enough for somebody who is locked out. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final AccessPolicy policy;
    private final ApprovalStore store;
    private final Pings pings;
    private final Pauses pauses;
    private final InstantSource clock;

    /** Works on these. */
    public Reminders(AccessPolicy policy, ApprovalStore store, Pings pings, Pauses pauses, InstantSource clock) {
        this.policy = policy;
        this.store = store;
        this.pings = pings;
        this.pauses = pauses;
        this.clock = clock;
    }

    /**
     * Who is to notice that a request is shown in these places: nobody where it waits no more, where none of them would, or
     * where they did before.
     */
    Set<PersonId> opening(Approval approval, Collection<Place> places) {
        Set<PersonId> deciders = deciders(approval);
        boolean somebody = places.stream()
                .anyMatch(place -> !of(place.platform(), deciders).isEmpty());
        return approval.stage() instanceof Stage.Requested
                        && somebody
                        && pings.claim(approval.id(), Ping.OPENED) == Turn.OURS
                ? deciders
                : Set.of();
    }

    /** Blocks until a reminder is due; who is to notice it: nobody where it is not needed, or was made before. */
    Set<PersonId> due(Approval approval) throws InterruptedException {
        if (!approval.requestedAt().plus(PATIENCE).isBefore(approval.expiresAt())) {
            return Set.of();
        }
        Duration left = Duration.between(clock.instant(), approval.requestedAt().plus(PATIENCE));
        if (left.isPositive()) {
            pauses.pause(left);
        }
        Approval now = store.find(approval.id()).orElse(approval);
        Set<PersonId> deciders = deciders(now);
        boolean waits =
                now.stage() instanceof Stage.Requested && clock.instant().isBefore(now.expiresAt());
        return waits && !deciders.isEmpty() && pings.claim(now.id(), Ping.REMINDER) == Turn.OURS ? deciders : Set.of();
    }

    /** Everybody else who may; the requester needs no reminder of their own wish. */
    Set<PersonId> deciders(Approval approval) {
        return policy.holders(Role.APPROVER).stream()
                .filter(person -> !person.equals(approval.requester().id()))
                .collect(Collectors.toSet());
    }

    /** Those who have an account on a platform. */
    static Set<PersonId> of(String platform, Set<PersonId> people) {
        return people.stream()
                .filter(person -> person.platform().equals(platform))
                .collect(Collectors.toSet());
    }
}
