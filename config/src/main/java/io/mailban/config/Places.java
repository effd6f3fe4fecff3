package io.mailban.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where files are by the XDG Base Directory Specification 0.8, for the user whose environment this is.
 *
 * @param home the home directory; absolute
 */
public record Places(Path home, Path configuration, Path state) {

    /** Reads {@code HOME}, {@code XDG_CONFIG_HOME} and {@code XDG_STATE_HOME}. */
    public static Places of(Map<String, String> env) {
        Path home = absolute(env, "HOME").orElseGet(() -> Path.of(System.getProperty("user.home", "/")));
        return new Places(
                home,
                absolute(env, "XDG_CONFIG_HOME").orElse(home.resolve(".config")),
                absolute(env, "XDG_STATE_HOME").orElse(home.resolve(".local/state")));
    }

    /** Where {@code mailban.yml} is looked for when nobody says where. */
    public Path configFile() {
        return configuration.resolve("mailban/mailban.yml");
    }

    /** Where the store is when nobody says where. */
    public Path storeFile() {
        return state.resolve("mailban/mailban.db");
    }

    /** The specification tells to ignore a relative path. */
    private static Optional<Path> absolute(Map<String, String> env, String name) {
        try {
            return Optional.ofNullable(env.get(name))
                    .filter(value -> !value.isBlank())
                    .map(Path::of)
                    .filter(Path::isAbsolute);
        } catch (InvalidPathException _) {
            return Optional.empty();
        }
    }
}
