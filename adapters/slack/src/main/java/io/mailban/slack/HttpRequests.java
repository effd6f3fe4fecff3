package io.mailban.slack;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.slack.api.app_backend.util.JsonPayloadExtractor;
import com.slack.api.bolt.App;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;

/** Hands requests whose signature was checked to Bolt. Thread-safe. */
final class HttpRequests {
    private static final System.Logger LOG = System.getLogger(HttpRequests.class.getName());

    /** Bolt writes what it does not know to the log, with all that it opens. */
    private static final Set<String> KNOWN = Set.of(
            "url_verification",
            "event_callback",
            "block_actions",
            "view_submission",
            "view_closed",
            "message_action",
            "shortcut");

    private final App app;
    private final SlackRequestParser parser;
    private final Gson gson = new Gson();

    HttpRequests(App app) {
        this.app = app;
        this.parser = new SlackRequestParser(app.config());
    }

    /** What to answer. */
    record Answer(int status, String contentType, String body) {
        static final Answer HEARD = new Answer(200, "text/plain", "");
    }

    Answer answer(String body, Map<String, List<String>> headers) {
        try {
            Optional<JsonObject> json = payload(body);
            boolean command = json.isEmpty() && ("&" + body).contains("&command=");
            if (!command
                    && json.filter(payload -> KNOWN.contains(Envelopes.text(payload, "type")))
                            .isEmpty()) {
                return Answer.HEARD;
            }
            Request<?> request = parser.parse(SlackRequestParser.HttpRequest.builder()
                    .requestUri("/slack/events")
                    .queryString(Map.of())
                    .requestBody(json.map(payload -> essentials(body, payload)).orElse(body))
                    .headers(new RequestHeaders(headers))
                    .remoteAddress("")
                    .build());
            if (request == null) {
                return Answer.HEARD;
            }
            Response response = app.run(request);
            String said = response.getBody();
            return new Answer(response.getStatusCode(), response.getContentType(), said == null ? "" : said);
        } catch (RejectedExecutionException _) {
            // The bot is ending, and the next one shall hear it.
            return new Answer(503, "text/plain", "ending\n");
        } catch (Exception e) {
            // Its message can hold a part of what came. Again is no better, so Slack is told that it was heard.
            LOG.log(
                    System.Logger.Level.WARNING,
                    "Slack sent something that could not be read ("
                            + e.getClass().getSimpleName() + "); it was passed over");
            return Answer.HEARD;
        }
    }

    private String essentials(String body, JsonObject payload) {
        String json = gson.toJson(Essentials.of(payload));
        return body.startsWith("{") ? json : "payload=" + URLEncoder.encode(json, StandardCharsets.UTF_8);
    }

    private static Optional<JsonObject> payload(String body) {
        return body.startsWith("{")
                ? Envelopes.read(body)
                : Optional.ofNullable(new JsonPayloadExtractor().extractIfExists(body))
                        .flatMap(Envelopes::read);
    }
}
