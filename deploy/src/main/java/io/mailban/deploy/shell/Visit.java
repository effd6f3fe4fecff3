package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailban.deploy.shell.Language.Wish;
import io.mailban.terminal.Completions;
import io.mailban.terminal.Conversation.Pace;
import io.mailban.terminal.Listener;
import io.mailban.terminal.Look;
import io.mailban.terminal.Prompt;
import io.mailban.terminal.Script;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** A command, or a terminal, at the {@link Door} of a bot that runs. */
public final class Visit implements AutoCloseable {
    private static final String BOT_GONE = "mailban: the bot ended before it had answered\n";

    private final Frames frames;

    private Visit(Frames frames) {
        this.frames = frames;
    }

    /** Knocks; empty where no bot runs on that store. */
    public static Optional<Visit> find(Path store) {
        Path path = Door.path(store);
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Visit(new Frames(SocketChannel.open(UnixDomainSocketAddress.of(path)))));
        } catch (IOException _) {
            // A socket that nobody listens at was left by a bot that was killed.
            return Optional.empty();
        }
    }

    /** Has a command done, and answers its exit status. */
    public Exit run(Errand errand, Caller caller) {
        frames.send(Language.write(new Wish.Command(errand, caller.look())));
        for (Optional<JsonNode> frame = frames.receive(); frame.isPresent(); frame = frames.receive()) {
            JsonNode node = frame.get();
            if (node.has(Language.OUT)) {
                caller.out(node.get(Language.OUT).asText());
            }
            if (node.has(Language.ERR)) {
                caller.err(node.get(Language.ERR).asText());
            }
            if (node.has(Language.ASK)) {
                frames.send(caller.ask(node.get(Language.ASK).asText())
                        .map(line -> Language.text(Language.LINE, line))
                        .orElseGet(() -> Language.number(Language.END, 1)));
            }
            if (node.has(Language.EXIT)) {
                return exit(node);
            }
        }
        caller.err(BOT_GONE);
        return Exit.NOT_TOLD;
    }

    /** Talks at a prompt until somebody leaves or the bot ends. */
    public Exit talk(Prompt prompt, Words words) throws InterruptedException {
        frames.send(Language.write(new Wish.Chat(Pace.FREE, prompt.look())));
        CountDownLatch prompted = new CountDownLatch(1);
        AtomicReference<Exit> exit = new AtomicReference<>(Exit.FINE);
        Thread listening = Thread.ofVirtual().name("mailban-listen").start(() -> {
            for (Optional<JsonNode> frame = frames.receive(); frame.isPresent(); frame = frames.receive()) {
                JsonNode node = frame.get();
                if (node.has(Language.OUT)) {
                    prompt.print(node.get(Language.OUT).asText());
                }
                if (node.has(Language.PROMPT)) {
                    prompt.prompt(node.get(Language.PROMPT).asText());
                    prompted.countDown();
                }
                Language.words(node).ifPresent(words::are);
                if (node.has(Language.ERR)) {
                    prompt.print(node.get(Language.ERR).asText());
                }
            }
            if (!Thread.currentThread().isInterrupted()) {
                prompt.print("mailban: the bot has ended\n");
                exit.set(Exit.NOT_TOLD);
            }
            prompted.countDown();
            prompt.leave();
        });
        // Else a prompt with nobody's name would be there for a moment.
        prompted.await();
        prompt.read(new Listener() {
            @Override
            public void said(String line) {
                frames.send(Language.text(Language.LINE, line)
                        .put(Language.WIDTH, prompt.look().width()));
            }

            @Override
            public void interrupted() {
                frames.send(Language.number(Language.INTERRUPT, 1));
            }
        });
        listening.interrupt();
        return exit.get();
    }

    /** Says a script's lines, each answered before the next. */
    public Exit recite(BufferedReader in, Look look, Caller caller) throws IOException, InterruptedException {
        frames.send(Language.write(new Wish.Chat(Pace.IN_TURN, look)));
        AtomicInteger status = new AtomicInteger(-1);
        Thread listening = Thread.ofVirtual().name("mailban-listen").start(() -> {
            for (Optional<JsonNode> frame = frames.receive(); frame.isPresent(); frame = frames.receive()) {
                JsonNode node = frame.get();
                if (node.has(Language.OUT)) {
                    caller.out(node.get(Language.OUT).asText());
                }
                if (node.has(Language.ERR)) {
                    caller.err(node.get(Language.ERR).asText());
                }
                if (node.has(Language.EXIT)) {
                    status.set(node.get(Language.EXIT).asInt());
                    return;
                }
            }
        });
        Script.read(in, new Listener() {
            @Override
            public void said(String line) {
                frames.send(Language.text(Language.LINE, line));
            }

            @Override
            public void interrupted() {}
        });
        frames.send(Language.number(Language.END, 1));
        listening.join();
        if (status.get() < 0) {
            caller.err(BOT_GONE);
            return Exit.NOT_TOLD;
        }
        return exit(status.get());
    }

    /** Words to complete, which come from the bot once it is reached. Thread-safe. */
    public static final class Words implements Completions {
        private volatile Completions current = Language.SentWords.NONE;

        private void are(Completions words) {
            current = words;
        }

        @Override
        public List<String> commands() {
            return current.commands();
        }

        @Override
        public List<String> servers() {
            return current.servers();
        }

        @Override
        public List<String> jails() {
            return current.jails();
        }

        @Override
        public List<String> seen() {
            return current.seen();
        }
    }

    @Override
    public void close() {
        frames.close();
    }

    private static Exit exit(JsonNode node) {
        return exit(node.get(Language.EXIT).asInt());
    }

    private static Exit exit(int status) {
        for (Exit exit : Exit.values()) {
            if (exit.status() == status) {
                return exit;
            }
        }
        return Exit.NOT_TOLD;
    }
}
