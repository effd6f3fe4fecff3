package io.mailban.deploy.command;

import io.mailban.config.Settings;
import io.mailban.deploy.shell.Exit;
import io.mailban.deploy.wiring.Platforms;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    /** For Slack to open its socket. */
    private static final Duration MOMENT = Duration.ofSeconds(3);

    private final Map<String, String> env;

    @Mixin
    private Sources sources = new Sources();

    RunCommand(Map<String, String> env) {
        this.env = env;
    }

    @Override
    public Integer call() throws InterruptedException {
        Settings settings = sources.settings(env);
        Platforms platforms = Platforms.of(settings);
        RunningBot bot = RunningBot.start(settings, platforms);
        CountDownLatch end = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            bot.close();
            end.countDown();
        }));
        ThisUser user = new ThisUser(env);
        String runs = "mailban runs, with " + bot.desk().servers().names().size()
                + " mail server(s); talk to it with mailban chat";
        if (settings.slack().isEmpty()) {
            user.err(runs + "\n");
        } else {
            greet(user, runs, platforms);
        }
        bot.desk().tidying().tellHead();
        end.await();
        return Exit.FINE.status();
    }

    private static void greet(ThisUser user, String runs, Platforms platforms) throws InterruptedException {
        Optional<String> connected = platforms.connectedAs(MOMENT);
        if (connected.isPresent()) {
            user.err(runs + ", or in Slack, where it is " + connected.get() + "\n");
            return;
        }
        user.err(runs + "; it waits for Slack, which is away\n");
        Thread.ofVirtual().name("mailban-connected").start(() -> {
            try {
                platforms
                        .connectedAs(Platforms.EVER)
                        .ifPresent(whom -> user.err("mailban is connected to Slack, where it is " + whom + "\n"));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
