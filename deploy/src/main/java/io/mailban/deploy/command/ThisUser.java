package io.mailban.deploy.command;

import io.mailban.access.Person;
import io.mailban.access.PersonId;
import io.mailban.deploy.shell.Caller;
import io.mailban.terminal.Look;
import io.mailban.terminal.TerminalChat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/** The user who runs this process, at its standard streams. */
final class ThisUser implements Caller {
    private final PrintStream out = Streams.out();
    private final PrintStream err = Streams.err();
    private final BufferedReader in = Streams.in();
    private final Look look;

    ThisUser(Map<String, String> env) {
        this.look = Streams.look(env);
    }

    /** The operating system's user. */
    static Person account() {
        String user = System.getProperty("user.name", "unknown");
        return new Person(new PersonId(TerminalChat.PLATFORM, user), user);
    }

    @Override
    public Person person() {
        return account();
    }

    @Override
    public Look look() {
        return look;
    }

    @Override
    public void out(String text) {
        out.print(text);
        out.flush();
    }

    @Override
    public synchronized void err(String text) {
        err.print(text);
    }

    /** Only at a keyboard: a script's input is not meant for questions. */
    @Override
    public Optional<String> ask(String question) {
        if (Streams.Stream.IN.end() != Streams.End.TERMINAL) {
            return Optional.empty();
        }
        err(question);
        try {
            return Optional.ofNullable(in.readLine());
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
