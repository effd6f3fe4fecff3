package io.mailban.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Optional;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/**
 * A line that is edited at a terminal, by JLine: history with ↑, Tab, Ctrl-C to clear it, Ctrl-D to leave. What arrives
 * meanwhile is printed above it. Thread-safe, except that one thread reads.
 */
public final class Prompt implements Screen, AutoCloseable {
    private final Terminal terminal;
    private final LineReaderImpl reader;
    private final Look look;
    private final SeenWords seen = new SeenWords();
    private volatile String prompt = "> ";
    private volatile @Nullable Thread reading;
    private volatile Staying staying = Staying.HERE;

    private enum Staying {
        HERE,
        LEAVING
    }

    Prompt(Terminal terminal, Look look, Optional<Path> history, Completions completions) {
        this.terminal = terminal;
        this.look = look;
        // Nothing that is typed here is quoted or escaped: "bob's laptop" is a reason like any other.
        DefaultParser words = new DefaultParser();
        words.setQuoteChars(new char[0]);
        words.setEscapeChars(new char[0]);
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("mailban")
                .parser(words)
                .completer(new WordCompleter(completions, seen))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.CASE_INSENSITIVE, true)
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, true);
        history.map(PrivateHistory::new).ifPresent(builder::history);
        history.ifPresent(file -> builder.variable(LineReader.HISTORY_FILE, file));
        this.reader = (LineReaderImpl) builder.build();
    }

    /**
     * At this process's terminal, which may be a dumb one.
     *
     * @param ink colour is left out at a dumb terminal, whatever this says
     * @param history kept there, readable by its owner alone; a file that can't be written keeps none
     */
    public static Prompt atThisTerminal(ZoneId zone, Look.Ink ink, Optional<Path> history, Completions completions)
            throws IOException {
        Terminal terminal = thisTerminal();
        return new Prompt(terminal, look(terminal, zone, ink), history, completions);
    }

    /** UTF-8 both ways, whatever the locale says, as on all our streams. */
    static Terminal thisTerminal() throws IOException {
        return TerminalBuilder.builder()
                .system(true)
                .dumb(true)
                .providers("jni,exec")
                .encoding(StandardCharsets.UTF_8)
                .stdinEncoding(StandardCharsets.UTF_8)
                .stdoutEncoding(StandardCharsets.UTF_8)
                .build();
    }

    static Look look(Terminal terminal, ZoneId zone, Look.Ink ink) {
        return isDumb(terminal)
                ? new Look(80, zone, Look.Ink.NONE, Look.Frame.NONE)
                : new Look(80, zone, ink, Look.Frame.BOX);
    }

    /** Whether a line means to leave. */
    static boolean isFarewell(String line) {
        String word = line.strip();
        return word.equals("quit") || word.equals("exit");
    }

    /** Tells the listener what is typed, until somebody leaves. */
    public void read(Listener listener) {
        reading = Thread.currentThread();
        while (staying == Staying.HERE) {
            try {
                String typed = reader.readLine(escaped(prompt));
                if (isFarewell(typed)) {
                    return;
                }
                // A paste can hold several lines.
                typed.lines().forEach(listener::said);
            } catch (UserInterruptException _) {
                if (staying == Staying.HERE) {
                    listener.interrupted();
                }
            } catch (EndOfFileException _) {
                return;
            }
        }
    }

    /** Ends {@link #read}, as if somebody had left. */
    public void leave() {
        staying = Staying.LEAVING;
        Thread thread = reading;
        if (thread != null) {
            thread.interrupt();
        }
    }

    @Override
    public Look look() {
        int columns = terminal.getWidth();
        return columns > 0 ? look.ofWidth(columns) : look;
    }

    @Override
    public void print(String lines) {
        seen.read(lines);
        reader.printAbove(lines);
    }

    @Override
    public void prompt(String words) {
        prompt = words;
        if (reader.isReading()) {
            reader.setPrompt(escaped(words));
            try {
                reader.callWidget(LineReader.REDISPLAY);
            } catch (IllegalStateException _) {
                // The line was finished in between; the next one begins with the new prompt.
            }
        }
    }

    @Override
    public void close() throws IOException {
        terminal.close();
    }

    /** JLine reads % in a prompt as a pattern. */
    private static String escaped(String words) {
        return words.replace("%", "%%");
    }

    private static boolean isDumb(Terminal terminal) {
        return terminal.getType().startsWith(Terminal.TYPE_DUMB);
    }
}
