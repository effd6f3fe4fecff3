package io.mailban.slack;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** The {@code trigger_id}s and {@code response_url}s that are out. Thread-safe. */
final class Tickets {
    private static final Duration TRIGGER = Duration.ofSeconds(3);
    private static final Duration URL = Duration.ofMinutes(30);
    private static final int ANSWERS = 5;

    private record Trigger(String user, Instant until, AtomicInteger uses) {}

    /** What an answer's address belongs to: the ephemeral or message that was pressed, if any. */
    record Answer(String user, String channel, Optional<Shown> pressed, Instant until, AtomicInteger uses) {}

    private final Map<String, Trigger> triggers = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private int number;

    synchronized String trigger(String user) {
        String id = "%d.%d.%032x".formatted(System.currentTimeMillis(), 20 + ++number, number);
        triggers.put(id, new Trigger(user, Instant.now().plus(TRIGGER), new AtomicInteger()));
        return id;
    }

    /** Slack's word for why this trigger opens nothing, or empty and it is used up. */
    synchronized Optional<String> useTrigger(String id) {
        Trigger trigger = triggers.get(id);
        if (trigger == null) {
            return Optional.of("invalid_trigger_id");
        }
        if (Instant.now().isAfter(trigger.until())) {
            return Optional.of("expired_trigger_id");
        }
        return trigger.uses().getAndIncrement() == 0 ? Optional.empty() : Optional.of("exchanged_trigger_id");
    }

    synchronized String holder(String trigger) {
        return Optional.ofNullable(triggers.get(trigger))
                .map(Trigger::user)
                .orElseThrow(() -> new AssertionError("no trigger " + trigger));
    }

    /** The path under the Web API's host. */
    synchronized String answer(String user, String channel, Optional<Shown> pressed) {
        String path = "/response/%s/%d/%024d".formatted(Workspace.TEAM, 9_000_000 + ++number, number);
        answers.put(path, new Answer(user, channel, pressed, Instant.now().plus(URL), new AtomicInteger()));
        return path;
    }

    /** What the address answers to, unless it is unknown, too old or used up. */
    synchronized Optional<Answer> useAnswer(String path) {
        return Optional.ofNullable(answers.get(path))
                .filter(answer -> Instant.now().isBefore(answer.until()))
                .filter(answer -> answer.uses().getAndIncrement() < ANSWERS);
    }

    /** As if half an hour had gone by. */
    synchronized void expire() {
        triggers.replaceAll((_, trigger) -> new Trigger(trigger.user(), Instant.EPOCH, trigger.uses()));
        answers.replaceAll((_, answer) ->
                new Answer(answer.user(), answer.channel(), answer.pressed(), Instant.EPOCH, answer.uses()));
    }
}
