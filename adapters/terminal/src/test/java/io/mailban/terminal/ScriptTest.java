package io.mailban.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.approval.ApprovalId;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Incoming;
import io.mailban.chat.Span.Words;
import io.mailban.terminal.Look.Frame;
import io.mailban.terminal.Look.Ink;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScriptTest {
    @Test
    void eachLineWaitsForTheAnswerToTheOneBefore() throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        TerminalChat chat = new TerminalChat(() -> Instant.parse("2026-11-22T21:00:00Z"));
        CardAction yes = new CardAction.Approve(new ApprovalId("abcd1234"));
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            Script script = new Script(out, new Look(80, ZoneOffset.UTC, Ink.NONE, Frame.NONE));
            Conversation conversation = chat.open(
                    new Person(new PersonId("terminal", "alice"), "alice"),
                    script,
                    Personas.NOBODY,
                    Conversation.Pace.IN_TURN,
                    incoming -> chat.post(
                            incoming.place(),
                            switch (incoming) {
                                case Incoming.Typed typed ->
                                    new Card(
                                            Tone.WAITING,
                                            List.of(new Words(typed.text())),
                                            List.of(),
                                            List.of(new Button("Approve", yes)));
                                case Incoming.Pressed _, Incoming.Answered _, Incoming.Pointed _ ->
                                    Card.of(Tone.GOOD, new Words("lifted"));
                            }));
            Script.read(new BufferedReader(new StringReader("check 203.0.113.7\n\n1\nquit\nnever\n")), conversation);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .isEqualTo("🟡 check 203.0.113.7\n   [1] Approve\n✅ lifted\n");
    }
}
