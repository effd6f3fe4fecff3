package io.mailban.bot;

import io.mailban.access.Person;
import io.mailban.audit.AuditEntry;
import io.mailban.audit.AuditEntry.Act;
import io.mailban.restraint.Mode;
import io.mailban.restraint.ModeSwitch;
import io.mailban.restraint.Uses;
import java.time.Instant;
import java.time.InstantSource;

/** Holds the bot back: read-only, and so much a person and hour. Thread-safe. */
public final class Restraint {
    private final ModeSwitch modeSwitch;
    private final Uses uses;
    private final Mode configured;
    private final int mostPerHour;
    private final InstantSource clock;

    /**
     * Works on these.
     *
     * @param configured what the configuration says; read-only there can't be switched off
     * @param mostPerHour how many requests, and how many approvals, one person may make within an hour
     */
    public Restraint(ModeSwitch modeSwitch, Uses uses, Mode configured, int mostPerHour, InstantSource clock) {
        this.modeSwitch = modeSwitch;
        this.uses = uses;
        this.configured = configured;
        this.mostPerHour = mostPerHour;
        this.clock = clock;
    }

    /** Whether somebody may go on. */
    public sealed interface Holding {
        /** Go on; it is counted. */
        record Free() implements Holding {}

        /** Stop, and say why. */
        sealed interface Held extends Holding {}

        /** Nothing is changed now, by nobody. */
        record ReadOnly(Mode.ReadOnly mode) implements Held {}

        /** This person did so much of that kind within the hour; the next is possible then. */
        record TooMuch(Person who, Uses.Kind kind, int most, Instant next) implements Held {}
    }

    /** What came of the switch. */
    public sealed interface Switching {
        /** It stands as was asked for. */
        record Switched(Mode now) implements Switching {}

        /** It stood so already. */
        record StoodSo(Mode now) implements Switching {}

        /** The configuration says read-only, and no switch changes that. */
        record Configured() implements Switching {}
    }

    /** Whether the bot may change anything now. */
    public Mode mode() {
        return configured instanceof Mode.ReadOnly ? configured : modeSwitch.mode();
    }

    /** Whether a person may do one more thing of a kind; if so, it is counted. */
    public Holding hold(Person who, Uses.Kind kind) {
        if (mode() instanceof Mode.ReadOnly readOnly) {
            return new Holding.ReadOnly(readOnly);
        }
        return switch (uses.take(who.id(), kind, mostPerHour, clock.instant())) {
            case Uses.Taking.Taken _ -> new Holding.Free();
            case Uses.Taking.Exhausted(var next) -> new Holding.TooMuch(who, kind, mostPerHour, next);
        };
    }

    /** Switches read-only on. */
    public Switching readOnly(Person by) {
        Instant now = clock.instant();
        Mode.SwitchedReadOnly to = new Mode.SwitchedReadOnly(by, now);
        return switch (modeSwitch.readOnly(to, entry(by, Act.READ_ONLY_ON, now))) {
            case Mode.ReadsAndWrites _ -> new Switching.Switched(to);
            case Mode.ReadOnly before -> new Switching.StoodSo(before);
        };
    }

    /** Switches it off: only for whoever sits at the machine that the bot runs on. */
    public Switching readsAndWrites(Person by) {
        Mode before = modeSwitch.readsAndWrites(entry(by, Act.READ_ONLY_OFF, clock.instant()));
        if (configured instanceof Mode.ReadOnly) {
            return new Switching.Configured();
        }
        return before instanceof Mode.ReadOnly
                ? new Switching.Switched(new Mode.ReadsAndWrites())
                : new Switching.StoodSo(before);
    }

    private static AuditEntry entry(Person by, Act act, Instant now) {
        return new AuditEntry(now, by, act, "", "");
    }
}
