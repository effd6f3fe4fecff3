package io.mailban.ssh;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a server is and how to log in there, once its configuration and {@code ~/.ssh/config} have been put together.
 *
 * @param host the name or address to connect to
 * @param hostKeyName the name that known_hosts is asked for: {@code host}, {@code [host]:port}, or {@code HostKeyAlias}
 * @param knownHosts the files with host keys that are trusted; the first is the one to add to
 * @param keys the key files to try, in order
 * @param keyChoice whether {@code keys} are all there is, or {@code ssh}'s own choice with the agent's beside them
 * @param agent the agent's socket, if there is one
 * @param algorithms JSch's configuration keys for what the file says of algorithms
 * @param jump the {@code ProxyJump} or {@code ProxyCommand} that the file wants, see {@link Route}
 */
record Destination(
        String host,
        int port,
        String user,
        String hostKeyName,
        List<Path> knownHosts,
        List<Path> keys,
        KeyChoice keyChoice,
        Optional<Path> agent,
        Map<String, String> algorithms,
        Optional<String> jump) {

    /** Which keys may be offered. */
    enum KeyChoice {
        /** Only the listed files; the agent may sign for one of them. */
        LISTED_ONLY,
        /** The agent's keys, then the listed files. */
        AGENT_TOO
    }

    private static final int SSH_PORT = 22;

    /** OpenSSH's own default identities that can sign without a touch, in its order. */
    private static final List<String> DEFAULT_KEYS = List.of("id_rsa", "id_ecdsa", "id_ed25519");

    static Destination of(SshServer server, SshSurroundings surroundings) {
        Path home = surroundings.home();
        SshConfig config = SshConfig.read(surroundings.configs(), home, server.host());
        String user = server.user().orElseGet(() -> config.value("User", System.getProperty("user.name", "root")));
        String host = config.value("HostName", server.host()).replace("%h", server.host());
        int port = server.port().orElseGet(() -> number(config.value("Port", "22")));
        Tokens tokens = new Tokens(home, host, port, user, server.host());

        List<Path> keys = new ArrayList<>();
        server.key()
                .ifPresentOrElse(
                        keys::add,
                        () -> config.all("IdentityFile").stream()
                                .filter(file -> !file.equals("none"))
                                .map(tokens::path)
                                .forEach(keys::add));
        boolean listedOnly = server.key().isPresent()
                || (!keys.isEmpty() && config.value("IdentitiesOnly", "no").equals("yes"));
        if (keys.isEmpty()) {
            DEFAULT_KEYS
                    .reversed()
                    .forEach(name -> keys.add(home.resolve(".ssh").resolve(name)));
        }
        List<Path> knownHosts = new ArrayList<>();
        surroundings.knownHosts().ifPresentOrElse(knownHosts::add, () -> {
            List<String> files = config.all("UserKnownHostsFile");
            (files.isEmpty() ? List.of("~/.ssh/known_hosts", "~/.ssh/known_hosts2") : files)
                    .forEach(file -> knownHosts.add(tokens.path(file)));
            List<String> global = config.all("GlobalKnownHostsFile");
            (global.isEmpty() ? List.of("/etc/ssh/ssh_known_hosts") : global)
                    .forEach(file -> knownHosts.add(tokens.path(file)));
        });
        String plain = host.toLowerCase(Locale.ROOT);
        String hostKeyName = config.value("HostKeyAlias", port == SSH_PORT ? plain : "[" + plain + "]:" + port);
        return new Destination(
                host,
                port,
                user,
                hostKeyName,
                List.copyOf(knownHosts),
                List.copyOf(keys),
                listedOnly ? KeyChoice.LISTED_ONLY : KeyChoice.AGENT_TOO,
                agent(config, surroundings, tokens),
                Algorithms.of(config),
                Optional.of(String.join(" ", config.earliestOf("ProxyJump", "ProxyCommand")))
                        .filter(jump -> !jump.isEmpty() && !jump.equals("none")));
    }

    private static Optional<Path> agent(SshConfig config, SshSurroundings surroundings, Tokens tokens) {
        String named = config.value("IdentityAgent", "SSH_AUTH_SOCK");
        return switch (named) {
            case "none" -> Optional.empty();
            case "SSH_AUTH_SOCK", "$SSH_AUTH_SOCK" -> surroundings.agent();
            default -> Optional.of(tokens.path(named));
        };
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException _) {
            return SSH_PORT;
        }
    }

    /** The percent tokens of ssh_config(5) that paths are written with. */
    private record Tokens(Path home, String host, int port, String user, String alias) {
        Path path(String text) {
            String opened =
                    text.startsWith("~/") ? home.resolve(text.substring(2)).toString() : text;
            StringBuilder path = new StringBuilder();
            for (int i = 0; i < opened.length(); i++) {
                char c = opened.charAt(i);
                if (c != '%' || i + 1 == opened.length()) {
                    path.append(c);
                    continue;
                }
                char token = opened.charAt(++i);
                path.append(
                        switch (token) {
                            case 'd' -> home.toString();
                            case 'h' -> host;
                            case 'p' -> String.valueOf(port);
                            case 'r' -> user;
                            case 'n' -> alias;
                            case 'u' -> System.getProperty("user.name", "");
                            case '%' -> "%";
                            default -> "%" + token;
                        });
            }
            return Path.of(path.toString());
        }
    }
}
