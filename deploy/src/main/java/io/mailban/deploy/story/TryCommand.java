package io.mailban.deploy.story;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.chat.CommandParser;
import io.mailban.config.Settings;
import io.mailban.deploy.wiring.Mailban;
import io.mailban.sandbox.Login;
import io.mailban.terminal.Completions;
import io.mailban.terminal.Conversation;
import io.mailban.terminal.Listener;
import io.mailban.terminal.Look;
import io.mailban.terminal.Look.Frame;
import io.mailban.terminal.Look.Ink;
import io.mailban.terminal.Personas;
import io.mailban.terminal.Prompt;
import io.mailban.terminal.Screen;
import io.mailban.terminal.Script;
import io.mailban.terminal.TerminalChat;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code mailban try}: the incident on a real mail server in a sandbox, and then your turn. */
@Command(
        name = "try",
        mixinStandardHelpOptions = true,
        description = "Boots a real mail server, lets a mail client get locked out of it, and opens the chat.")
public final class TryCommand implements Callable<Integer> {
    private static final Person ALICE = person("alice");
    private static final Person CAROL = person("carol");

    @Option(names = "--replay", description = "The same with nobody at the keyboard; exits 1 if any step goes wrong.")
    private boolean replay;

    @Option(names = "--picture", paramLabel = "FILE", description = "Replays, and draws its cards as an SVG image.")
    private Optional<Path> picture = Optional.empty();

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintStream out = System.out;
        Ink ink = atKeyboard() && System.getenv("NO_COLOR") == null ? Ink.COLOUR : Ink.NONE;
        try (Incident incident = Incident.prepare()) {
            if (!replay && picture.isEmpty()) {
                return play(incident, ink, out);
            }
            Replay story = new Replay(incident, new Look(80, ZoneId.systemDefault(), ink, Frame.BOX), out);
            int status = story.run();
            if (status == 0 && picture.isPresent()) {
                story.draw(picture.get());
            }
            return status;
        }
    }

    private static int play(Incident incident, Ink ink, PrintStream out) throws IOException {
        Steps steps = new Steps(out);
        out.println();
        steps.expect("Alice writes to Bob", Login.LOGGED_IN, incident.sendBobMail());
        steps.expect("Bob's laptop, " + Incident.LAPTOP + ", reads mail by IMAP", Login.LOGGED_IN, incident.readMail());
        for (int i = 1; i <= 3; i++) {
            steps.expect("it sends with an old password", Login.WRONG_PASSWORD, incident.sendWithOldPassword());
        }
        steps.expect("fail2ban bans it", "[['postfix-sasl']]", incident.awaitBan());
        steps.expect("IMAP now, with the right password", Login.REFUSED, incident.readMail());
        out.println("""

                All of this was real: a Debian mail server has just banned a mail client, and the
                client says nothing but "no connection". Ask Mailban why:

                    check 203.0.113.7      then 1 for [Request unban]; you are alice
                    /as carol              she may approve: press the number of [Approve]
                    mail                   Bob's laptop tries to read its mail again
                    oldpassword            it sends with the old password again, three times
                    help, quit
                """);
        Settings settings = incident.settings();
        TerminalChat chat = new TerminalChat(InstantSource.system());
        try (Mailban mailban = Mailban.open(settings, settings.policy(ALICE.id()), chat, List.of())) {
            Personas cast = name -> List.of(ALICE, CAROL).stream()
                    .filter(person -> person.name().equals(name))
                    .findFirst();
            if (!atKeyboard()) {
                Script script = new Script(out, new Look(80, ZoneId.systemDefault(), ink, Frame.NONE));
                Conversation talk = chat.open(ALICE, script, cast, Conversation.Pace.IN_TURN, mailban.bot()::handle);
                Script.read(
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)),
                        new AtTheLaptop(incident, talk, script));
            } else {
                try (Prompt prompt =
                        Prompt.atThisTerminal(ZoneId.systemDefault(), ink, Optional.empty(), completions(mailban))) {
                    Conversation talk = chat.open(ALICE, prompt, cast, Conversation.Pace.FREE, mailban.bot()::handle);
                    prompt.read(new AtTheLaptop(incident, talk, prompt));
                }
            }
        }
        return 0;
    }

    private static boolean atKeyboard() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    private static Completions completions(Mailban mailban) {
        return new Completions() {
            @Override
            public List<String> commands() {
                return CommandParser.names();
            }

            @Override
            public List<String> servers() {
                return mailban.servers().names().stream()
                        .map(server -> server.name())
                        .toList();
            }

            @Override
            public List<String> jails() {
                return List.of("postfix-sasl", "dovecot-invalid", "recidive");
            }

            @Override
            public List<String> seen() {
                return List.of(Incident.LAPTOP.text(), "bob@example.org", "alice@example.org");
            }
        };
    }

    private static Person person(String name) {
        return new Person(new PersonId(TerminalChat.PLATFORM, name), name);
    }

    /** Two words more than Mailban has: what happens at Bob's desk. */
    private record AtTheLaptop(Incident incident, Conversation talk, Screen screen) implements Listener {
        @Override
        public void said(String line) {
            switch (line.strip()) {
                case "mail" -> screen.print("Bob's laptop, by IMAP: " + incident.readMail() + "\n");
                case "oldpassword" -> {
                    for (int i = 0; i < 3; i++) {
                        screen.print("Bob's laptop, by SMTP: " + incident.sendWithOldPassword() + "\n");
                    }
                }
                default -> talk.said(line);
            }
        }

        @Override
        public void interrupted() {
            talk.interrupted();
        }
    }
}
