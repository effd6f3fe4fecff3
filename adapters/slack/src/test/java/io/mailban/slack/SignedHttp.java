package io.mailban.slack;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.slack.api.app_backend.SlackSignature;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** Tells the bot things as Slack does over HTTP. */
final class SignedHttp {
    private final URI to;
    private final String secret;
    private final Duration skew;
    private final Recorder recorder;
    private final HttpClient client = HttpClient.newHttpClient();

    SignedHttp(URI to, String secret, Recorder recorder) {
        this(to, secret, Duration.ZERO, recorder);
    }

    private SignedHttp(URI to, String secret, Duration skew, Recorder recorder) {
        this.to = to;
        this.skew = skew;
        this.secret = secret;
        this.recorder = recorder;
    }

    SignedHttp with(String other) {
        return new SignedHttp(to, other, skew, recorder);
    }

    SignedHttp skewed(Duration by) {
        return new SignedHttp(to, secret, by, recorder);
    }

    void send(Delivery delivery, JsonObject more) {
        String body = switch (delivery.kind()) {
            case "events_api" -> Json.GSON.toJson(delivery.payload());
            case "interactive" -> "payload=" + encoded(Json.GSON.toJson(delivery.payload()));
            default ->
                delivery.payload().entrySet().stream()
                        .map(field ->
                                field.getKey() + "=" + encoded(field.getValue().getAsString()))
                        .collect(Collectors.joining("&"));
        };
        String stamp = Long.toString(Instant.now().plus(skew).getEpochSecond());
        var request = HttpRequest.newBuilder(to)
                .header(
                        "Content-Type",
                        delivery.kind().equals("events_api") ? "application/json" : "application/x-www-form-urlencoded")
                .header("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
                .header(SlackSignature.HeaderNames.X_SLACK_REQUEST_TIMESTAMP, stamp)
                .header(
                        SlackSignature.HeaderNames.X_SLACK_SIGNATURE,
                        new SlackSignature.Generator(secret).generate(stamp, body))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (Json.text(more, "retry_attempt").equals("1")) {
            request.header("X-Slack-Retry-Num", "1").header("X-Slack-Retry-Reason", "http_timeout");
        }
        delivery.leaves();
        var _ = client.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString())
                .whenComplete((answer, wrong) -> {
                    if (wrong != null) {
                        delivery.fails(new IllegalStateException(wrong));
                    } else {
                        take(delivery, answer);
                    }
                });
    }

    private void take(Delivery delivery, HttpResponse<String> answer) {
        JsonObject body;
        try {
            body = answer.body().startsWith("{")
                    ? JsonParser.parseString(answer.body()).getAsJsonObject()
                    : new JsonObject();
        } catch (JsonParseException _) {
            body = new JsonObject();
        }
        if (!body.isEmpty()) {
            recorder.keep("ack", Json.object("payload", body));
        }
        delivery.acknowledge(answer.statusCode(), body);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
