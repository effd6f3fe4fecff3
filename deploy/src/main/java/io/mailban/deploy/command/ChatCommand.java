package io.mailban.deploy.command;

import io.mailban.config.Places;
import io.mailban.config.Settings;
import io.mailban.deploy.shell.Exit;
import io.mailban.deploy.shell.Visit;
import io.mailban.deploy.wiring.Platforms;
import io.mailban.terminal.Completions;
import io.mailban.terminal.Conversation;
import io.mailban.terminal.Conversation.Pace;
import io.mailban.terminal.Look;
import io.mailban.terminal.Personas;
import io.mailban.terminal.Prompt;
import io.mailban.terminal.Screen;
import io.mailban.terminal.Script;
import java.io.IOException;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code mailban chat}: a conversation, with the bot that runs or as the bot. Lines from a pipe do as well. */
@Command(
        name = "chat",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Talk to Mailban here: type help, press buttons by their numbers.")
final class ChatCommand implements Callable<Integer> {
    private final Map<String, String> env;

    @Mixin
    private Sources sources = new Sources();

    ChatCommand(Map<String, String> env) {
        this.env = env;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = sources.settings(env);
        Optional<Visit> visit = Visit.find(settings.store());
        if (visit.isPresent()) {
            try (Visit here = visit.get()) {
                return visit(here).status();
            }
        }
        try (RunningBot bot = RunningBot.start(settings, Platforms.none())) {
            return beTheBot(bot).status();
        }
    }

    private Exit visit(Visit visit) throws IOException, InterruptedException {
        return switch (Streams.Stream.IN.end()) {
            case OTHER -> {
                ThisUser caller = new ThisUser(env);
                yield visit.recite(Streams.in(), caller.look(), caller);
            }
            case TERMINAL -> {
                Visit.Words words = new Visit.Words();
                try (Prompt prompt = prompt(words)) {
                    yield visit.talk(prompt, words);
                }
            }
        };
    }

    private Exit beTheBot(RunningBot bot) throws IOException {
        switch (Streams.Stream.IN.end()) {
            case OTHER -> {
                Look look = Streams.look(env);
                Script.read(Streams.in(), conversation(bot, new Script(Streams.out(), look), Pace.IN_TURN));
            }
            case TERMINAL -> {
                try (Prompt prompt = prompt(bot.words())) {
                    Conversation conversation = conversation(bot, prompt, Pace.FREE);
                    conversation.greet();
                    prompt.read(conversation);
                    bot.desk().chat().close(conversation);
                }
            }
        }
        return Exit.FINE;
    }

    private static Conversation conversation(RunningBot bot, Screen screen, Pace pace) {
        return bot.desk()
                .chat()
                .open(
                        ThisUser.account(),
                        screen,
                        Personas.NOBODY,
                        pace,
                        bot.desk().bot()::handle);
    }

    private Prompt prompt(Completions words) throws IOException {
        return Prompt.atThisTerminal(
                ZoneId.systemDefault(),
                Streams.ink(env),
                Optional.of(Places.of(env).state().resolve("mailban/chat_history")),
                words);
    }
}
