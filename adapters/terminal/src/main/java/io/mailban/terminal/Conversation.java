package io.mailban.terminal;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.chat.Card;
import io.mailban.chat.Form;
import io.mailban.chat.Form.Option;
import io.mailban.chat.Form.Question;
import io.mailban.chat.Incoming;
import io.mailban.chat.MessageRef;
import io.mailban.chat.Place;
import io.mailban.chat.Visible;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is said at one terminal: lines in, cards out as text. Buttons are pressed by their numbers, forms are asked one
 * question after another, {@code /as NAME} speaks for somebody else where that is allowed. Thread-safe.
 */
public final class Conversation implements Listener {
    private static final System.Logger LOG = System.getLogger(Conversation.class.getName());

    /** A wait that is longer is explained. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Whether a line waits for the answer to the one before. */
    public enum Pace {
        /** Somebody is typing, and may go on while the bot asks its servers. */
        FREE,
        /** A script: the answer to each line comes before the next is read. */
        IN_TURN
    }

    private final Place place;
    private final Screen screen;
    private final Personas personas;
    private final Pace pace;
    private final Consumer<Incoming> bot;
    private final InstantSource clock;

    private final Transcript transcript = new Transcript();
    private final Deque<Questions> forms = new ArrayDeque<>();
    private final Set<Person> speakers = new HashSet<>();
    private Person person;
    private long printed;

    Conversation(
            Place place,
            Person person,
            Screen screen,
            Personas personas,
            Pace pace,
            Consumer<Incoming> bot,
            InstantSource clock) {
        this.place = place;
        this.person = person;
        this.screen = screen;
        this.personas = personas;
        this.pace = pace;
        this.bot = bot;
        this.clock = clock;
        speakers.add(person);
        screen.prompt(Visible.of(person.name()) + "> ");
    }

    /** Where this conversation is held. */
    public Place place() {
        return place;
    }

    /** Says what can be typed. */
    public synchronized void greet() {
        tell("Mailban. Type check and an address or a mailbox, such as check 203.0.113.7, or help for the rest.");
        tell("A number presses that button, Tab completes, Ctrl-D or quit leaves.");
    }

    @Override
    public void said(String line) {
        Optional<Incoming> incoming = understood(line.strip());
        switch (pace) {
            case FREE -> incoming.ifPresent(this::handInTheBackground);
            case IN_TURN -> incoming.ifPresent(this::hand);
        }
    }

    @Override
    public synchronized void interrupted() {
        if (!forms.isEmpty()) {
            forms.remove();
            tell("Cancelled; nothing was asked for.");
            askNext();
        }
    }

    private synchronized Optional<Incoming> understood(String text) {
        if (!forms.isEmpty()) {
            return answered(forms.element(), text);
        }
        if (text.equals("/as") || text.startsWith("/as ")) {
            speakAs(text.substring("/as".length()).strip());
            return Optional.empty();
        }
        if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return pressed(text);
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(new Incoming.Typed(person, place, text));
    }

    private Optional<Incoming> answered(Questions questions, String text) {
        if (text.equals("/cancel")) {
            interrupted();
            return Optional.empty();
        }
        return switch (questions.answer(text)) {
            case Questions.Answer.Unfit(var why) -> {
                tell(why);
                yield Optional.empty();
            }
            case Questions.Answer.Next _ -> {
                ask(questions);
                yield Optional.empty();
            }
            case Questions.Answer.Complete(var answered) -> {
                forms.remove();
                askNext();
                yield Optional.of(answered);
            }
        };
    }

    private Optional<Incoming> pressed(String text) {
        Optional<Transcript.Numbered> found =
                text.length() > 9 ? Optional.empty() : transcript.button(Integer.parseInt(text));
        if (found.isEmpty()) {
            int highest = transcript.highest();
            tell(
                    highest == 0
                            ? "There is nothing to press yet; check an address first."
                            : "No button has the number " + text + "; the latest is " + highest + ".");
            return Optional.empty();
        }
        Transcript.Numbered numbered = found.get();
        if (transcript.standing(numbered) == Transcript.Standing.OLDER) {
            tell("“" + Visible.of(numbered.button().label()) + "” is from an earlier card:");
            Card card = numbered.card();
            print(CardText.of(
                    new Card(card.tone(), card.verdict(), List.of(), List.of()), screen.look(), clock.instant()));
        }
        return Optional.of(new Incoming.Pressed(person, place, numbered.button().action()));
    }

