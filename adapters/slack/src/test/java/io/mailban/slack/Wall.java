package io.mailban.slack;

import com.google.gson.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What stands in the fake Slack's channels, before people's eyes and in their Home tabs. Thread-safe. */
final class Wall {
    private record Key(String channel, String ts) {}

    private final Map<Key, Shown> messages = new LinkedHashMap<>();
    /** By person. */
    private final Map<String, List<Shown>> ephemerals = new LinkedHashMap<>();

    private final Map<String, List<Shown>> modals = new LinkedHashMap<>();
    private final Map<String, Shown> homes = new LinkedHashMap<>();
    private long last;

    /** A time that no other message has. */
    synchronized String ts() {
        Instant now = Instant.now();
        last = Math.max(last + 1, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
        return "%d.%06d".formatted(last / 1_000_000, last % 1_000_000);
    }

    synchronized Shown post(String channel, Optional<String> thread, JsonObject body) {
        var said = new Shown(channel, ts(), thread, body);
        body.addProperty("ts", said.ts());
        messages.put(new Key(channel, said.ts()), said);
        return said;
    }

    synchronized Optional<Shown> find(String channel, String ts) {
        return Optional.ofNullable(messages.get(new Key(channel, ts)));
    }

    synchronized void edit(Shown said, UnaryOperator<JsonObject> edit) {
        messages.computeIfPresent(
                new Key(said.channel(), said.ts()),
                (_, old) -> new Shown(
                        old.channel(),
                        old.ts(),
                        old.thread(),
                        edit.apply(old.body().deepCopy())));
    }

    synchronized void delete(Shown said) {
        messages.remove(new Key(said.channel(), said.ts()));
    }

    synchronized List<Shown> in(String channel) {
        return messages.values().stream()
                .filter(said -> said.channel().equals(channel))
                .toList();
    }

    synchronized List<Shown> in(String channel, Optional<String> thread) {
        return messages.values().stream()
                .filter(said -> said.channel().equals(channel) && said.thread().equals(thread))
                .toList();
    }

    synchronized Shown show(String user, String channel, Optional<String> thread, JsonObject body) {
        var said = new Shown(channel, ts(), thread, body);
        body.addProperty("ts", said.ts());
        ephemerals.computeIfAbsent(user, _ -> new ArrayList<>()).add(said);
        return said;
    }

    /** Puts something else in an ephemeral's place; nothing where it is taken away. */
    synchronized void swap(String user, String ts, Optional<JsonObject> body) {
        List<Shown> seen = ephemerals.getOrDefault(user, new ArrayList<>());
        for (int i = 0; i < seen.size(); i++) {
            Shown old = seen.get(i);
            if (old.ts().equals(ts)) {
                body.ifPresent(anew -> anew.addProperty("ts", ts));
                if (body.isPresent()) {
                    seen.set(i, new Shown(old.channel(), ts, old.thread(), body.get()));
                } else {
                    seen.remove(i);
                }
                return;
            }
        }
    }

    synchronized List<Shown> ephemerals(String user) {
        return List.copyOf(ephemerals.getOrDefault(user, List.of()));
    }

    synchronized void open(String user, JsonObject view) {
        modals.computeIfAbsent(user, _ -> new ArrayList<>())
                .add(new Shown(user, Json.text(view, "id"), Optional.empty(), view));
    }

    /** Takes a modal away from before somebody's eyes. */
    synchronized void closeModal(String user, String id) {
        modals.getOrDefault(user, new ArrayList<>()).removeIf(view -> view.ts().equals(id));
    }

    synchronized Optional<Shown> findModal(String id) {
        return modals.values().stream()
                .flatMap(List::stream)
                .filter(view -> view.ts().equals(id))
                .findFirst();
    }

    synchronized void replaceModal(String id, JsonObject view) {
        modals.values()
                .forEach(open -> open.replaceAll(
                        old -> old.ts().equals(id) ? new Shown(old.channel(), id, Optional.empty(), view) : old));
    }

    synchronized List<Shown> modals(String user) {
        return List.copyOf(modals.getOrDefault(user, List.of()));
    }

    synchronized void publish(String user, JsonObject view) {
        homes.put(user, new Shown(user, Json.text(view, "id"), Optional.empty(), view));
    }

    synchronized Optional<Shown> findHome(String user) {
        return Optional.ofNullable(homes.get(user));
    }
}
