package io.mailban.deploy.command;

import io.mailban.config.Places;
import io.mailban.deploy.setup.Interview;
import io.mailban.deploy.setup.ScriptedSetup;
import io.mailban.deploy.shell.Exit;
import io.mailban.ssh.SshSurroundings;
import io.mailban.terminal.Questionnaire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code mailban init}: asks about the mail servers, tries the answers, and writes the configuration. */
@Command(
        name = "init",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Ask about your mail servers, try each answer at once, and write mailban.yml.",
            "Nothing is changed on a server, and no file is ever overwritten."
        },
        footer = {
            "",
            "In a script, nothing is asked if --host is given:",
            "  mailban init --host mail1.example.org --user mailban --key ~/.ssh/mailban_ed25519"
        })
final class InitCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Map<String, String> env;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Where to write it. Default: asked for; in a script ~/.config/mailban/mailban.yml.")
    private Optional<Path> config = Optional.empty();

    @Mixin
    private ScriptedSetup script = new ScriptedSetup();

    InitCommand(Map<String, String> env) {
        this.env = env;
    }

    @Override
    public Integer call() throws IOException {
        Path own = Places.of(env).configFile();
        List<Path> places = config.isPresent()
                ? List.of(config.get())
                : List.of(own, Path.of("mailban.yml"), Path.of("/etc/mailban/mailban.yml"));
        Optional<Path> standing = places.stream().filter(Files::exists).findFirst();
        ThisUser user = new ThisUser(env);
        if (script.isMeant()) {
            return script.run(standing, places.getFirst(), env, LocalDate.now(ZoneId.systemDefault()), user)
                    .status();
        }
        if (Streams.Stream.IN.end() != Streams.End.TERMINAL || Streams.Stream.OUT.end() != Streams.End.TERMINAL) {
            throw new Misuse(
                    "init asks questions, and there is no terminal to ask at; in a script name the server: mailban"
                            + " init --host mail1.example.org --user mailban --key ~/.ssh/mailban_ed25519");
        }
        try (Questionnaire questionnaire = Questionnaire.atThisTerminal(ZoneId.systemDefault(), Streams.ink(env))) {
            Interview interview = new Interview(questionnaire, SshSurroundings.ofThisUser(), PATIENCE, env);
            return switch (interview.hold(standing, places, LocalDate.now(ZoneId.systemDefault()))) {
                case WRITTEN, SHOWN -> Exit.FINE.status();
                case NOTHING -> Exit.KEPT_OUT.status();
            };
        }
    }
}
