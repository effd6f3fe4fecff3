package io.mailban.deploy.command;

import io.mailban.config.Settings;
import io.mailban.deploy.shell.Exit;
import io.mailban.deploy.wiring.Platforms;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mailban run}: the bot, until it is told to end. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Run the bot until it is told to end; chat and the other commands then go through it.")
final class RunCommand implements Callable<Integer> {
    private final Map<String, String> env;

    @Mixin
    private Sources sources = new Sources();

    RunCommand(Map<String, String> env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = sources.settings(env);
        RunningBot bot = RunningBot.start(settings, Platforms.of(settings));
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            bot.close();
            end.countDown();
        }));
        new ThisUser(env)
                .err("mailban runs, with " + bot.desk().servers().names().size()
                        + " mail server(s); talk to it with mailban chat"
                        + (settings.slack().isPresent() ? ", or in Slack" : "")
                        + "\n");
        bot.desk().tidying().tellHead();
        end.await();
        return Exit.FINE.status();
    }
}
