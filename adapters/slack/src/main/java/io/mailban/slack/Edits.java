package io.mailban.slack;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.slack.api.model.block.Blocks;
import com.slack.api.model.block.composition.BlockCompositions;
import io.mailban.chat.MessageRef;
import io.mailban.chat.NotSaid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Edits messages, one after another in each channel. Of several edits of one message that wait, the last is made and the
 * others are overtaken by it: all return when it is made. The pages after the first follow a message that this process
 * posted: the first time they are posted, later they are edited. Thread-safe.
 */
final class Edits {
    /** What a page becomes that the message has no more. */
    private static final Page OVER = over("this page is no part of the message above any more");

    private final Voice voice;
    private final Outbox outbox;
    /** The {@code ts} of what followed each; longer than any answer or request is edited. */
    private final Cache<MessageRef, List<String>> followers = Caffeine.newBuilder()
            .expireAfterAccess(Duration.ofHours(12))
            .maximumSize(10_000)
            .build();

    private final Map<MessageRef, Edit> waiting = new ConcurrentHashMap<>();

    Edits(Voice voice, Outbox outbox) {
        this.voice = voice;
        this.outbox = outbox;
    }

    private static Page over(String words) {
        return new Page(List.of(Blocks.section(s -> s.text(BlockCompositions.plainText(words)))), words);
    }

    private static final class Edit {
        private final CompletableFuture<Void> made = new CompletableFuture<>();
        private volatile List<Page> last;

        Edit(List<Page> first) {
            last = first;
        }
    }

    /** Remembers what was posted, and the {@code ts} of the pages that followed it. */
    void posted(MessageRef message, List<String> ts) {
        followers.put(message, List.copyOf(ts));
    }

    /** Whether it is known what followed this message. */
    boolean isKnown(MessageRef message) {
        return followers.getIfPresent(message) != null;
    }

    /**
     * Edits a message; one that is gone is passed over.
     *
     * @throws NotSaid if trying again would not help
     */
    void edit(MessageRef message, List<Page> pages) {
        Edit mine = new Edit(pages);
        Edit waits = waiting.merge(message, mine, (old, now) -> {
            old.last = pages;
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
                    List<Page> pages = edit.last;
                    voice.edit(spot, message.id(), pages.getFirst());
                    if (isKnown(message)) {
                        follow(message, pages.subList(1, pages.size()));
                    }
                }
                return spot;
            });
        } catch (Refused refused) {
            if (!refused.word().equals("message_not_found")) {
                throw refused.at(message.place());
            }
        }
    }

    private void follow(MessageRef message, List<Page> pages) throws Refused, InterruptedException {
        Spot spot = Spot.of(message.place());
        Spot below = spot.thread().isPresent() ? spot : spot.inThread(message.id());
        List<String> there = new ArrayList<>(
                Optional.ofNullable(followers.getIfPresent(message)).orElse(List.of()));
        while (there.size() > pages.size()) {
            voice.edit(below, there.removeLast(), OVER);
        }
        for (int i = 0; i < there.size(); i++) {
            voice.edit(below, there.get(i), pages.get(i));
        }
        for (Page page : pages.subList(there.size(), pages.size())) {
            String ts = outbox.inTurn(Voice.lane(below), message.place(), () -> voice.post(below, page))
                    .getTs();
            there.add(ts);
            // At once: a page that Slack refuses must not let the others be posted again.
            posted(message, there);
        }
        posted(message, there);
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
