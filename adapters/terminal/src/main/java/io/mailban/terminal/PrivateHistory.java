package io.mailban.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;
import org.jline.reader.LineReader;
import org.jline.reader.impl.history.DefaultHistory;

/** JLine's history, in a file that only its owner reads, without the numbers of buttons. */
final class PrivateHistory extends DefaultHistory {
    private static final Set<PosixFilePermission> OWNER_ALONE = PosixFilePermissions.fromString("rw-------");

    private final Path file;

    PrivateHistory(Path file) {
        this.file = file;
    }

    @Override
    public void attach(LineReader reader) {
        try {
            Path directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                Files.createDirectories(directory);
            }
            if (Files.notExists(file)) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ALONE));
            }
            Files.setPosixFilePermissions(file, OWNER_ALONE);
        } catch (IOException | UnsupportedOperationException _) {
            // A history that can't be kept is no reason not to talk.
            reader.setVariable(LineReader.HISTORY_FILE, null);
        }
        super.attach(reader);
    }

    @Override
    public void add(Instant time, String line) {
        if (!line.isBlank() && !line.strip().chars().allMatch(Character::isDigit)) {
            super.add(time, line);
        }
    }
}
