package io.mailban.ssh;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where OpenSSH's own files are on this machine.
 *
 * @param home the home directory, with {@code .ssh} in it
 * @param configs the configuration files, the earlier one winning
 * @param knownHosts the one file of trusted host keys to use; where empty, those that the configuration names
 * @param agent the agent's socket
 */
public record SshSurroundings(Path home, List<Path> configs, Optional<Path> knownHosts, Optional<Path> agent) {
    /** Copies the list. */
    public SshSurroundings {
        configs = List.copyOf(configs);
    }

    /** As {@code ssh} itself would find them, run by this user. */
    public static SshSurroundings ofThisUser() {
        Path home = Path.of(System.getProperty("user.home", "/"));
        return new SshSurroundings(
                home,
                List.of(home.resolve(".ssh").resolve("config"), Path.of("/etc/ssh/ssh_config")),
                Optional.empty(),
                Optional.ofNullable(System.getenv("SSH_AUTH_SOCK"))
                        .filter(text -> !text.isBlank())
                        .map(Path::of));
    }
}
