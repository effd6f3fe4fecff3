package io.mailban.terminal;

import static java.nio.file.attribute.PosixFilePermissions.fromString;
import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.approval.ApprovalId;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Form;
import io.mailban.chat.Form.Question;
import io.mailban.chat.Incoming;
import io.mailban.chat.Span.Words;
import io.mailban.terminal.Look.Ink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptTest {
    private static final CardAction YES = new CardAction.Approve(new ApprovalId("abcd1234"));
    private static final Card ASKED = new Card(
            Tone.WAITING,
            List.of(new Words("@alice asks to lift 203.0.113.7")),
            List.of(new Fact("for", List.of(new Words("bob@example.org")))),
            List.of(new Button("Approve", YES)));

    private final TerminalChat chat = new TerminalChat(() -> Instant.parse("2026-11-22T21:00:00Z"));
    private final BlockingQueue<Incoming> told = new LinkedBlockingQueue<>();
    private final Person alice = new Person(new PersonId("terminal", "alice"), "alice 100%");

    private final Path directory;
    private final Keyboard keyboard;
    private final Conversation conversation;
    private final Thread reading;

    PromptTest(@TempDir Path directory) throws IOException, InterruptedException {
        this.directory = directory;
        keyboard = new Keyboard("xterm", Ink.COLOUR, Optional.of(directory.resolve("sub/history")), new SomeWords());
        conversation = chat.open(alice, keyboard.prompt(), Personas.NOBODY, Conversation.Pace.FREE, told::add);
        reading = Thread.startVirtualThread(() -> keyboard.prompt().read(conversation));
        // What is typed before the prompt is there is echoed by the terminal as well.
        keyboard.awaitLine("alice 100%>");
    }

    @AfterEach
    void leave() throws IOException, InterruptedException {
        keyboard.close();
        reading.join();
    }

    private String next() throws InterruptedException {
        Incoming incoming = told.poll(10, TimeUnit.SECONDS);
        return switch (incoming) {
            case Incoming.Typed typed -> typed.text();
            case Incoming.Pressed pressed -> "pressed " + pressed.action().encoded();
            case Incoming.Answered answered -> "answered " + answered.answers();
            case Incoming.Pointed pointed -> "pointed at " + pointed.text();
            case null -> "nothing";
        };
    }

    @Test
    void aLineIsEditedAndSaid() throws Exception {
        keyboard.type("chexk 203.0.113.7\001\033OC\033OC\033OC\033[3~c\r");
        assertThat(next()).isEqualTo("check 203.0.113.7");
        keyboard.type("\033OA\r");
        assertThat(next()).as("↑ brings it back").isEqualTo("check 203.0.113.7");
    }

    @Test
    void whatArrivesWhileSomebodyTypesIsPrintedAbove() throws Exception {
        keyboard.type("check 203.0");
        keyboard.await("alice 100%> check 203.0");
        chat.post(TerminalChat.ROOM, ASKED);
        String window = keyboard.await("Approve");
        assertThat(window.indexOf("asks to lift")).isLessThan(window.indexOf("alice 100%> check 203.0"));
        assertThat(window.lines().filter(line -> line.contains("│")))
                .allSatisfy(line -> assertThat(line.stripTrailing()).endsWith("│"));
        keyboard.type(".113.7\r");
        assertThat(next()).isEqualTo("check 203.0.113.7");
    }

    @Test
    void tabCompletesCommandsServersAndWhatWasOnTheScreen() throws Exception {
        keyboard.type("che\t");
        keyboard.await("alice 100%> check ");
        keyboard.type("198\tma\t\r");
        assertThat(next()).isEqualTo("check 198.51.100.9 mail1");
        chat.post(TerminalChat.ROOM, ASKED);
        keyboard.await("Approve");
        keyboard.type("check bo\t\r");
        assertThat(next()).isEqualTo("check bob@example.org");
        keyboard.type("check 203\t\r");
        assertThat(next()).isEqualTo("check 203.0.113.7");
    }

    @Test
    void aNumberPressesAndAQuestionTakesThePrompt() throws Exception {
        chat.post(conversation.place(), ASKED);
        keyboard.await("[1] Approve");
        keyboard.type("1\r");
        assertThat(next()).isEqualTo("pressed approve abcd1234");
        chat.ask(conversation.place(), alice, new Form(YES, "Lift", List.of(new Question.Line("why", "Why?"))));
        keyboard.await("alice 100%, in a few words>");
        keyboard.type("bob's \"laptop\\ !!\r");
        assertThat(next()).isEqualTo("answered {why=bob's \"laptop\\ !!}");
        keyboard.type("help\r");
        assertThat(next()).isEqualTo("help");
    }

    @Test
    void ctrlCClearsTheLineAndCancelsAForm() throws Exception {
        keyboard.type("nonsense");
        keyboard.await("> nonsense");
        keyboard.type("\003");
        keyboard.awaitLine("alice 100%>");
        keyboard.type("servers\r");
        assertThat(next()).isEqualTo("servers");
        chat.ask(conversation.place(), alice, new Form(YES, "Lift", List.of(new Question.Line("why", "Why?"))));
        keyboard.await("in a few words>");
        keyboard.type("half");
        keyboard.await("> half");
        keyboard.type("\003");
        keyboard.await("Cancelled");
        keyboard.awaitLine("alice 100%>");
        keyboard.type("bans\r");
        assertThat(next()).isEqualTo("bans");
    }

    @Test
    void ctrlDLeaves() throws Exception {
        keyboard.await(">");
        keyboard.type("\004");
        assertThat(reading.join(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void quitLeaves() throws Exception {
        keyboard.type("quit\r");
        assertThat(reading.join(Duration.ofSeconds(10))).isTrue();
        assertThat(told).isEmpty();
    }

    @Test
    void aPasteOfSeveralLinesIsSeveralLines() throws Exception {
        keyboard.type("\033[200~servers\nbans\033[201~\r");
        assertThat(List.of(next(), next())).containsExactlyInAnyOrder("servers", "bans");
    }

    @Test
    void historyIsItsOwnersAloneAndHoldsNoNumbers() throws Exception {
        keyboard.type("check 203.0.113.7\r7\r");
        next();
        keyboard.await("nothing to press");
        Path file = directory.resolve("sub/history");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(fromString("rw-------"));
        assertThat(Files.readString(file)).contains("check 203.0.113.7").doesNotContain(":7\n");
    }

    @Test
    void aDumbTerminalGetsNeitherColourNorBoxes() throws Exception {
        try (Keyboard dumb = new Keyboard("dumb", Ink.COLOUR, Optional.empty(), new SomeWords())) {
            Conversation there = chat.open(alice, dumb.prompt(), Personas.NOBODY, Conversation.Pace.FREE, told::add);
            Thread.startVirtualThread(() -> dumb.prompt().read(there));
            chat.post(TerminalChat.ROOM, ASKED);
            String window = dumb.await("Approve");
            assertThat(window).doesNotContain("│").contains("   [1] Approve");
            dumb.type("servers\r");
            assertThat(next()).isEqualTo("servers");
        }
    }

    private static final class SomeWords implements Completions {
        @Override
        public List<String> commands() {
            return List.of("check", "unban", "bans");
        }

        @Override
        public List<String> servers() {
            return List.of("mail1");
        }

        @Override
        public List<String> jails() {
            return List.of("dovecot", "evil\033[2J");
        }

        @Override
        public List<String> seen() {
            return List.of("198.51.100.9");
        }
    }
}
