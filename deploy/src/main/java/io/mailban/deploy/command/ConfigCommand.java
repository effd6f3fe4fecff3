package io.mailban.deploy.command;

import io.mailban.config.ConfigReader;
import io.mailban.config.ConfigReading;
import io.mailban.config.ServerSettings;
import io.mailban.config.Settings;
import io.mailban.config.SlackSettings;
import io.mailban.deploy.shell.Exit;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mailban config check}: every fault of the configuration at once. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Say everything that is wrong with the configuration, or what it comes down to.")
final class ConfigCommand implements Callable<Integer> {
    private final Map<String, String> env;

    @Mixin
    private Sources sources = new Sources();

    ConfigCommand(Map<String, String> env) {
        this.env = env;
    }

    @Override
    public Integer call() {
        Path file = sources.file(env);
        ThisUser user = new ThisUser(env);
        return switch (ConfigReader.read(file, env)) {
            case ConfigReading.Missing(var missing) -> throw new Misuse("there is no file " + missing);
            case ConfigReading.Faulty faulty -> throw new Misuse(Sources.faults(faulty));
            case ConfigReading.Read(var settings) -> {
                user.out(file + " is fine: " + inWords(settings) + "\n");
                yield Exit.FINE.status();
            }
        };
    }

    static String inWords(Settings settings) {
        return "mail servers "
                + String.join(
                        ", ",
                        settings.servers().stream()
                                .map(ServerSettings::name)
                                .map(Object::toString)
                                .toList())
                + settings.slack().map(ConfigCommand::inWords).orElse("") + "; remembers in " + settings.store();
    }

    private static String inWords(SlackSettings slack) {
        return "; in Slack, "
                + switch (slack.transport()) {
                    case SlackSettings.Transport.Socket _ -> "over a socket";
                    case SlackSettings.Transport.Http http ->
                        "over HTTP at " + http.listen().getHostString() + ":"
                                + http.listen().getPort();
                }
                + ", workspaces " + sorted(slack.workspaces()) + ", channels " + sorted(slack.channels())
                + ", requests shown in " + slack.requests();
    }

    private static String sorted(Set<String> ids) {
        return ids.stream().sorted().collect(Collectors.joining(", "));
    }
}
