package io.mailban.deploy.setup;

import io.mailban.config.ConfigReader;
import io.mailban.config.ConfigReading;
import io.mailban.config.Fault;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Collectors;

/** What came of putting a configuration in place. */
public sealed interface Placing {
    /** It is there, whole, readable by its owner alone, and it was read without a fault. */
    record Placed(Path file) implements Placing {}

    /** Something is there already, and was left as it is. */
    record Occupied(Path file) implements Placing {}

    /** It could not be written: {@code why}. Nothing is left behind. */
    record NotPlaced(Path file, String why) implements Placing {}

    /** Writes it beside its place, reads it as Mailban will, and only then gives it its name. */
    static Placing put(String yaml, Path file, Map<String, String> env) {
        Path whole = file.toAbsolutePath();
        Path folder = whole.resolveSibling("");
        try {
            FileAttribute<?> ours = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
            Files.createDirectories(folder, ours);
            Path draft = Files.createTempFile(
                    folder,
                    ".mailban",
                    ".yml",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                Files.writeString(draft, yaml);
                if (ConfigReader.read(draft, env) instanceof ConfigReading.Faulty(var _, var faults)) {
                    return new NotPlaced(
                            file, faults.stream().map(Fault::sentence).collect(Collectors.joining("; ")));
                }
                // A second name for the same file: refused where the name is taken, which a move would not be.
                Files.createLink(whole, draft);
                return new Placed(file);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (FileAlreadyExistsException _) {
            return new Occupied(file);
        } catch (IOException | UnsupportedOperationException fault) {
            return new NotPlaced(file, fault.getClass().getSimpleName() + ": " + fault.getMessage());
        }
    }
}
