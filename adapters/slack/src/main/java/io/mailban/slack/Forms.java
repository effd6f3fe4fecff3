package io.mailban.slack;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.slack.api.model.block.Blocks;
import com.slack.api.model.block.LayoutBlock;
import com.slack.api.model.block.composition.BlockCompositions;
import com.slack.api.model.block.element.BlockElements;
import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.chat.CardAction;
import io.mailban.chat.Form;
import io.mailban.chat.Naming;
import io.mailban.chat.Place;
import io.mailban.reply.PlatformWriter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Asks by modals. One opens only within three seconds of what the person did; where that is over, they get a button whose
 * press opens it. Thread-safe; what waits for a press is forgotten after ten minutes, and with the process.
 */
final class Forms {
    /** The button's {@code action_id}. */
    static final String BUTTON = "form";

    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final Set<String> TOO_LATE = Set.of(
            "expired_trigger_id", "trigger_expired", "exchanged_trigger_id", "trigger_exchanged", "invalid_trigger_id");

    private final Voice voice;
    private final Whispers whispers;
    private final Openings openings;
    private final Cache<Key, Form> kept;

    Forms(Voice voice, Whispers whispers, Openings openings, InstantSource clock) {
        this.voice = voice;
        this.whispers = whispers;
        this.openings = openings;
        this.kept = Caffeine.newBuilder()
                .expireAfterWrite(KEPT)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .maximumSize(10_000)
                .build();
    }

    private record Key(PersonId person, String id) {}

    void ask(Place place, Person person, Form form) {
        Optional<String> trigger = openings.takeTrigger(person.id(), place);
        if (trigger.isEmpty()) {
            offer(place, person, form);
            return;
        }
        String metadata = new Metadata(person.id().account(), place, form.action()).text();
        switch (voice.open(trigger.get(), Layout.modal(form, metadata))) {
            case Heard.Done<?> _ -> {}
            case Heard.Later<?> _, Heard.Lost<?> _ -> offer(place, person, form);
            case Heard.Denied<?>(var refused) -> {
                if (!TOO_LATE.contains(refused.word())) {
                    throw refused.at(place);
                }
                offer(place, person, form);
            }
        }
    }

    /** What {@link SlackChat#reopen} does. */
    Optional<CardAction> reopen(Place place, Person person, String value) {
        int space = value.indexOf(' ');
        if (space < 0) {
            return Optional.empty();
        }
        Form form = kept.getIfPresent(new Key(person.id(), value.substring(0, space)));
        if (form == null) {
            return CardAction.find(value.substring(space + 1));
        }
        ask(place, person, form);
        return Optional.empty();
    }

    private void offer(Place place, Person person, Form form) {
        String id = UUID.randomUUID().toString();
        kept.put(new Key(person.id(), id), form);
        Page late = Layout.pages(PlatformWriter.lateForm("Slack"), Naming.FULL).getFirst();
        List<LayoutBlock> blocks = new ArrayList<>(late.blocks());
        blocks.add(Blocks.actions(List.of(BlockElements.button(b -> b.actionId(BUTTON)
                .style("primary")
                .text(BlockCompositions.plainText("Open the form"))
                .value(id + " " + form.action().encoded())))));
        whispers.whisper(place, person, List.of(new Page(blocks, late.text())));
    }
}
