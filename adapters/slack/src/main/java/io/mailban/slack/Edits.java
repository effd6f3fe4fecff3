package io.mailban.slack;

import io.mailban.chat.MessageRef;
import io.mailban.chat.NotSaid;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Edits messages, one after another in each channel. Of several edits of one message that wait, the last is made and the
 * others are overtaken by it: all return when it is made. Thread-safe.
 */
final class Edits {
    private final Voice voice;
    private final Outbox outbox;
    private final Map<MessageRef, Edit> waiting = new ConcurrentHashMap<>();

    Edits(Voice voice, Outbox outbox) {
        this.voice = voice;
        this.outbox = outbox;
    }

    private static final class Edit {
        private final CompletableFuture<Void> made = new CompletableFuture<>();
        private volatile Page last;

        Edit(Page first) {
            last = first;
        }
    }

    /**
     * Edits a message; one that is gone is passed over.
     *
     * @throws NotSaid if trying again would not help
     */
    void edit(MessageRef message, Page page) {
        Edit mine = new Edit(page);
        Edit waits = waiting.merge(message, mine, (old, now) -> {
            old.last = page;
            return old;
        });
        if (!waits.equals(mine)) {
            await(waits.made);
            return;
        }
        try {
            inTurn(message);
            mine.made.complete(null);
        } catch (RuntimeException e) {
            waiting.remove(message, mine);
            mine.made.completeExceptionally(e);
            throw e;
        }
    }

    private void inTurn(MessageRef message) {
        Spot spot = Spot.of(message.place());
        try {
            outbox.inTurn("edit " + spot.channel(), message.place(), () -> {
                Edit edit = waiting.remove(message);
                if (edit != null) {
                    voice.edit(spot, message.id(), edit.last);
                }
                return spot;
            });
        } catch (Refused refused) {
            if (!refused.word().equals("message_not_found")) {
                throw refused.at(message.place());
            }
        }
    }

    private static void await(CompletableFuture<Void> made) {
        try {
            made.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
