package io.mailban.slack;

import com.slack.api.methods.response.usergroups.users.UsergroupsUsersListResponse;
import io.mailban.access.GroupId;
import io.mailban.access.Groups;
import io.mailban.access.PersonId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

/**
 * Who is in Slack's user groups ({@code usergroups.users.list}), read again and again on one thread. Of one that
 * could not be read for nearly a minute nothing is told: whoever was taken out of it must not keep a right because Slack is
 * away. Thread-safe.
 */
final class UserGroups implements Groups, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(UserGroups.class.getName());

    /** Under a minute from the moment when it was asked, which is what a person taken out may count on. */
    private static final Duration TRUSTED = Duration.ofSeconds(58);

    private final Api api;
    private final List<GroupId> groups;
    private final InstantSource clock;
    private final Duration period;
    private final Map<GroupId, Reading> readings = new ConcurrentHashMap<>();

    /** Those that could not be read and of which the log tells so. */
    private final Set<GroupId> lost = ConcurrentHashMap.newKeySet();

    /** The round that has not begun; nobody who waits for it is told of an older one. */
    private final AtomicReference<CompletableFuture<Void>> next = new AtomicReference<>(new CompletableFuture<>());

    private final Semaphore wanted = new Semaphore(0);
    private volatile Optional<Thread> reader = Optional.empty();

    UserGroups(Api api, Set<GroupId> groups, InstantSource clock, Duration period) {
        this.api = api;
        this.groups = groups.stream()
                .filter(group -> group.platform().equals(SlackSetup.PLATFORM))
                .toList();
        this.clock = clock;
        this.period = period;
    }

    private record Reading(Set<PersonId> people, Instant asked) {
        Reading {
            people = Set.copyOf(people);
        }
    }

    @Override
    public Optional<Set<PersonId>> members(GroupId group) {
        return Optional.ofNullable(readings.get(group))
                .filter(reading -> !clock.instant().isAfter(reading.asked().plus(TRUSTED)))
                .map(Reading::people);
    }

    /** Begins to read, once. */
    synchronized void open() {
        if (!groups.isEmpty() && reader.isEmpty()) {
            reader = Optional.of(Thread.ofVirtual().name("slack-user-groups").start(this::readForGood));
        }
    }

    /** Waits until each was asked for after this call, however that went, but not for long. */
    void readNow(Duration patience) {
        if (groups.isEmpty()) {
            return;
        }
        CompletableFuture<Void> round = next.get();
        open();
        wanted.release();
        try {
            round.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            // They are read when Slack answers.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        reader.ifPresent(Thread::interrupt);
    }

    private void readForGood() {
        try {
            while (true) {
                CompletableFuture<Void> round = next.getAndSet(new CompletableFuture<>());
                wanted.drainPermits();
                for (GroupId group : groups) {
                    Thread.sleep(read(group));
                }
                round.complete(null);
                var _ = wanted.tryAcquire(period.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** How long to wait before the next question. */
    private Duration read(GroupId group) {
        Instant asked = clock.instant();
        try {
            UsergroupsUsersListResponse answer =
                    Asked.of(() -> api.client().usergroupsUsersList(r -> r.usergroup(group.group())));
            if (!answer.isOk() || answer.getUsers() == null) {
                return missed(group, String.valueOf(answer.getError()), Duration.ZERO);
            }
            readings.put(group, new Reading(people(answer.getUsers()), asked));
            if (lost.remove(group)) {
                LOG.log(System.Logger.Level.INFO, "Slack tells again who is in the user group " + group.group());
            }
            return Duration.ZERO;
        } catch (SlackAway away) {
            return missed(group, String.valueOf(away.getMessage()), away.rest());
        } catch (RuntimeException e) {
            // Whatever it is, such as a token's file that is gone: this thread must go on.
            return missed(group, e.getClass().getSimpleName(), Duration.ZERO);
        }
    }

    private Duration missed(GroupId group, String why, Duration wait) {
        if (members(group).isEmpty() && lost.add(group)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Slack does not tell who is in the user group " + group.group() + " (" + why
                            + "): until it does, nobody can use a role that they hold by it, and what such people approved waits; mailban doctor slack says how to mend it");
        }
        return wait;
    }

    private static Set<PersonId> people(List<String> users) {
        return users.stream()
                .map(user -> new PersonId(SlackSetup.PLATFORM, user))
                .collect(Collectors.toSet());
    }
}
