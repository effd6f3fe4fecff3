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
import java.util.concurrent.RejectedExecutionException;

/** Hands requests whose signature was checked to Bolt. Thread-safe. */
final class HttpRequests {
    /** By which Slack tries the address when it is configured. */
    private static final String TRIAL = "url_verification";

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
            if (!command && json.filter(HttpRequests::isKnown).isEmpty()) {
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
            // Again is no better, so Slack is told that it was heard.
            Envelopes.passOver(e);
            return Answer.HEARD;
        }
    }

    private static boolean isKnown(JsonObject payload) {
        String type = Envelopes.text(payload, "type");
        return type.equals(TRIAL) || Envelopes.KNOWN.contains(type);
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
