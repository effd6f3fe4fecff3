package io.mailban.deploy.shell;

import com.fasterxml.jackson.databind.JsonNode;
import io.mailban.access.Person;
import io.mailban.deploy.shell.Language.Wish;
import io.mailban.terminal.Completions;
import io.mailban.terminal.Conversation;
import io.mailban.terminal.Look;
import io.mailban.terminal.Personas;
import io.mailban.terminal.Screen;
import java.util.Optional;

/** One who came through the {@link Door}: does their command, or holds a conversation with them. */
final class Guest {
    private final Person person;
    private final Frames frames;
    private final Desk desk;
    private final Completions completions;

    Guest(Person person, Frames frames, Desk desk, Completions completions) {
        this.person = person;
        this.frames = frames;
        this.desk = desk;
        this.completions = completions;
    }

    void serve() throws InterruptedException {
        Optional<JsonNode> first = frames.receive();
        if (first.isEmpty()) {
            return;
        }
        Optional<Wish> wish = Language.wish(first.get());
        if (wish.isEmpty()) {
            frames.send(Language.text(
                    Language.ERR, "mailban: the bot that runs is of another version than this command; restart it\n"));
            frames.send(Language.number(Language.EXIT, Exit.NOT_TOLD.status()));
            return;
        }
        Exit exit = switch (wish.get()) {
            case Wish.Command(var errand, var look) -> Errands.run(errand, desk, new Remote(look));
            case Wish.Chat(var pace, var look) -> converse(pace, look);
        };
        frames.send(Language.number(Language.EXIT, exit.status()));
    }

    private Exit converse(Conversation.Pace pace, Look look) {
        RemoteScreen screen = new RemoteScreen(look);
        frames.send(Language.words(completions));
        Conversation conversation = desk.chat().open(person, screen, Personas.NOBODY, pace, desk.bot()::handle);
        try {
            switch (pace) {
                case FREE -> conversation.greet();
                case IN_TURN -> {}
            }
            for (Optional<JsonNode> frame = frames.receive(); frame.isPresent(); frame = frames.receive()) {
                JsonNode node = frame.get();
                if (node.has(Language.END)) {
                    break;
                }
                if (node.has(Language.WIDTH)) {
                    screen.resize(node.get(Language.WIDTH).asInt());
                }
                if (node.has(Language.INTERRUPT)) {
                    conversation.interrupted();
                }
                if (node.has(Language.LINE)) {
                    conversation.said(node.get(Language.LINE).asText());
                }
            }
            return Exit.FINE;
        } finally {
            desk.chat().close(conversation);
        }
    }

    /** Whoever gave a command at the other end. */
    private final class Remote implements Caller {
        private final Look look;

        Remote(Look look) {
            this.look = look;
        }

        @Override
        public Person person() {
            return person;
        }

        @Override
        public Look look() {
            return look;
        }

        @Override
        public void out(String text) {
            frames.send(Language.text(Language.OUT, text));
        }

        @Override
        public void err(String text) {
            frames.send(Language.text(Language.ERR, text));
        }

        @Override
        public Optional<String> ask(String question) {
            frames.send(Language.text(Language.ASK, question));
            return frames.receive()
                    .map(node -> node.path(Language.LINE))
                    .filter(JsonNode::isTextual)
                    .map(JsonNode::asText);
        }
    }

    /** The screen at the other end. */
    private final class RemoteScreen implements Screen {
        private volatile Look look;

        RemoteScreen(Look look) {
            this.look = look;
        }

        void resize(int columns) {
            look = look.ofWidth(columns);
        }

        @Override
        public Look look() {
            return look;
        }

        @Override
        public void print(String lines) {
            frames.send(Language.text(Language.OUT, lines));
        }

        @Override
        public void prompt(String words) {
            frames.send(Language.text(Language.PROMPT, words));
        }
    }
}
