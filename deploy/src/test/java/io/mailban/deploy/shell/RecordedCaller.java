package io.mailban.deploy.shell;

import io.mailban.access.Person;
import io.mailban.terminal.Look;
import io.mailban.terminal.Look.Frame;
import io.mailban.terminal.Look.Ink;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A caller whose answers are known beforehand. */
final class RecordedCaller implements Caller {
    final StringBuilder out = new StringBuilder();
    final StringBuilder err = new StringBuilder();
    private final Person person;
    private final Deque<String> answers;

    RecordedCaller(Person person, String... answers) {
        this.person = person;
        this.answers = new ArrayDeque<>(List.of(answers));
    }

    @Override
    public Person person() {
        return person;
    }

    @Override
    public Look look() {
        return new Look(100, ZoneOffset.UTC, Ink.NONE, Frame.NONE);
    }

    @Override
    public void out(String text) {
        out.append(text);
    }

    @Override
    public void err(String text) {
        err.append(text);
    }

    @Override
    public Optional<String> ask(String question) {
        err.append(question);
        return Optional.ofNullable(answers.poll());
    }
}
