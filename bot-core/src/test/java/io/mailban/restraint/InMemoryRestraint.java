package io.mailban.restraint;

import io.mailban.access.PersonId;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The switch and the counts while the test runs, by the same contract as the real store. */
public final class InMemoryRestraint implements ModeSwitch, Uses {
    private record Use(PersonId who, Kind kind, Instant at) {}

    private final AuditLog audit;
    private final List<Use> uses = new ArrayList<>();
    private Mode mode = new Mode.ReadsAndWrites();

    public InMemoryRestraint(AuditLog audit) {
        this.audit = audit;
    }

    @Override
    public synchronized Mode mode() {
        return mode;
    }

    @Override
    public synchronized Mode readOnly(Mode.SwitchedReadOnly to, AuditEntry entry) {
        Mode before = mode;
        if (before instanceof Mode.ReadsAndWrites) {
            mode = to;
            audit.append(entry);
        }
        return before;
    }

    @Override
    public synchronized Mode readsAndWrites(AuditEntry entry) {
        Mode before = mode;
        if (before instanceof Mode.ReadOnly) {
            mode = new Mode.ReadsAndWrites();
            audit.append(entry);
        }
        return before;
    }

    @Override
    public synchronized Taking take(PersonId who, Kind kind, int most, Instant now) {
        List<Instant> within = uses.stream()
                .filter(use -> use.who().equals(who) && use.kind() == kind)
                .map(Use::at)
                .filter(at -> at.isAfter(now.minus(WINDOW)))
                .sorted()
                .toList();
        if (within.size() >= most) {
            return new Taking.Exhausted(within.get(within.size() - most).plus(WINDOW));
        }
        uses.add(new Use(who, kind, now));
        return new Taking.Taken();
    }
}
