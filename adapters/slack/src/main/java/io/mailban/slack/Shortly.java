package io.mailban.slack;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks Slack while somebody waits for the bot to start: a Slack that hangs, or can't be reached, holds nobody up. */
final class Shortly {
    private static final Duration MOMENT = Duration.ofSeconds(4);

    private Shortly() {}

    /** What is asked. */
    @FunctionalInterface
    interface Question<T> {
        T ask() throws SlackAway;
    }

    /**
     * The answer, or why there is none.
     *
     * @throws TokenRefused if Slack answered, and refused the token
     */
    static <T> T ask(Question<T> question) throws SlackAway {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Thread.ofVirtual().name("slack-first").start(() -> {
            try {
                answer.complete(question.ask());
            } catch (SlackAway | RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get(MOMENT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new SlackAway("no answer within " + MOMENT.toSeconds() + " s");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new SlackAway("interrupted");
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case SlackAway away -> throw away;
                case RuntimeException fault -> throw fault;
                case null, default -> throw new IllegalStateException(e);
            }
        }
    }
}
