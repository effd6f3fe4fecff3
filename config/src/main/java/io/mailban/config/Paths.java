package io.mailban.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Reads paths as people write them: absolute, from {@code ~/}, or from the configuration file's own directory.
 *
 * @param home what {@code ~} stands for
 * @param base what a relative path begins at
 */
record Paths(Path home, Path base) {

    /** A path to a file, absolute. */
    Path read(String text) throws Unfit {
        if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
            throw new Unfit("a path, such as ~/.ssh/id_ed25519");
        }
        if (text.startsWith("~") && !text.startsWith("~/")) {
            throw new Unfit("a path that is absolute, or begins with ~/");
        }
        try {
            Path path = text.startsWith("~/") ? home.resolve(text.substring(2)) : base.resolve(text);
            return path.normalize();
        } catch (InvalidPathException e) {
            throw new Unfit("a path (" + e.getReason() + ")");
        }
    }
}
