package io.mailban.slack;

import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.methods.MethodsClient;
import com.slack.api.util.http.SlackHttpClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Supplier;

/** Slack's Web API at its address, with this bot's token. Reaches nothing until it is asked. Thread-safe. */
final class Api {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final Slack slack;
    private final Supplier<char[]> botToken;

    Api(URI address, Supplier<char[]> botToken) {
        this.slack = slack(address);
        this.botToken = botToken;
    }

    private static Slack slack(URI address) {
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(address.toString());
        // With statistics the SDK asks auth.test before the first call.
        config.setStatsEnabled(false);
        // Its listeners write whole messages, names of mailboxes among them, to the log.
        config.setHttpClientResponseHandlers(new ArrayList<>());
        config.setHttpClientReadTimeoutMillis((int) ANSWER.toMillis());
        config.setHttpClientWriteTimeoutMillis((int) ANSWER.toMillis());
        SlackHttpClient http = new SlackHttpClient(SlackHttpClient.buildOkHttpClient(config)
                .newBuilder()
                .connectTimeout(CONNECT)
                .build());
        http.setConfig(config);
        return Slack.getInstance(config, http);
    }

    /** For Bolt, and for what takes another token or none. */
    Slack slack() {
        return slack;
    }

    /** Answers within 20 s or throws; the token is read anew for each, since its file may have changed. */
    MethodsClient client() {
        return slack.methods(new String(botToken.get()));
    }
}
