package io.mailban.terminal;

import io.mailban.terminal.Look.Frame;
import io.mailban.terminal.Look.Ink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Predicate;
import org.jline.builtins.ScreenTerminal;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.ExternalTerminal;

/** A real prompt on an emulated terminal of 80 columns: keys go in, and the window can be read. */
final class Keyboard implements AutoCloseable {
    private final PipedOutputStream keys = new PipedOutputStream();
    private final Window window = new Window();
    private final Terminal terminal;
    private final Prompt prompt;

    Keyboard(String type, Ink ink, Optional<Path> history, Completions completions) throws IOException {
        terminal = new ExternalTerminal("test", type, new PipedInputStream(keys), window, StandardCharsets.UTF_8);
        terminal.setSize(new Size(80, 40));
        Look look = type.equals("dumb")
                ? Prompt.look(terminal, ZoneOffset.UTC, ink)
                : new Look(80, ZoneOffset.UTC, ink, Frame.BOX);
        prompt = new Prompt(terminal, look, history, completions);
    }

    Prompt prompt() {
        return prompt;
    }

    void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** Waits until the window shows that; the window as text. */
    String await(String words) throws InterruptedException {
        return window.await(text -> text.contains(words), words);
    }

    /** Waits until the last line of the window is that, and nothing has been typed behind it. */
    void awaitLine(String line) throws InterruptedException {
        window.await(
                text -> text.stripTrailing().endsWith("\n" + line)
                        || text.stripTrailing().equals(line),
                line);
    }

    @Override
    public void close() throws IOException {
        keys.close();
        prompt.close();
    }

    /** JLine's own emulator, fed with what JLine writes. */
    private static final class Window extends OutputStream {
        private final ScreenTerminal screen = new ScreenTerminal(80, 40);

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            screen.write(new String(bytes, offset, length, StandardCharsets.UTF_8));
            notifyAll();
        }

        synchronized String await(Predicate<String> shows, String words) throws InterruptedException {
            long deadline = System.nanoTime() + 10_000_000_000L;
            while (!shows.test(text())) {
                long left = (deadline - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("no \"" + words + "\" in:\n" + text());
                }
                wait(left);
            }
            return text();
        }

        private String text() {
            return screen.toString();
        }
    }
}
