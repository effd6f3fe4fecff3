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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Who is in Slack's user groups ({@code usergroups.users.list}), read again and again on one thread. A group that could not
 * be read for nearly a minute is empty: whoever was taken out of it must not keep a right because Slack is away. Thread-safe.
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
    public Set<PersonId> members(GroupId group) {
        Reading reading = readings.get(group);
        return reading == null || clock.instant().isAfter(reading.asked().plus(TRUSTED)) ? Set.of() : reading.people();
    }

    /** Begins to read. */
    void open() {
        if (!groups.isEmpty()) {
            reader = Optional.of(Thread.ofVirtual().name("slack-user-groups").start(this::readForGood));
        }
    }

    @Override
    public void close() {
        reader.ifPresent(Thread::interrupt);
    }

    private void readForGood() {
        try {
            while (true) {
                for (GroupId group : groups) {
                    Thread.sleep(read(group));
                }
                Thread.sleep(period);
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
                            + "): until it does, nobody holds a role by it; mailban doctor slack says how to mend it");
        }
        return wait;
    }

    private static Set<PersonId> people(List<String> users) {
        return users.stream()
                .map(user -> new PersonId(SlackSetup.PLATFORM, user))
                .collect(Collectors.toSet());
    }
}
