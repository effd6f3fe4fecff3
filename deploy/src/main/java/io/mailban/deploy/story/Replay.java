package io.mailban.deploy.story;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.chat.Card;
import io.mailban.chat.Chat;
import io.mailban.chat.Form;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Naming;
import io.mailban.chat.Place;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.sandbox.Login;
import io.mailban.terminal.CardText;
import io.mailban.terminal.Conversation;
import io.mailban.terminal.Look;
import io.mailban.terminal.Script;
import io.mailban.terminal.TerminalChat;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The whole story with nobody at the keyboard: each step, what really happened, and whether it should have. */
final class Replay {
    private static final long PATIENCE_SECONDS = 30;

    private final Incident incident;
    private final Look look;
    private final PrintStream out;
    private final Steps steps;
    private final Witness chat = new Witness(new TerminalChat(InstantSource.system()));

    Replay(Incident incident, Look look, PrintStream out) {
        this.incident = incident;
        this.look = look;
        this.out = out;
        this.steps = new Steps(out);
    }

    /** Exit status: 0 if every step was as it should be. */
    int run() throws InterruptedException {
        steps.expect("Alice writes to Bob", Login.LOGGED_IN, incident.sendBobMail());
        steps.expect("Bob's laptop, " + Incident.LAPTOP + ", reads mail by IMAP", Login.LOGGED_IN, incident.readMail());
        for (int i = 1; i <= 3; i++) {
            steps.expect(
                    "it sends with the old password, time " + i, Login.WRONG_PASSWORD, incident.sendWithOldPassword());
        }
        steps.expect("fail2ban bans it (fail2ban-client banned)", "[['postfix-sasl']]", incident.awaitBan());
        steps.expect("IMAP now, with the right password", Login.REFUSED, incident.readMail());
        var settings = incident.settings();
        try (Mailban mailban =
                Mailban.open(settings, settings.policy(person("nobody").id()), chat, List.of())) {
            Conversation keyboard = chat.terminal.open(
                    person("alice"),
                    new Script(out, look),
                    name -> Optional.of(person(name)),
                    Conversation.Pace.IN_TURN,
                    mailban.bot()::handle);
            askAndApprove(keyboard);
            steps.expect("fail2ban holds it no more", "[[]]", incident.heldByFail2ban());
            steps.expect("IMAP after", Login.LOGGED_IN, incident.readMail());
            steps.expect(
                    "Mailban saw the client come back", "logged in by IMAP", said("logged in by IMAP", "banned again"));
        }
        return steps.end();
    }

    /** The cards of the run: the verdict, the request, and how it ended. */
    void draw(Path file) throws IOException {
        List<Card> all = chat.cards;
        Picture.draw(
                List.of(all.get(0), all.get(1), all.getLast()),
                look,
                InstantSource.system().instant(),
                file);
    }

    private void askAndApprove(Conversation keyboard) throws InterruptedException {
        type(keyboard, "check " + Incident.LAPTOP);
        steps.expect("Mailban's verdict", "can't reach mail1: banned", said("can't reach mail1: banned"));
        type(keyboard, "1");
        type(keyboard, "Bob's laptop had last year's password");
        type(keyboard, "1");
        steps.expect("the request", "asks to lift the ban", said("asks to lift the ban"));
        type(keyboard, "/as carol");
        // Approve is the first of the request's buttons, which count on from the verdict's.
        type(keyboard, String.valueOf(chat.cards.getFirst().buttons().size() + 1));
        steps.expect("the approval", "approved by", said("approved by"));
        steps.expect("lifted and checked", "is lifted", said("is lifted", "was NOT seen to be lifted"));
    }

    private void type(Conversation keyboard, String line) {
        out.println();
        out.println("> " + line);
        keyboard.said(line);
    }

    /** The first of these words that a card says, of the cards that were not looked at yet. */
    private String said(String... words) throws InterruptedException {
        while (true) {
            String card = chat.verdicts.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (card == null) {
                return "nothing within " + PATIENCE_SECONDS + " s";
            }
            for (String word : words) {
                if (card.contains(word)) {
                    return word;
                }
            }
        }
    }

    private static Person person(String name) {
        return new Person(new PersonId(TerminalChat.PLATFORM, name), name);
    }

    /** The terminal chat, with every verdict noted as it goes by. */
    private static final class Witness implements Chat {
        private final TerminalChat terminal;
        private final BlockingQueue<String> verdicts = new LinkedBlockingQueue<>();
        private final List<Card> cards = new CopyOnWriteArrayList<>();

        Witness(TerminalChat terminal) {
            this.terminal = terminal;
        }

        @Override
        public MessageRef post(Place place, Card card) {
            note(card);
            return terminal.post(place, card);
        }

        @Override
        public MessageRef ping(Place place, Set<PersonId> people, Card card) {
            note(card);
            return terminal.ping(place, people, card);
        }

        @Override
        public void update(MessageRef message, Card card) {
            note(card);
            terminal.update(message, card);
        }

        @Override
        public Optional<Place> thread(MessageRef message) {
            return terminal.thread(message);
        }

        @Override
        public Naming naming(Place place) {
            return terminal.naming(place);
        }

        @Override
        public void whisper(Place place, Person person, Card card) {
            note(card);
            terminal.whisper(place, person, card);
        }

        @Override
        public void ask(Place place, Person person, Form form) {
            terminal.ask(place, person, form);
        }

        private void note(Card card) {
            cards.add(card);
            verdicts.add(words(card));
        }

        private static String words(Card card) {
            Look plain = new Look(Look.WIDEST, ZoneOffset.UTC, Look.Ink.NONE, Look.Frame.NONE);
            return CardText.of(
                            new Card(card.tone(), card.verdict(), List.of(), List.of()),
                            plain,
                            InstantSource.system().instant())
                    .replaceAll("\\s+", " ");
        }
    }
}
