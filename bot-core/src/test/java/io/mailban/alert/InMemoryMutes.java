package io.mailban.alert;

import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditLog;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Mutes while the test runs, by the same contract as the real store. */
public final class InMemoryMutes implements Mutes {
    private final AuditLog audit;
    private final Map<Topic, Mute> mutes = new HashMap<>();

    public InMemoryMutes(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public synchronized Optional<Mute> mute(Mute mute, AuditEntry entry) {
        Optional<Mute> before = Optional.ofNullable(mutes.put(mute.topic(), mute));
        audit.append(entry);
        return before.filter(one -> one.stands(mute.since()));
    }

    @Override
    public synchronized Optional<Mute> unmute(Topic topic, Instant now, AuditEntry entry) {
        Optional<Mute> stood = Optional.ofNullable(mutes.get(topic)).filter(one -> one.stands(now));
        if (stood.isPresent()) {
            mutes.remove(topic);
            audit.append(entry);
        }
        return stood;
    }

    @Override
    public synchronized List<Mute> standing(Instant now) {
        return mutes.values().stream()
                .filter(mute -> mute.stands(now))
                .sorted(Comparator.comparing(Mute::until)
                        .thenComparing(mute -> mute.topic().toString()))
                .toList();
    }
}
