package io.mailban.slack;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** One thing that {@link FakeSlack} told the bot, and how it was acknowledged. */
public final class Delivery {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String kind;
    private final JsonObject payload;
    private final CompletableFuture<Ack> ack = new CompletableFuture<>();
    private volatile Consumer<Ack> consequence = _ -> {};
    private volatile long sent = System.nanoTime();

    Delivery(String kind, JsonObject payload) {
        this.kind = kind;
        this.payload = payload;
    }

    /**
     * The bot's acknowledgement.
     *
     * @param after since the thing was sent
     * @param status 200 over a socket
     * @param body what the acknowledgement carried; an empty object when nothing
     */
    public record Ack(Duration after, int status, JsonObject body) {}

    /** The acknowledgement; waits up to ten seconds, and fails after that. */
    public Ack ack() {
        try {
            return ack.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new AssertionError("no acknowledgement within " + PATIENCE + " of " + kind + " " + payload, e);
        } catch (ExecutionException e) {
            throw new AssertionError("the bot could not be told " + kind + " " + payload, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Whether it has been acknowledged by now. */
    public boolean acknowledged() {
        return ack.isDone() && !ack.isCompletedExceptionally();
    }

    /** What was sent, as Slack sends it. */
    public JsonObject payload() {
        return payload.deepCopy();
    }

    /** {@code slash_commands}, {@code interactive} or {@code events_api}. */
    String kind() {
        return kind;
    }

    void leaves() {
        sent = System.nanoTime();
    }

    /** Called before those who wait are woken. */
    void then(Consumer<Ack> next) {
        consequence = next;
    }

    void acknowledge(int status, JsonElement body) {
        var came = new Ack(
                Duration.ofNanos(System.nanoTime() - sent),
                status,
                body.isJsonObject() ? body.getAsJsonObject() : new JsonObject());
        consequence.accept(came);
        ack.complete(came);
    }

    void fails(Exception cause) {
        ack.completeExceptionally(cause);
    }
}
