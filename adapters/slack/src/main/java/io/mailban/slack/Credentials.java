package io.mailban.slack;

import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** What the bot's tokens are worth to Slack. Thread-safe. */
final class Credentials {
    /** What ends by itself; every other of Slack's words is about the token. */
    static final Set<String> PASSING = Set.of(
            "ratelimited",
            "rate_limited",
            "internal_error",
            "fatal_error",
            "request_timeout",
            "service_unavailable",
            "team_added_to_org",
            "org_login_required");

    private final Api api;
    private volatile Optional<String> user = Optional.empty();

    Credentials(Api api) {
        this.api = api;
    }

    /** The bot's own account, once Slack has told. */
    Optional<String> user() {
        return user;
    }

    /** Asks whom the bot token belongs to. */
    void check() throws SlackAway {
        AuthTestResponse answer = ask(() -> api.client().authTest(r -> r), "bot token");
        user = Optional.ofNullable(answer.getUserId());
    }

    /** Asks for a new socket's address, which opens a door and works once. */
    String socket(Supplier<char[]> appToken) throws SlackAway {
        AppsConnectionsOpenResponse answer = ask(
                () -> api.slack().methods(new String(appToken.get())).appsConnectionsOpen(r -> r), "app-level token");
        if (answer.getUrl() == null) {
            throw new SlackAway("it gave no address for a socket");
        }
        return answer.getUrl();
    }

    private static <T extends SlackApiTextResponse> T ask(Asked.Question<T> question, String token) throws SlackAway {
        T answer = Asked.of(question);
        if (answer.isOk()) {
            return answer;
        }
        throw new TokenRefused(token, String.valueOf(answer.getError()));
    }
}
