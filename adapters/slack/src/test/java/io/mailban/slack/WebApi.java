package io.mailban.slack;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** Slack's HTTP side on loopback: WireMock takes the requests, the answers are made as they come. Thread-safe. */
final class WebApi implements ResponseDefinitionTransformerV2, AutoCloseable {
    private static final String API = "/api/";
    /** Fields of forms that hold JSON. */
    private static final Set<String> JSON_FIELDS = Set.of("blocks", "attachments", "view", "metadata");

    private final FakeSlack.Tokens tokens;
    private final Workspace workspace;
    private final WebMethods methods;
    private final Answers answers;
    private final Recorder recorder;
    private final Map<String, Deque<Mishap>> mishaps = new ConcurrentHashMap<>();
    private final List<Call> calls = new CopyOnWriteArrayList<>();
    private final WireMockServer server;
    private final Map<String, Instant> taken = new ConcurrentHashMap<>();
    private volatile boolean limited;
    private volatile boolean away;
    private volatile URI socket = URI.create("ws://127.0.0.1:1/");

    WebApi(FakeSlack.Tokens tokens, Workspace workspace, WebMethods methods, Answers answers, Recorder recorder) {
        this.tokens = tokens;
        this.workspace = workspace;
        this.methods = methods;
        this.answers = answers;
        this.recorder = recorder;
        server = new WireMockServer(options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .containerThreads(64)
                .asynchronousResponseEnabled(true)
                .asynchronousResponseThreads(64)
                .disableRequestJournal()
                .extensions(this));
        server.stubFor(any(anyUrl()).willReturn(aResponse().withTransformers(getName())));
        server.start();
    }

    /** A call that came in. */
    record Call(String method, JsonObject body) {}

    URI uri(String path) {
        return URI.create(server.baseUrl() + path);
    }

    URI api() {
        return uri(API);
    }

    void socketAt(URI address) {
        socket = address;
    }

    void next(String method, Mishap mishap) {
        mishaps.computeIfAbsent(method, _ -> new ConcurrentLinkedDeque<>()).add(mishap);
    }

    /** From now on every connection breaks. */
    void goAway() {
        away = true;
    }

    void comeBack() {
        away = false;
    }

    void limitRates() {
        limited = true;
    }

    private synchronized Optional<Mishap> tooMany(String method, JsonObject body) {
        if (!limited || !method.equals("chat.postMessage")) {
            return Optional.empty();
        }
        Instant now = Instant.now();
        Instant before = taken.getOrDefault(Json.text(body, "channel"), Instant.EPOCH);
        if (Duration.between(before, now).compareTo(Duration.ofSeconds(1)) < 0) {
            return Optional.of(new Mishap.Limited(Duration.ofSeconds(1)));
        }
        taken.put(Json.text(body, "channel"), now);
        return Optional.empty();
    }

    List<Call> calls(String method) {
        return calls.stream().filter(call -> call.method().equals(method)).toList();
    }

    @Override
    public String getName() {
        return "slack";
    }

    @Override
    public boolean applyGlobally() {
        return false;
    }

    @Override
    public ResponseDefinition transform(ServeEvent event) {
        Request request = event.getRequest();
        String path = URI.create(request.getUrl()).getPath();
        boolean isApi = path.startsWith(API);
        String method = isApi ? path.substring(API.length()) : "response_url";
        JsonObject body = body(request);
        calls.add(new Call(method, body));
        recorder.keep(method, body);
        Optional<Mishap> mishap = away
                ? Optional.of(new Mishap.Broken(Fault.CONNECTION_RESET_BY_PEER))
                : Optional.ofNullable(
                                mishaps.getOrDefault(method, new ArrayDeque<>()).poll())
                        .or(() -> tooMany(method, body));
        return mishap.map(wrong -> spoilt(wrong, method, path, request, body))
                .orElseGet(() -> answer(method, path, request, body))
                .build();
    }

    private ResponseDefinitionBuilder spoilt(
            Mishap mishap, String method, String path, Request request, JsonObject body) {
        return switch (mishap) {
            case Mishap.Broken(var fault) -> aResponse().withFault(fault);
            case Mishap.Status(int status) -> aResponse().withStatus(status).withBody("<html>" + status + "</html>");
            case Mishap.Limited(var after) ->
                json(WebMethods.error("ratelimited"))
                        .withStatus(429)
                        .withHeader("Retry-After", Long.toString(after.toSeconds()));
            case Mishap.Slow(var by) ->
                answer(method, path, request, body).withFixedDelay(Math.toIntExact(by.toMillis()));
            case Mishap.DoneThenBroken(var fault) ->
                answer(method, path, request, body).withFault(fault);
            case Mishap.Refused(var error) -> json(WebMethods.error(error));
        };
    }

    private ResponseDefinitionBuilder answer(String method, String path, Request request, JsonObject body) {
        if (!path.startsWith(API)) {
            List<String> faults = WireLimits.blockFaults(body, 50);
            if (!faults.isEmpty()) {
                return json(WebMethods.error("invalid_blocks", faults)).withStatus(400);
            }
            return answers.take(path, body)
                    ? aResponse().withStatus(200).withBody("ok")
                    : json(WebMethods.error("used_url")).withStatus(404);
        }
        String token = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
        if (method.equals("apps.connections.open")) {
            return json(
                    token.equals("Bearer " + tokens.app())
                            ? WebMethods.ok("url", socket.toString())
                            : WebMethods.error("invalid_auth"));
        }
        if (!token.equals("Bearer " + tokens.bot())) {
            return json(WebMethods.error(token.isEmpty() ? "not_authed" : "invalid_auth"));
        }
        String scope = methods.scope(method, body);
        if (!scope.isEmpty() && workspace.lacks(scope)) {
            JsonObject missing = WebMethods.error("missing_scope");
            missing.addProperty("needed", scope);
            missing.addProperty("provided", workspace.scopes());
            return json(missing);
        }
        return json(methods.call(method, body))
                .withHeader("X-OAuth-Scopes", workspace.scopes())
                .withHeader("X-Accepted-OAuth-Scopes", scope);
    }

    private static ResponseDefinitionBuilder json(JsonObject body) {
        return aResponse()
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .withBody(Json.GSON.toJson(body));
    }

    private static JsonObject body(Request request) {
        String body = request.getBodyAsString();
        if (body.isBlank()) {
            return new JsonObject();
        }
        if (body.startsWith("{")) {
            return JsonParser.parseString(body).getAsJsonObject();
        }
        var form = new JsonObject();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = URLDecoder.decode(pair.substring(0, Math.max(0, equals)), StandardCharsets.UTF_8);
            if (!key.equals("token")) {
                form.add(key, field(key, URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)));
            }
        }
        return form;
    }

    private static JsonElement field(String key, String value) {
        if (JSON_FIELDS.contains(key)) {
            try {
                return JsonParser.parseString(value);
            } catch (JsonParseException _) {
                return new JsonPrimitive(value);
            }
        }
        return new JsonPrimitive(value);
    }

    @Override
    public void close() {
        server.stop();
    }
}
