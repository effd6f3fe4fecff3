package io.mailban.deploy.command;

import io.mailban.ban.ServerName;
import io.mailban.chat.ServerNames;
import io.mailban.config.ConfigReader;
import io.mailban.config.ConfigReading;
import io.mailban.config.Places;
import io.mailban.config.ServerSettings;
import io.mailban.config.Settings;
import io.mailban.ssh.CommandPrefix;
import io.mailban.ssh.SshServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which mail servers a command is about: those of a configuration file, or those named on the command line. */
final class Sources {
    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The configuration. Default: mailban.yml here, in ~/.config/mailban, or in /etc/mailban.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = "--ssh",
            paramLabel = "ALIAS|USER@HOST[:PORT]",
            description = "A mail server to ask, with no configuration at all; can be given more than once.")
    private List<String> ssh = List.of();

    @Option(
            names = "--prefix",
            paramLabel = "WORDS",
            description = "With --ssh: what stands before the commands there, such as \"sudo -n\".")
    private String prefix = "";

    /** Where the servers come from. */
    enum Origin {
        FILE,
        COMMAND_LINE
    }

    Origin origin() {
        return ssh.isEmpty() ? Origin.FILE : Origin.COMMAND_LINE;
    }

    /**
     * What they say.
     *
     * @throws Misuse with every fault, if they can't be used
     */
    Settings settings(Map<String, String> env) {
        return switch (origin()) {
            case FILE -> read(file(env), env);
            case COMMAND_LINE ->
                ConfigReader.defaults(ssh.stream().map(this::server).toList(), env);
        };
    }

    /** Likewise; where there is no configuration at all, {@code server} is what {@code --ssh} would have named. */
    Settings settingsWith(Optional<String> server, Map<String, String> env) {
        boolean nothing =
                origin() == Origin.FILE && config.isEmpty() && existing(env).isEmpty();
        return nothing && server.isPresent()
                ? ConfigReader.defaults(List.of(server(server.get())), env)
                : settings(env);
    }

    /** What follows {@code mailban trust}, or another command about one server, to mean this very one. */
    String meaning(ServerName server) {
        return switch (origin()) {
            case COMMAND_LINE -> "--ssh " + server.name();
            case FILE -> server.name() + config.map(file -> " --config " + file).orElse("");
        };
    }

    /**
     * The one that was named, or all of them.
     *
     * @throws Misuse if there is none of that name
     */
    static List<ServerName> named(Optional<String> name, List<ServerName> all) {
        List<ServerName> meant = all.stream()
                .filter(server -> name.isEmpty() || server.name().equals(name.get()))
                .toList();
        if (meant.isEmpty()) {
            throw new Misuse(new ServerNames(all).unknown(name.orElse("")));
        }
        return meant;
    }

    private static List<Path> places(Map<String, String> env) {
        return List.of(Path.of("mailban.yml"), Places.of(env).configFile(), Path.of("/etc/mailban/mailban.yml"));
    }

    private static Optional<Path> existing(Map<String, String> env) {
        return places(env).stream().filter(Files::exists).findFirst();
    }

    /** The file that is meant; it may be missing. */
    Path file(Map<String, String> env) {
        if (config.isPresent()) {
            return config.get();
        }
        List<Path> places = places(env);
        return existing(env)
                .orElseThrow(
                        () -> new Misuse(
                                "there is no configuration: neither "
                                        + String.join(
                                                " nor ",
                                                places.stream()
                                                        .map(Path::toString)
                                                        .toList())
                                        + " exists; write one (a server's name, host and user are enough), or name a server: --ssh root@mail1"));
    }

    private static Settings read(Path file, Map<String, String> env) {
        return switch (ConfigReader.read(file, env)) {
            case ConfigReading.Read(var settings) -> settings;
            case ConfigReading.Faulty faulty -> throw new Misuse(faults(faulty));
            case ConfigReading.Missing(var missing) -> throw new Misuse("there is no file " + missing);
        };
    }

    static String faults(ConfigReading.Faulty faulty) {
        StringBuilder all = new StringBuilder(faulty.file() + " can't be used:");
        faulty.faults().forEach(fault -> all.append("\n  ").append(fault.sentence()));
        return all.toString();
    }

    private ServerSettings server(String text) {
        try {
            SshServer server = SshServer.of(text);
            var _ = CommandPrefix.of(prefix);
            ServerSettings.Prefix before = new ServerSettings.Prefix(prefix);
            return new ServerSettings(
                    server.name(),
                    server.host(),
                    server.user(),
                    server.port(),
                    Optional.empty(),
                    Optional.empty(),
                    before,
                    before);
        } catch (IllegalArgumentException e) {
            throw new Misuse("--ssh " + text + ": " + e.getMessage());
        }
    }
}
