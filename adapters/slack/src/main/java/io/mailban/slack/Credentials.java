package io.mailban.slack;

import com.slack.api.methods.SlackApiTextResponse;
import com.slack.api.methods.response.apps.connections.AppsConnectionsOpenResponse;
import com.slack.api.methods.response.auth.AuthTestResponse;
import io.mailban.chat.Visible;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the bot's tokens are worth to Slack. Thread-safe. */
final class Credentials {
    private final Api api;
    private volatile Optional<String> user = Optional.empty();
    private volatile Optional<String> name = Optional.empty();

    Credentials(Api api) {
        this.api = api;
    }

    /** The bot's own account, once Slack has told. */
    Optional<String> user() {
        return user;
    }

    /** How people in Slack see the bot, and in which workspace, once Slack has told. */
    Optional<String> name() {
        return name;
    }

    /** Asks whom the bot token belongs to. */
    void check() throws SlackAway {
        AuthTestResponse answer = ask(() -> api.client().authTest(r -> r), "bot token");
        name = Optional.of("@" + told(answer.getUser()) + " in the workspace " + told(answer.getTeam()));
        user = Optional.ofNullable(answer.getUserId());
    }

    private static String told(@Nullable String word) {
        return word == null ? "?" : Visible.of(word);
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