    private void speakAs(String name) {
        Optional<Person> found = personas.find(name)
                .or(() -> speakers.stream()
                        .filter(speaker -> speaker.name().equals(name))
                        .findFirst());
        if (found.isEmpty()) {
            tell("Nobody called “" + Visible.of(name) + "” can speak here; you are " + Visible.of(person.name()) + ".");
            return;
        }
        person = found.get();
        speakers.add(person);
        screen.prompt(ownPrompt());
    }

    /** Asks what a form asks; it waits for the one before it. */
    synchronized void ask(Person asked, Form form) {
        forms.add(new Questions(asked, place, form));
        if (forms.size() == 1) {
            askNext();
        }
    }

    private void askNext() {
        if (forms.isEmpty()) {
            screen.prompt(ownPrompt());
            return;
        }
        Questions questions = forms.element();
        print(Line.of(Visible.of(questions.title()), Face.STRONG));
        ask(questions);
    }

    private void ask(Questions questions) {
        Question question = questions.question();
        print(Line.of(Visible.of(question.label()), Face.WORDS));
        String who = Visible.of(questions.person().name());
        switch (question) {
            case Question.Line _ -> screen.prompt(who + ", in a few words> ");
            case Question.Choice choice -> {
                for (int i = 0; i < choice.options().size(); i++) {
                    Option option = choice.options().get(i);
                    print(Line.of("   [" + (i + 1) + "]", Face.STRONG)
                            .then(" " + Visible.of(option.label()), Face.WORDS));
                }
                screen.prompt(who + ", 1 to " + choice.options().size() + "> ");
            }
        }
    }

    synchronized void post(MessageRef message, Card card) {
        print(transcript.post(message, card, screen.look(), clock.instant()));
    }

    synchronized void update(MessageRef message, Card card) {
        print(transcript.update(message, card, screen.look(), clock.instant()));
    }

    /** Shows a card to one person alone: with several at one keyboard, it says to whom. */
    synchronized void whisper(Person to, Card card) {
        if (!to.is(person)) {
            tell("For " + Visible.of(to.name()) + ":");
        }
        print(transcript.whisper(card, screen.look(), clock.instant()));
    }

    /** Whether this person has spoken here. */
    synchronized Presence presence(Person someone) {
        return speakers.stream().anyMatch(someone::is) ? Presence.HERE : Presence.AWAY;
    }

    /** Whether one of these accounts has spoken here. */
    synchronized Presence presence(Set<PersonId> accounts) {
        return speakers.stream().map(Person::id).anyMatch(accounts::contains) ? Presence.HERE : Presence.AWAY;
    }

    /** Whether somebody is at this terminal. */
    enum Presence {
        HERE,
        AWAY
    }

    private String ownPrompt() {
        return Visible.of(person.name()) + "> ";
    }

    private void handInTheBackground(Incoming incoming) {
        long before = printedSoFar();
        Thread.startVirtualThread(() -> {
            try {
                Thread working = Thread.startVirtualThread(() -> hand(incoming));
                if (!working.join(PATIENCE) && printedSoFar() == before) {
                    tell("Still asking …");
                }
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void hand(Incoming incoming) {
        try {
            bot.accept(incoming);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.ERROR, "Could not handle " + incoming, e);
            tell("Mailban itself failed at this (" + Visible.of(e.toString()) + "); its log says more.");
        }
    }

    /** Words of the terminal's own. */
    private void tell(String words) {
        print(Line.of(words, Face.LABEL));
    }

    private void print(Line line) {
        Look look = screen.look();
        StringBuilder out = new StringBuilder();
        line.wrap(look.width())
                .forEach(part -> out.append(part.paint(look.ink())).append('\n'));
        print(out.toString());
    }

    private synchronized void print(String lines) {
        if (!lines.isEmpty()) {
            printed++;
            screen.print(lines);
        }
    }

    private synchronized long printedSoFar() {
        return printed;
    }
}
