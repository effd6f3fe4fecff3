package io.mailban.deploy.command;

import io.mailban.ban.ServerName;
import io.mailban.chat.Command.Misread;
import io.mailban.chat.CommandParser;
import io.mailban.config.ServerSettings;
import io.mailban.config.Settings;
import io.mailban.deploy.shell.Desk;
import io.mailban.deploy.shell.Errand;
import io.mailban.deploy.shell.Errand.Consent;
import io.mailban.deploy.shell.Errand.Format;
import io.mailban.deploy.shell.Errand.Patience;
import io.mailban.deploy.shell.Errands;
import io.mailban.deploy.shell.Exit;
import io.mailban.deploy.shell.Visit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that a chat would take too: done by the bot that runs, or by this process alone. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
class ErrandCommand implements Callable<Integer> {
    private final String name;
    private final Map<String, String> env;

    @Parameters(hidden = true, arity = "0..*")
    private List<String> words = List.of();

    @Option(names = "--json", description = "Answer with one JSON object.")
    private boolean json;

    @Mixin
    private Sources sources = new Sources();

    ErrandCommand(String name, Map<String, String> env) {
        this.name = name;
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        Errand errand = new Errand((name + " " + String.join(" ", words())).strip(), format(), consent(), patience());
        Settings settings = sources.settings(env);
        requireSense(errand, settings);
        ThisUser caller = new ThisUser(env);
        Optional<Visit> visit = switch (sources.origin()) {
            case FILE -> Visit.find(settings.store());
            case COMMAND_LINE -> Optional.empty();
        };
        if (visit.isPresent()) {
            try (Visit here = visit.get()) {
                return here.run(errand, caller).status();
            }
        }
        return alone(errand, settings, caller).status();
    }

    /** What was typed behind the command's name. */
    List<String> words() {
        return words;
    }

    final Format format() {
        return json ? Format.JSON : Format.TEXT;
    }

    /** Said before anything is opened, which costs time. */
    private static void requireSense(Errand errand, Settings settings) {
        List<ServerName> servers =
                settings.servers().stream().map(ServerSettings::name).toList();
        if (new CommandParser(servers).parse(errand.line()) instanceof Misread(var why)) {
            throw new Misuse(why);
        }
    }

    private Exit alone(Errand errand, Settings settings, ThisUser caller) throws InterruptedException {
        try (Desk desk = Desks.open(settings)) {
            prepare(desk);
            Exit exit = Errands.run(errand, desk, caller);
            leave(desk, caller);
            return exit;
        }
    }

    /** What has to be done first where no bot runs. */
    void prepare(Desk desk) {}

    /** What has to be said where no bot runs and this process ends. */
    void leave(Desk desk, ThisUser caller) {}

    Consent consent() {
        return Consent.ASK;
    }

    Patience patience() {
        return Patience.UNTIL_LIFTED;
    }

    /** A command that can lift a ban, and wait for what comes of it. */
    static final class Lifting extends ErrandCommand {
        @Option(
                names = {"-y", "--yes"},
                description = "Approve it in the same breath, where the configuration lets you.")
        private boolean yes;

        @Option(names = "--wait", description = "Wait until the client has logged in, or is banned again.")
        private boolean wait;

        Lifting(String name, Map<String, String> env) {
            super(name, env);
        }

        /** Goes on with what a killed process left half done: nobody else would. */
        @Override
        void prepare(Desk desk) {
            var _ = desk.requests().resume();
            desk.restraint().keeper().pass();
        }

        @Override
        void leave(Desk desk, ThisUser caller) {
            if (!desk.restraint().keeper().all().isEmpty()) {
                caller.err("No bot runs: nobody ends the exemptions that stand, or adds what fail2ban forgets."
                        + " Start one with mailban run.\n");
            }
        }

        @Override
        Consent consent() {
            return yes ? Consent.GIVEN : Consent.ASK;
        }

        @Override
        Patience patience() {
            return wait ? Patience.UNTIL_SEEN : Patience.UNTIL_LIFTED;
        }
    }
}
