package io.mailban.slack;

import com.google.gson.JsonObject;
import com.slack.api.Slack;
import com.slack.api.socket_mode.impl.SocketModeClientJavaWSImpl;
import com.slack.api.socket_mode.queue.impl.ConcurrentLinkedMessageQueue;
import java.io.IOException;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.java_websocket.exceptions.WebsocketNotConnectedException;

/**
 * One connection of Socket Mode, from its start to its end; after that, another takes its place. It is the SDK's client with
 * its own timers off: its queue polls each 10 ms and forgets the order, its monitor's thread dies of the first answer without
 * an address, and its acknowledgements go to whichever connection is the newest. What arrives is handed on by the thread that
 * read it, so that it is acknowledged at once, in order, and where it came from.
 */
final class SocketLine extends SocketModeClientJavaWSImpl {
    private static final System.Logger LOG = System.getLogger(SocketLine.class.getName());

    private final Envelopes envelopes;
    private final CompletableFuture<Void> hello = new CompletableFuture<>();
    private final CompletableFuture<End> end = new CompletableFuture<>();

    /** @param url where to, from {@code apps.connections.open}; it opens a door, and works once */
    SocketLine(Slack slack, String url, Envelopes envelopes) throws URISyntaxException {
        super(slack, "", url, 0, new ConcurrentLinkedMessageQueue(), false, false, 0);
        this.envelopes = envelopes;
        addWebSocketCloseListener((_, _) -> end.complete(End.CLOSED));
        addWebSocketErrorListener(_ -> end.complete(End.CLOSED));
    }

    /** Why a connection has to be replaced. */
    enum End {
        /** It is gone. */
        CLOSED,
        /** It is about to go, as Slack's do after some hours; it works until then. */
        ANNOUNCED,
        /** It is open, and nobody answers. */
        SILENT
    }

    /** Connects, and waits until Slack has greeted. */
    void open(Duration patience) throws SlackAway, InterruptedException {
        connect();
        try {
            CompletableFuture.anyOf(hello, end).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            throw new SlackAway("its socket did not greet within " + patience.toSeconds() + " s");
        }
        if (!hello.isDone()) {
            throw new SlackAway("its socket was closed before it greeted");
        }
    }

    /** Waits for the end, asking each {@code period} whether anybody is there. */
    End awaitEnd(Duration period) throws InterruptedException {
        while (true) {
            try {
                return end.get(period.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException _) {
                if (!verifyConnection()) {
                    return end.getNow(End.SILENT);
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("nobody completes it so", e);
            }
        }
    }

    @Override
    public void enqueueMessage(String message) {
        Envelopes.read(message).ifPresent(this::take);
    }

    private void take(JsonObject json) {
        switch (Envelopes.text(json, "type")) {
            case "hello" -> hello.complete(null);
            case "disconnect" -> {
                if (Envelopes.text(json, "reason").equals("link_disabled")) {
                    LOG.log(
                            System.Logger.Level.WARNING,
                            "Slack says that Socket Mode was switched off for this app; mailban doctor slack says how to"
                                    + " mend it");
                }
                end.complete(End.ANNOUNCED);
            }
            default -> envelopes.acknowledge(json).ifPresent(this::answer);
        }
    }

    private void answer(String acknowledgement) {
        try {
            sendWebSocketMessage(acknowledgement);
        } catch (WebsocketNotConnectedException _) {
            // Slack delivers it again, and it is known then.
            end.complete(End.CLOSED);
        }
    }

    @Override
    public void close() {
        try {
            super.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a connection to Slack could not be closed", e);
        }
    }
}
