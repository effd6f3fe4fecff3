package io.mailban.slack;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.slack.api.methods.response.users.UsersInfoResponse;
import com.slack.api.model.User;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;

/**
 * Who people are ({@code users.info}), remembered for less than a minute, so that somebody who was made a guest or shut out
 * is refused within one. One question for each person at a time; a failure is not remembered. Thread-safe.
 */
final class Members {
    private static final Duration KNOWN = Duration.ofSeconds(50);

    /** Longer than this nobody waits for an answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Api api;
    private final AsyncCache<String, Answer> answers = Caffeine.newBuilder()
            .expireAfter(Expiry.<String, Answer>writing((_, answer) -> switch (answer) {
                case Member _ -> KNOWN;
                case NotTold _ -> Duration.ZERO;
            }))
            .maximumSize(10_000)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .buildAsync();

    Members(Api api) {
        this.api = api;
    }

    /** What Slack says of an account. */
    sealed interface Answer {}

    /**
     * Somebody.
     *
     * @param name as Slack shows it
     * @param teams the workspaces that the account belongs to, as far as Slack tells
     */
    record Member(String user, String name, Standing standing, Set<String> teams) implements Answer {
        Member {
            teams = Set.copyOf(teams);
        }

        /** What kind of account it is there: a stranger's where Slack tells its workspaces and these are not among them. */
        Standing standingIn(Set<String> workspaces) {
            boolean isOther = !teams.isEmpty() && Collections.disjoint(teams, workspaces);
            return standing == Standing.FULL && isOther ? Standing.STRANGER : standing;
        }
    }

    /** Nothing, this time; {@code why} is Slack's word for it, or what went wrong on the way. */
    record NotTold(String why) implements Answer {}

    /** What kind of account. */
    enum Standing {
        FULL,
        GUEST,
        BOT,
        DELETED,
        /** Of another organisation, met in a channel that is shared with it. */
        STRANGER
    }

    /** Waits for the answer, at most for some seconds. */
    Answer of(String user) {
        return answers.get(user, this::ask).join();
    }

    private Answer ask(String user) {
        try {
            return askOnce(user);
        } catch (SlackAway e) {
            return e.rest().isZero() || e.rest().compareTo(PATIENCE) > 0
                    ? new NotTold(String.valueOf(e.getMessage()))
                    : askLater(user, e.rest());
        }
    }

    private Answer askLater(String user, Duration wait) {
        try {
            Thread.sleep(wait);
            return askOnce(user);
        } catch (SlackAway e) {
            return new NotTold(String.valueOf(e.getMessage()));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new NotTold("interrupted");
        }
    }

    private Answer askOnce(String user) throws SlackAway {
        UsersInfoResponse answer = Asked.of(() -> api.client().usersInfo(r -> r.user(user)));
        return answer.isOk() && answer.getUser() != null
                ? member(user, answer.getUser())
                : new NotTold(String.valueOf(answer.getError()));
    }

    private static Member member(String id, User user) {
        return new Member(id, name(id, user), standing(user), teams(user));
    }

    private static String name(String id, User user) {
        return Optional.ofNullable(user.getProfile())
                .map(User.Profile::getDisplayName)
                .filter(name -> !name.isBlank())
                .or(() -> Optional.ofNullable(user.getName()).filter(name -> !name.isBlank()))
                .or(() -> Optional.ofNullable(user.getRealName()).filter(name -> !name.isBlank()))
                .orElse(id);
    }

    private static Standing standing(User user) {
        if (user.isDeleted()) {
            return Standing.DELETED;
        }
        if (user.isBot() || user.isWorkflowBot() || user.isConnectorBot()) {
            return Standing.BOT;
        }
        if (user.isStranger()) {
            return Standing.STRANGER;
        }
        return user.isRestricted() || user.isUltraRestricted() ? Standing.GUEST : Standing.FULL;
    }

    private static Set<String> teams(User user) {
        Set<String> teams = new LinkedHashSet<>();
        Optional.ofNullable(user.getTeamId()).ifPresent(teams::add);
        Optional.ofNullable(user.getTeams()).ifPresent(teams::addAll);
        Optional.ofNullable(user.getEnterpriseUser())
                .map(User.EnterpriseUser::getTeams)
                .ifPresent(teams::addAll);
        return teams;
    }
}
