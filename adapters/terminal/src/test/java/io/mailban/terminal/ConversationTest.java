package io.mailban.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.approval.ApprovalId;
import io.mailban.ban.Address;
import io.mailban.chat.Card;
import io.mailban.chat.Card.Button;
import io.mailban.chat.Card.Fact;
import io.mailban.chat.Card.Tone;
import io.mailban.chat.CardAction;
import io.mailban.chat.Form;
import io.mailban.chat.Form.Option;
import io.mailban.chat.Form.Question;
import io.mailban.chat.Incoming;
import io.mailban.chat.Incoming.Answered;
import io.mailban.chat.Incoming.Pressed;
import io.mailban.chat.Incoming.Typed;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import io.mailban.chat.Span.Words;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ConversationTest {
    private static final Person ALICE = person("alice");
    private static final Person CAROL = person("carol");
    private static final CardAction ASK = new CardAction.RequestUnban(Address.of("203.0.113.7"), Optional.empty());
    private static final CardAction LINES = new CardAction.ShowLines(Address.of("203.0.113.7"), Optional.empty());
    private static final CardAction YES = new CardAction.Approve(new ApprovalId("abcd1234"));
    private static final CardAction NO = new CardAction.Deny(new ApprovalId("abcd1234"));
    private static final Card BANNED =
            card(Tone.TROUBLE, "banned", new Button("Request unban", ASK), new Button("Show log lines", LINES));
    private static final Card ASKED =
            card(Tone.WAITING, "@alice asks", new Button("Approve", YES), new Button("Deny", NO));
    private static final Form WHY = new Form(
            ASK,
            "Lift the ban?",
            List.of(
                    new Question.Line("reason", "Why?"),
                    new Question.Choice(
                            "device",
                            "And the password on the device?",
                            List.of(new Option("PASSWORD_CHANGED", "Changed"), new Option("NOT_YET", "Not yet")))));

    private final TerminalChat chat = new TerminalChat(() -> Instant.parse("2026-11-22T21:00:00Z"));
    private final RecordedScreen screen = new RecordedScreen();
    private final List<Incoming> told = new ArrayList<>();
    private final Conversation alice = chat.open(
            ALICE,
            screen,
            name -> name.equals("carol") ? Optional.of(CAROL) : Optional.empty(),
            Conversation.Pace.IN_TURN,
            told::add);

    @Test
    void wordsReachTheBotAndAnEmptyLineDoesNot() {
        alice.said("  check 203.0.113.7 ");
        alice.said("");
        alice.said("   ");
        assertThat(told).containsExactly(new Typed(ALICE, alice.place(), "check 203.0.113.7"));
        assertThat(screen.printed()).isEmpty();
        assertThat(screen.prompt()).isEqualTo("alice> ");
    }

    @Test
    void aNumberPressesThatButton() {
        chat.post(alice.place(), BANNED);
        assertThat(screen.printed()).isEqualTo("🟠 banned\n   [1] Request unban  [2] Show log lines\n");
        alice.said("2");
        assertThat(told).containsExactly(new Pressed(ALICE, alice.place(), LINES));
    }

    @Test
    void numbersGoOnSoThatACardThatComesInBetweenChangesNothing() {
        chat.post(alice.place(), BANNED);
        chat.post(TerminalChat.ROOM, ASKED);
        assertThat(screen.printed()).endsWith("🟡 @alice asks\n   [3] Approve  [4] Deny\n");
        alice.said("1");
        assertThat(screen.printed()).isEqualTo("“Request unban” is from an earlier card:\n🟠 banned\n");
        alice.said("3");
        assertThat(screen.printed()).isEmpty();
        assertThat(told)
                .containsExactly(new Pressed(ALICE, alice.place(), ASK), new Pressed(ALICE, alice.place(), YES));
    }

    @Test
    void aNumberThatNoButtonHasIsSaid() {
        alice.said("1");
        chat.post(alice.place(), BANNED);
        alice.said("3");
        alice.said("99999999999999999999");
        assertThat(screen.printed())
                .contains("There is nothing to press yet")
                .contains("No button has the number 3; the latest is 2.")
                .contains("No button has the number 99999999999999999999");
        assertThat(told).isEmpty();
    }

    @Test
    void anUpdateShowsWhatIsNewAndKeepsTheNumbers() {
        MessageRef message = chat.post(alice.place(), ASKED);
        screen.printed();
        Card again = new Card(
                Tone.WAITING,
                List.of(new Words("asked again")),
                List.of(new Fact("note", List.of(new Words("10 min")))),
                ASKED.buttons());
        chat.update(message, again);
        assertThat(screen.printed()).isEqualTo("🟡 asked again\n   note  10 min\n   [1] Approve  [2] Deny\n");
        chat.update(message, again);
        assertThat(screen.printed()).isEmpty();
        chat.update(message, card(Tone.GOOD, "lifted"));
        assertThat(screen.printed()).isEqualTo("✅ lifted\n");
        alice.said("1");
        assertThat(told)
                .as("late clicks are answered by the bot")
                .containsExactly(new Pressed(ALICE, alice.place(), YES));
    }

    @Test
    void aCardForTheRoomAndForOneOfItsTerminalsIsShownOnce() {
        MessageRef own = chat.post(alice.place(), ASKED);
        MessageRef everyones = chat.post(TerminalChat.ROOM, ASKED);
        assertThat(screen.printed()).isEqualTo("🟡 @alice asks\n   [1] Approve  [2] Deny\n");
        chat.update(own, card(Tone.GOOD, "lifted"));
        chat.update(everyones, card(Tone.GOOD, "lifted"));
        assertThat(screen.printed()).isEqualTo("✅ lifted\n");
        chat.post(alice.place(), BANNED);
        chat.post(alice.place(), BANNED);
        assertThat(screen.printed()).as("asked twice, answered twice").containsSubsequence("banned", "banned");
    }

    @Test
    void aFormIsAskedQuestionAfterQuestion() {
        chat.ask(alice.place(), ALICE, WHY);
        assertThat(screen.printed()).isEqualTo("Lift the ban?\nWhy?\n");
        assertThat(screen.prompt()).isEqualTo("alice, in a few words> ");
        alice.said(" ");
        assertThat(screen.printed()).startsWith("A few words are needed");
        alice.said("bob's laptop");
        assertThat(screen.printed()).isEqualTo("And the password on the device?\n   [1] Changed\n   [2] Not yet\n");
        assertThat(screen.prompt()).isEqualTo("alice, 1 to 2> ");
        alice.said("3");
        assertThat(screen.printed()).startsWith("Type a number from 1 to 2");
        alice.said("1");
        assertThat(told)
                .containsExactly(new Answered(
                        ALICE, alice.place(), ASK, Map.of("reason", "bob's laptop", "device", "PASSWORD_CHANGED")));
        assertThat(screen.prompt()).isEqualTo("alice> ");
    }

    @Test
    void ctrlCCancelsAForm() {
        chat.ask(alice.place(), ALICE, WHY);
        chat.ask(alice.place(), ALICE, new Form(NO, "Deny", List.of(new Question.Line("why", "Why not?"))));
        screen.printed();
        alice.interrupted();
        assertThat(screen.printed()).isEqualTo("Cancelled; nothing was asked for.\nDeny\nWhy not?\n");
        alice.said("/cancel");
        assertThat(screen.printed()).isEqualTo("Cancelled; nothing was asked for.\n");
        assertThat(screen.prompt()).isEqualTo("alice> ");
        alice.interrupted();
        assertThat(screen.printed()).isEmpty();
        assertThat(told).isEmpty();
    }

    @Test
    void anAnswerIsFromWhoWasAskedWhoeverSpeaksNow() {
        alice.said("/as carol");
        assertThat(screen.prompt()).isEqualTo("carol> ");
        chat.ask(alice.place(), ALICE, new Form(NO, "Deny", List.of(new Question.Line("why", "Why not?"))));
        assertThat(screen.prompt()).isEqualTo("alice, in a few words> ");
        alice.said("no");
        alice.said("requests");
        assertThat(told)
                .containsExactly(
                        new Answered(ALICE, alice.place(), NO, Map.of("why", "no")),
                        new Typed(CAROL, alice.place(), "requests"));
    }

    @Test
    void nobodySpeaksForPeopleWhoAreNotListed() {
        alice.said("/as root");
        alice.said("help");
        assertThat(screen.printed()).isEqualTo("Nobody called “root” can speak here; you are alice.\n");
        assertThat(told).containsExactly(new Typed(ALICE, alice.place(), "help"));
    }

    @Test
    void aWhisperReachesOnlyThePersonItIsFor() {
        RecordedScreen carols = new RecordedScreen();
        chat.open(CAROL, carols, Personas.NOBODY, Conversation.Pace.IN_TURN, told::add);
        chat.whisper(TerminalChat.ROOM, CAROL, card(Tone.NEWS, "approve, please"));
        assertThat(carols.printed()).isEqualTo("🔵 approve, please\n");
        assertThat(screen.printed()).isEmpty();
        alice.said("/as carol");
        alice.said("/as alice");
        chat.whisper(TerminalChat.ROOM, CAROL, card(Tone.NEWS, "approve, please"));
        assertThat(screen.printed()).endsWith("For carol:\n🔵 approve, please\n");
    }

    @Test
    void aMessageOfAnEarlierRunIsShownWhole() {
        chat.update(new MessageRef(TerminalChat.ROOM, "gone-1"), BANNED);
        assertThat(screen.printed()).isEqualTo("🟠 banned\n   [1] Request unban  [2] Show log lines\n");
        chat.update(new MessageRef(new Place("terminal", "gone"), "gone-2"), BANNED);
        assertThat(screen.printed()).isEmpty();
    }

    @Test
    void aClosedConversationIsLeftAlone() {
        chat.close(alice);
        chat.post(TerminalChat.ROOM, BANNED);
        chat.post(alice.place(), BANNED);
        assertThat(screen.printed()).isEmpty();
    }

    @Test
    void aBugIsToldAndTheConversationGoesOn() {
        RecordedScreen other = new RecordedScreen();
        Conversation conversation = chat.open(CAROL, other, Personas.NOBODY, Conversation.Pace.IN_TURN, incoming -> {
            throw new IllegalStateException("no \033[2J such\nthing");
        });
        conversation.said("check 203.0.113.7");
        assertThat(other.printed()).contains("Mailban itself failed").contains("no \\x1b[2J\nsuch\\nthing");
    }

    @Test
    void somebodyWhoTypesGoesOnWhileTheBotAsksItsServers() throws InterruptedException {
        RecordedScreen other = new RecordedScreen();
        CountDownLatch answered = new CountDownLatch(1);
        Conversation conversation = chat.open(CAROL, other, Personas.NOBODY, Conversation.Pace.FREE, incoming -> {
            if (incoming instanceof Typed typed && typed.text().equals("check 203.0.113.7")) {
                await(answered);
            }
            chat.post(incoming.place(), card(Tone.GOOD, "done: " + ((Typed) incoming).text()));
        });
        conversation.said("check 203.0.113.7");
        other.await("Still asking …");
        conversation.said("servers");
        other.await("done: servers");
        answered.countDown();
        other.await("done: check 203.0.113.7");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static Card card(Tone tone, String words, Button... buttons) {
        return new Card(tone, List.of(new Words(words)), List.of(), List.of(buttons));
    }

    private static Person person(String name) {
        return new Person(new PersonId("terminal", name), name);
    }
}
