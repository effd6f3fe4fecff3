package io.mailban.deploy.setup;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The program at a real pseudo-terminal (util-linux's script), and somebody who types once a question is there. */
final class Typist implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(40);

    private final Process process;
    private final StringBuilder screen = new StringBuilder();
    private int read;

    Typist(Path home, String... args) throws IOException {
        List<String> words = Program.command(args);
        words.replaceAll(word -> word.startsWith("-Duser.home=") ? "-Duser.home=" + home : word);
        String line = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
        ProcessBuilder builder =
                new ProcessBuilder("script", "-qefc", "stty rows 40 cols 120; exec " + line, "/dev/null");
        builder.environment().put("HOME", home.toString());
        builder.environment().put("TERM", "xterm");
        builder.environment().put("LC_ALL", "C");
        builder.environment().remove("SSH_AUTH_SOCK");
        builder.directory(home.toFile());
        process = builder.redirectErrorStream(true).start();
        Thread.ofVirtual().start(this::watch);
    }

    /** Waits for words that were not waited for before; then types a line. */
    Typist answer(String words, String line) throws InterruptedException {
        return type(words, line + "\r");
    }

    /** As {@link #answer}, without a line's end: for control keys. */
    Typist type(String words, String keys) throws InterruptedException {
        await(words);
        try {
            process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return this;
    }

    /** Waits for words that were not waited for before. */
    synchronized Typist await(String words) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (text().indexOf(words, read) < 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("no “" + words + "” after: " + text().substring(read) + "\nin\n" + text());
            }
            wait(left);
        }
        read = text().indexOf(words, read) + words.length();
        return this;
    }

    /** Its exit status. */
    int end() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end:\n" + text());
        }
        return process.exitValue();
    }

    /** All that was on the screen, without colours and movements. */
    synchronized String text() {
        return screen.toString()
                .replaceAll("\033\\[[0-9;?]*[a-zA-Z]|\033[=>]", "")
                .replace("\r", "");
    }

    private void watch() {
        try (InputStream in = process.getInputStream()) {
            byte[] some = new byte[4096];
            int length;
            while ((length = in.read(some)) >= 0) {
                append(new String(some, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException _) {
            // The terminal is gone.
        }
    }

    private synchronized void append(String text) {
        screen.append(text);
        notifyAll();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
