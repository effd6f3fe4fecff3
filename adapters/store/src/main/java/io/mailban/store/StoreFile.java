package io.mailban.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The store's file on disk: there, ours alone to read, and always called by the same name. */
final class StoreFile {
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");
    private static final Set<PosixFilePermission> OUR_DIRECTORY = PosixFilePermissions.fromString("rwx------");

    private StoreFile() {}

    /**
     * Creates what is missing: directories 0700, the file 0600. A file that others may read is closed to them.
     *
     * @return the file's real path, the same through every link to it
     * @throws StoreUnusable if the file can't be there
     */
    static Path prepare(Path asked) {
        Path file = asked.toAbsolutePath().normalize();
        Path directory = file.getParent();
        if (directory == null || Files.isDirectory(file)) {
            throw new StoreUnusable(file, "this is a directory; name a file in it, such as mailban.db", null);
        }
        try {
            // createDirectories refuses a link to a directory, which is as good as one.
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory, PosixFilePermissions.asFileAttribute(OUR_DIRECTORY));
            }
            return created(file);
        } catch (IOException e) {
            throw new StoreUnusable(file, "can't be created, " + reason(e) + "; name a place that can be written", e);
        }
    }

    /** SQLite's own files beside it (-wal, -shm) take over this file's mode. Never opens a file that is there. */
    private static Path created(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Files.createFile(file, ours());
            } catch (FileAlreadyExistsException e) {
                if (!Files.exists(file)) {
                    throw e; // a link that leads nowhere
                }
                // Another process was first, which is all the same.
            }
        }
        Path real = file.toRealPath();
        if (!Files.getPosixFilePermissions(real).equals(OURS)) {
            Files.setPosixFilePermissions(real, OURS);
        }
        return real;
    }

    /** The mode 0600, for files created beside the store too. */
    static FileAttribute<Set<PosixFilePermission>> ours() {
        return PosixFilePermissions.asFileAttribute(OURS);
    }

    private static String reason(IOException e) {
        return switch (e) {
            case AccessDeniedException denied -> "permission denied at " + denied.getFile();
            case FileAlreadyExistsException taken -> taken.getFile() + " is in the way";
            case FileSystemException other
            when other.getReason() != null -> other.getReason() + " at " + other.getFile();
            default -> String.valueOf(e.getMessage());
        };
    }
}
