package io.mailban.config;

import java.nio.file.Path;
import java.util.List;

/** What came of reading the configuration. */
public sealed interface ConfigReading {
    /** Every key is as it should be: go on with these. */
    record Read(Settings settings) implements ConfigReading {}

    /** All that is wrong with the file, in its order; never empty. Say each, start nothing. */
    record Faulty(Path file, List<Fault> faults) implements ConfigReading {
        /** Copies the list. */
        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /** There is no such file. Where none was asked for by name, {@code --ssh} still works without. */
    record Missing(Path file) implements ConfigReading {}
}
