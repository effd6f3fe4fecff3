package io.mailban.restraint;

import static io.mailban.approval.SampleApprovals.ALICE;
import static io.mailban.approval.SampleApprovals.CAROL;
import static io.mailban.approval.SampleApprovals.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditLog;
import io.mailban.restraint.Mode.ReadsAndWrites;
import io.mailban.restraint.Mode.SwitchedReadOnly;
import io.mailban.restraint.Uses.Kind;
import io.mailban.restraint.Uses.Taking;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What every memory of the switch and of the counts does. */
public abstract class RestraintContract {
    /** An untouched one, the same throughout a test. */
    protected abstract ModeSwitch modeSwitch();

    /** An empty one, the same throughout a test. */
    protected abstract Uses uses();

    /** The log that the switch writes to. */
    protected abstract AuditLog audit();

    @Test
    void nobodyHasSwitchedItYet() {
        assertThat(modeSwitch().mode()).isEqualTo(new ReadsAndWrites());
        assertThat(modeSwitch().readsAndWrites(entry(CAROL))).isEqualTo(new ReadsAndWrites());
        assertThat(audit().newest(9)).isEmpty();
    }

    @Test
    void whoSwitchesItFirstIsRememberedUntilItIsSwitchedOff() {
        SwitchedReadOnly carols = new SwitchedReadOnly(CAROL, NOON.plusNanos(1));
        assertThat(modeSwitch().readOnly(carols, entry(CAROL))).isEqualTo(new ReadsAndWrites());
        assertThat(modeSwitch().readOnly(new SwitchedReadOnly(ALICE, NOON), entry(ALICE)))
                .isEqualTo(carols);
        assertThat(modeSwitch().mode()).isEqualTo(carols);
        assertThat(audit().newest(9)).containsExactly(entry(CAROL));
        assertThat(modeSwitch().readsAndWrites(entry(ALICE))).isEqualTo(carols);
        assertThat(modeSwitch().mode()).isEqualTo(new ReadsAndWrites());
        assertThat(audit().newest(9)).containsExactly(entry(ALICE), entry(CAROL));
    }

    @Test
    void soManyWithinAnHourAndNoMore() {
        assertThat(take(CAROL, NOON)).isEqualTo(new Taking.Taken());
        assertThat(take(CAROL, NOON.plusSeconds(60))).isEqualTo(new Taking.Taken());
        assertThat(take(CAROL, NOON.plusSeconds(120))).isEqualTo(new Taking.Exhausted(hourAfter(NOON)));
        assertThat(take(CAROL, hourAfter(NOON).minusNanos(1))).isEqualTo(new Taking.Exhausted(hourAfter(NOON)));
        assertThat(take(CAROL, hourAfter(NOON))).isEqualTo(new Taking.Taken());
        assertThat(take(CAROL, hourAfter(NOON))).isEqualTo(new Taking.Exhausted(hourAfter(NOON.plusSeconds(60))));
    }

    @Test
    void peopleAndKindsAreCountedApart() {
        assertThat(uses().take(CAROL.id(), Kind.REQUEST, 1, NOON)).isEqualTo(new Taking.Taken());
        assertThat(uses().take(ALICE.id(), Kind.REQUEST, 1, NOON)).isEqualTo(new Taking.Taken());
        assertThat(uses().take(CAROL.id(), Kind.APPROVAL, 1, NOON)).isEqualTo(new Taking.Taken());
        assertThat(uses().take(CAROL.id(), Kind.REQUEST, 1, NOON)).isEqualTo(new Taking.Exhausted(hourAfter(NOON)));
    }

    @Test
    void aLimitThatWasLoweredCountsFromTheNewestOn() {
        for (int i = 0; i < 5; i++) {
            uses().take(CAROL.id(), Kind.REQUEST, 5, NOON.plusSeconds(i));
        }
        assertThat(uses().take(CAROL.id(), Kind.REQUEST, 2, NOON.plusSeconds(9)))
                .isEqualTo(new Taking.Exhausted(hourAfter(NOON.plusSeconds(3))));
    }

    private Taking take(Person who, Instant now) {
        return uses().take(who.id(), Kind.REQUEST, 2, now);
    }

    private static Instant hourAfter(Instant at) {
        return at.plus(Duration.ofHours(1));
    }

    private static AuditEntry entry(Person who) {
        return new AuditEntry(NOON, who, AuditEntry.Act.READ_ONLY_ON, "", "");
    }
}
