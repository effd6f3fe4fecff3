package io.mailban.slack;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.mailban.bot.Patience;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.java_websocket.WebSocket;
import org.java_websocket.framing.Framedata;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.WebSocketServer;
import org.jspecify.annotations.Nullable;

/** Slack's Socket Mode on loopback. Thread-safe. */
final class Sockets extends WebSocketServer implements AutoCloseable {
    /** As many as Slack admits for one app. */
    private static final int MOST = 10;

    private final Recorder recorder;
    private final CountDownLatch started = new CountDownLatch(1);
    private final List<WebSocket> live = new ArrayList<>();
    private final Set<WebSocket> silent = new HashSet<>();
    private final Map<String, Delivery> waiting = new ConcurrentHashMap<>();
    private int turn;
    private int opened;

    Sockets(Recorder recorder) {
        super(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 2);
        this.recorder = recorder;
        setReuseAddr(true);
        setDaemon(true);
        setConnectionLostTimeout(0);
        start();
        try {
            if (!started.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the fake's WebSocket server did not start within 10 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    URI address() {
        return URI.create(
                "ws://127.0.0.1:" + getPort() + "/link/?ticket=" + UUID.randomUUID() + "&app_id=" + Workspace.APP);
    }

    /** Sends an envelope over one of the connections, waiting for one when there is none. */
    void send(Delivery delivery, JsonObject more) {
        String id = UUID.randomUUID().toString();
        JsonObject envelope = Json.object(
                "envelope_id",
                id,
                "payload",
                delivery.payload(),
                "type",
                delivery.kind(),
                "accepts_response_payload",
                !delivery.kind().equals("events_api"));
        more.entrySet().forEach(each -> envelope.add(each.getKey(), each.getValue()));
        waiting.put(id, delivery);
        WebSocket to = Patience.await("a Socket Mode connection of the bot's")
                .pollInterval(5, TimeUnit.MILLISECONDS)
                .until(this::next, Objects::nonNull);
        delivery.leaves();
        to.send(Json.GSON.toJson(envelope));
    }

    @Nullable private synchronized WebSocket next() {
        return live.isEmpty() ? null : live.get(turn++ % live.size());
    }

    /** How many connections have been opened since the start. */
    synchronized int opened() {
        return opened;
    }

    /** How many there are that answer. */
    synchronized int living() {
        return live.size();
    }

    /** Announces an end as Slack does: {@code warning}, {@code refresh_requested}, {@code link_disabled}. */
    void announceEnd(String reason) {
        for (WebSocket each : all()) {
            each.send(Json.GSON.toJson(Json.object(
                    "type", "disconnect", "reason", reason, "debug_info", Json.object("host", "fake-applink-1"))));
            if (!reason.equals("warning")) {
                each.close(1000);
            }
        }
    }

    /** Ends the connections without a word. */
    void cut() {
        all().forEach(each -> each.closeConnection(1006, "cut"));
    }

    /** From now on the connections that are open say nothing and answer nothing, and stay open. */
    synchronized void silence() {
        silent.addAll(live);
        live.clear();
    }

    private synchronized List<WebSocket> all() {
        return List.copyOf(live);
    }

    @Override
    public void onStart() {
        started.countDown();
    }

    @Override
    public void onOpen(WebSocket connection, ClientHandshake handshake) {
        int number;
        synchronized (this) {
            number = live.size() + 1;
            if (number > MOST) {
                connection.close(1008, "too_many_websockets");
                return;
            }
        }
        connection.send(Json.GSON.toJson(Json.object(
                "type",
                "hello",
                "num_connections",
                number,
                "debug_info",
                Json.object("host", "fake-applink-1", "build_number", 10, "approximate_connection_time", 18_060),
                "connection_info",
                Json.object("app_id", Workspace.APP))));
        synchronized (this) {
            opened++;
            live.add(connection);
        }
    }

    @Override
    public synchronized void onClose(WebSocket connection, int code, String reason, boolean remote) {
        live.remove(connection);
        silent.remove(connection);
    }

    @Override
    public void onMessage(WebSocket connection, String message) {
        synchronized (this) {
            if (silent.contains(connection)) {
                return;
            }
        }
        JsonObject ack = JsonParser.parseString(message).getAsJsonObject();
        Delivery delivery = waiting.remove(Json.text(ack, "envelope_id"));
        if (delivery != null) {
            delivery.acknowledge(200, Json.in(ack, "payload"));
        }
        recorder.keep("ack", ack);
    }

    @Override
    public void onWebsocketPing(WebSocket connection, Framedata frame) {
        synchronized (this) {
            if (silent.contains(connection)) {
                return;
            }
        }
        super.onWebsocketPing(connection, frame);
    }

    @Override
    public void onError(@Nullable WebSocket connection, Exception cause) {
        if (started.getCount() > 0) {
            throw new IllegalStateException(cause);
        }
    }

    @Override
    public void close() {
        try {
            stop(500);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
