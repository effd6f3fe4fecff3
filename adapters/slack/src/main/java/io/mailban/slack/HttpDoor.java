package io.mailban.slack;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Slack over HTTP, behind a reverse proxy that speaks TLS: {@code POST /slack/events} for all three kinds of request, and
 * {@code GET /healthz}, which is 200 while Slack has taken the bot's token within the last three minutes.
 */
final class HttpDoor implements Door {
    private static final System.Logger LOG = System.getLogger(HttpDoor.class.getName());

    /** In every answer of {@code /healthz}, by which {@code mailban doctor} knows a bot. */
    static final String HEALTH_IS_ABOUT = "the bot's token";

    /** Slack's own requests stay far below. */
    private static final int LONGEST = 1_000_000;

    private static final Duration QUIET = Duration.ofMinutes(1);
    private static final Duration HEALTHY = Duration.ofMinutes(3);

    static {
        // The server knows these limits as properties alone; whoever sets them by hand is let.
        setUnlessSet("sun.net.httpserver.maxReqTime", "10");
        setUnlessSet("sun.net.httpserver.maxRspTime", "10");
        setUnlessSet("jdk.httpserver.maxConnections", "1000");
        // Otherwise the end of an answer waits for the other side's delayed acknowledgement, 40 ms.
        setUnlessSet("sun.net.httpserver.nodelay", "true");
    }

    private final InetSocketAddress listen;
    private final Signature signature;
    private final HttpRequests requests;
    private final Credentials credentials;
    private final Runnable connected;
    private final Pace pace;
    private final InstantSource clock;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile Optional<HttpServer> server = Optional.empty();
    private volatile Optional<Thread> heart = Optional.empty();
    private volatile Optional<Instant> taken = Optional.empty();
    private final AtomicReference<Instant> complained = new AtomicReference<>(Instant.EPOCH);

    /**
     * Listens.
     *
     * @param connected told when Slack has been asked for the first time, and when it is back; returns at once
     */
    HttpDoor(
            InetSocketAddress listen,
            Signature signature,
            HttpRequests requests,
            Credentials credentials,
            Runnable connected,
            Pace pace,
            InstantSource clock) {
        this.listen = listen;
        this.signature = signature;
        this.requests = requests;
        this.credentials = credentials;
        this.connected = connected;
        this.pace = pace;
        this.clock = clock;
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    @Override
    public void open() {
        try {
            taken = Optional.of(Shortly.ask(() -> {
                credentials.check();
                return clock.instant();
            }));
            connected.run();
        } catch (SlackAway e) {
            LOG.log(System.Logger.Level.WARNING, SlackAway.sentence(e));
        }
        HttpServer opened;
        try {
            opened = HttpServer.create(listen, 200);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "can't listen on " + listen.getHostString() + ":" + listen.getPort() + " for Slack: "
                            + e.getMessage(),
                    e);
        }
        opened.setExecutor(threads);
        opened.createContext("/", this::serve);
        opened.start();
        server = Optional.of(opened);
        heart = Optional.of(Thread.ofVirtual().name("slack-heart").start(this::beat));
    }

    /** Where it listens, whatever port was asked for. */
    Optional<InetSocketAddress> address() {
        return server.map(HttpServer::getAddress);
    }

    @Override
    public void close() {
        heart.ifPresent(Thread::interrupt);
        server.ifPresent(opened -> opened.stop(1));
        threads.shutdownNow();
    }

    /** Asks Slack now and then; what has changed while it was away is brought up to date when it is back. */
    private void beat() {
        boolean away = taken.isEmpty();
        Backoff backoff = new Backoff();
        try {
            while (true) {
                Thread.sleep(away ? backoff.next(Duration.ZERO) : pace.heartbeat());
                try {
                    credentials.check();
                    taken = Optional.of(clock.instant());
                    backoff.reset();
                    if (away) {
                        away = false;
                        LOG.log(System.Logger.Level.INFO, "Slack is back");
                        connected.run();
                    }
                } catch (SlackAway | RuntimeException e) {
                    if (!away) {
                        away = true;
                        LOG.log(System.Logger.Level.WARNING, SlackAway.sentence(e));
                    }
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String method = exchange.getRequestMethod();
            switch (exchange.getRequestURI().getPath()) {
                case "/slack/events" -> {
                    if (method.equals("POST")) {
                        hear(exchange);
                    } else {
                        notAllowed(exchange, "POST");
                    }
                }
                case "/healthz" -> {
                    if (method.equals("GET") || method.equals("HEAD")) {
                        health(exchange);
                    } else {
                        notAllowed(exchange, "GET");
                    }
                }
                case null, default -> answer(exchange, 404, "text/plain", "there is nothing here\n");
            }
        }
    }

    private void hear(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(LONGEST + 1);
        if (body.length > LONGEST) {
            exchange.getResponseHeaders().set("Connection", "close");
            answer(exchange, 413, "text/plain", "a request of Slack's has at most " + LONGEST + " bytes\n");
            return;
        }
        switch (signature.check(
                header(exchange, "X-Slack-Request-Timestamp"), header(exchange, "X-Slack-Signature"), body)) {
            case Signature.Check.Refused(var why) -> {
                complain(why);
                answer(exchange, 401, "text/plain", why + "\n");
            }
            case Signature.Check.Genuine() -> {
                HttpRequests.Answer said = requests.answer(
                        new String(body, StandardCharsets.UTF_8), Map.copyOf(exchange.getRequestHeaders()));
                answer(exchange, said.status(), said.contentType(), said.body());
            }
        }
    }

    /** Once a minute: whoever scans the internet must not fill the log. */
    private void complain(String why) {
        Instant now = clock.instant();
        Instant before = complained.get();
        if (now.isAfter(before.plus(QUIET)) && complained.compareAndSet(before, now)) {
            LOG.log(System.Logger.Level.WARNING, "refused a request to /slack/events: " + why);
        }
    }

    private void health(HttpExchange exchange) throws IOException {
        Optional<Instant> last = taken;
        if (last.isPresent() && clock.instant().isBefore(last.get().plus(HEALTHY))) {
            answer(exchange, 200, "text/plain", "ok: Slack took " + HEALTH_IS_ABOUT + " at " + last.get() + "\n");
        } else {
            answer(
                    exchange,
                    503,
                    "text/plain",
                    last.map(at -> "Slack has not taken " + HEALTH_IS_ABOUT + " since " + at)
                                    .orElse("Slack has not taken " + HEALTH_IS_ABOUT + " yet")
                            + "; the log says why\n");
        }
    }

    private static void notAllowed(HttpExchange exchange, String allowed) throws IOException {
        exchange.getResponseHeaders().set("Allow", allowed);
        answer(exchange, 405, "text/plain", "only " + allowed + " here\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
        if (!head && bytes.length > 0) {
            exchange.getResponseBody().write(bytes);
        }
    }

    private static Optional<String> header(HttpExchange exchange, String name) {
        List<String> values = exchange.getRequestHeaders().get(name);
        return values != null && values.size() == 1 ? Optional.of(values.getFirst()) : Optional.empty();
    }
}
