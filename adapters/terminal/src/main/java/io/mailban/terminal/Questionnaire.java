package io.mailban.terminal;

import io.mailban.chat.Visible;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.terminal.Terminal;

/** Questions at a terminal, whose answers are edited by JLine. Nothing typed is kept. */
public final class Questionnaire implements Asker, AutoCloseable {
    private final Terminal terminal;
    private final LineReader reader;
    private final Look look;
    private volatile List<String> offered = List.of();

    Questionnaire(Terminal terminal, Look look) {
        this.terminal = terminal;
        this.look = look;
        DefaultParser words = new DefaultParser();
        words.setQuoteChars(new char[0]);
        words.setEscapeChars(new char[0]);
        this.reader = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("mailban")
                .parser(words)
                .completer((_, _, candidates) -> offered.forEach(word -> candidates.add(new Candidate(word))))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .variable(LineReader.DISABLE_HISTORY, true)
                .build();
    }

    /** At this process's terminal, which may be a dumb one. */
    public static Questionnaire atThisTerminal(ZoneId zone, Look.Ink ink) throws IOException {
        Terminal terminal = Prompt.thisTerminal();
        Look look = Prompt.look(terminal, zone, ink);
        return new Questionnaire(terminal, new Look(look.width(), zone, look.ink(), Look.Frame.NONE));
    }

    @Override
    public String ask(String question, String usual, List<String> words) throws GaveUp {
        offered = List.copyOf(words);
        String prompt = strong(question) + (usual.isEmpty() ? "" : " [" + Visible.of(usual) + "]") + " > ";
        while (true) {
            try {
                // JLine reads % in a prompt as a pattern.
                String answer = reader.readLine(prompt.replace("%", "%%")).strip();
                String meant = answer.isEmpty() ? usual : answer;
                if (!meant.isEmpty()) {
                    return meant;
                }
            } catch (UserInterruptException | EndOfFileException _) {
                throw new GaveUp(question);
            }
        }
    }

    @Override
    public void say(String lines) {
        terminal.writer().print(lines);
        terminal.writer().flush();
    }

    @Override
    public Look look() {
        int columns = terminal.getWidth();
        return columns > 0 ? look.ofWidth(columns) : look;
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    private String strong(String question) {
        return Face.STRONG.paint(Visible.of(question), look.ink());
    }
}
