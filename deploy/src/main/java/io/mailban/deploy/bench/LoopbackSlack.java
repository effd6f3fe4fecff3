package io.mailban.deploy.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;

/**
 * As much of Slack as a slash command needs, on loopback and with next to no work of its own, so that what is timed is
 * Mailban: Web API and Socket Mode. Everybody is a member of the team, every channel is private. Thread-safe.
 */
final class LoopbackSlack implements AutoCloseable {
    static final String TEAM = "T0BENCH01";
    static final String CHANNEL = "C0BENCH01";
    static final String USER = "U0BENCH01";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    private final Sockets sockets = new Sockets();
    private final AtomicLong numbers = new AtomicLong();
    private final Map<String, CompletableFuture<Long>> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<Long>> posted = new ConcurrentHashMap<>();
    private final CompletableFuture<WebSocket> connected = new CompletableFuture<>();

    LoopbackSlack() throws IOException {
        web.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        web.createContext("/api/", this::answer);
        web.start();
        sockets.start();
    }

    URI api() {
        return URI.create("http://127.0.0.1:" + web.getAddress().getPort() + "/api/");
    }

    void awaitConnection() throws Exception {
        connected.get(20, TimeUnit.SECONDS);
    }

    /**
     * What came of a command.
     *
     * @param sent {@link System#nanoTime} when it was sent
     * @param acknowledged when its acknowledgement came
     * @param posted when the first message came that holds this text
     */
    record Deed(long sent, CompletableFuture<Long> acknowledged, CompletableFuture<Long> posted) {}

    /** Sends {@code /mailban TEXT}; the answer is known by a text in it. */
    Deed slash(String text, String answer) throws Exception {
        String id = "envelope" + numbers.incrementAndGet();
        ObjectNode envelope = JSON.createObjectNode();
        envelope.put("type", "slash_commands").put("envelope_id", id).put("accepts_response_payload", true);
        envelope.putObject("payload")
                .put("command", "/mailban")
                .put("text", text)
                .put("team_id", TEAM)
                .put("team_domain", "bench")
                .put("channel_id", CHANNEL)
                .put("channel_name", "mail")
                .put("user_id", USER)
                .put("user_name", "bench")
                .put("api_app_id", "A0BENCH01")
                .put("is_enterprise_install", "false")
                .put("trigger_id", id + ".trigger")
                .put("response_url", "http://127.0.0.1:" + web.getAddress().getPort() + "/api/response");
        Deed deed = new Deed(System.nanoTime(), new CompletableFuture<>(), new CompletableFuture<>());
        acknowledged.put(id, deed.acknowledged());
        posted.put(answer, deed.posted());
        connected.get().send(envelope.toString());
        return deed;
    }

    private void answer(HttpExchange exchange) throws IOException {
        long now = System.nanoTime();
        try (exchange) {
            String method = exchange.getRequestURI().getPath().substring("/api/".length());
            String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            if (method.equals("chat.postMessage") || method.equals("chat.update")) {
                String text = URLDecoder.decode(body, UTF_8);
                posted.forEach((answer, future) -> {
                    if (text.contains(answer)) {
                        future.complete(now);
                    }
                });
            }
            byte[] said = answerTo(method).toString().getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(200, said.length);
            exchange.getResponseBody().write(said);
        }
    }

    private ObjectNode answerTo(String method) {
        ObjectNode said = JSON.createObjectNode().put("ok", true);
        switch (method) {
            case "auth.test" ->
                said.put("team_id", TEAM)
                        .put("team", "bench")
                        .put("user_id", "U0MAILBAN")
                        .put("bot_id", "B0MAILBAN");
            case "apps.connections.open" -> said.put("url", "ws://127.0.0.1:" + sockets.getPort() + "/");
            case "chat.postMessage" ->
                said.put("channel", CHANNEL)
                        .put("ts", "1763812800." + String.format("%06d", numbers.incrementAndGet()));
            case "users.info" ->
                said.putObject("user")
                        .put("id", USER)
                        .put("team_id", TEAM)
                        .put("name", "bench")
                        .putObject("profile")
                        .put("display_name", "bench");
            case "conversations.info" ->
                said.putObject("channel")
                        .put("id", CHANNEL)
                        .put("name", "mail")
                        .put("is_private", true)
                        .put("is_member", true);
            default -> {}
        }
        return said;
    }

    /** Socket Mode's other end. */
    private final class Sockets extends WebSocketServer {
        Sockets() {
            super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            setReuseAddr(true);
        }

        @Override
        public void onOpen(WebSocket socket, ClientHandshake handshake) {
            socket.send("{\"type\":\"hello\",\"num_connections\":1,\"connection_info\":{\"app_id\":\"A0BENCH01\"}}");
            connected.complete(socket);
        }

        @Override
        public void onMessage(WebSocket socket, String message) {
            long now = System.nanoTime();
            try {
                JsonNode envelope = JSON.readTree(message).path("envelope_id");
                Optional.ofNullable(acknowledged.get(envelope.asText())).ifPresent(future -> future.complete(now));
            } catch (IOException fault) {
                throw new IllegalStateException("an acknowledgement that is no JSON: " + message, fault);
            }
        }

        @Override
        public void onClose(WebSocket socket, int code, String reason, boolean remote) {}

        @Override
        public void onError(WebSocket socket, Exception fault) {
            connected.completeExceptionally(fault);
        }

        @Override
        public void onStart() {}
    }

    @Override
    public void close() {
        web.stop(0);
        try {
            sockets.stop(1000);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
