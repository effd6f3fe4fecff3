package io.mailban.restraint;

import io.mailban.access.Person;
import java.time.Instant;

/** Whether the bot may change anything on a mail server. Questions are answered in every mode. */
public sealed interface Mode {
    /** It lifts and exempts what was approved. */
    record ReadsAndWrites() implements Mode {}

    /** It changes nothing; what it must still do is to take its own exemptions back. */
    sealed interface ReadOnly extends Mode {}

    /** Somebody switched it so. */
    record SwitchedReadOnly(Person by, Instant since) implements ReadOnly {}

    /** {@code mailban.yml} says so; no switch changes that. */
    record ConfiguredReadOnly() implements ReadOnly {}
}
