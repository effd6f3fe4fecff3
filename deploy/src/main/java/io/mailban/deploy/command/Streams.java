package io.mailban.deploy.command;

import io.mailban.terminal.Look;
import io.mailban.terminal.Look.Frame;
import io.mailban.terminal.Look.Ink;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** This process's standard streams: UTF-8 whatever the locale says, and what is at their other ends. */
final class Streams {
    private static final int FALLBACK_WIDTH = 80;

    private Streams() {}

    /** One of the three. */
    enum Stream {
        IN(0),
        OUT(1),
        ERR(2);

        private final int descriptor;

        Stream(int descriptor) {
            this.descriptor = descriptor;
        }

        /** What is at the other end. */
        End end() {
            try {
                // Linux says which file it is, without the start-up cost of native code.
                String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                        .toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console")
                        ? End.TERMINAL
                        : End.OTHER;
            } catch (IOException _) {
                return Optional.ofNullable(System.console())
                                .filter(Console::isTerminal)
                                .isPresent()
                        ? End.TERMINAL
                        : End.OTHER;
            }
        }
    }

    /** What a stream leads to. */
    enum End {
        TERMINAL,
        OTHER
    }

    static PrintStream out() {
        return new PrintStream(
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)), false, StandardCharsets.UTF_8);
    }

    static PrintStream err() {
        return new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
    }

    static BufferedReader in() {
        return new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    }

    /** How text is to look on standard output: boxes and colour at a terminal that can, neither in a pipe. */
    static Look look(Map<String, String> env) {
        return switch (Stream.OUT.end()) {
            case TERMINAL -> new Look(width(env), ZoneId.systemDefault(), ink(env), Frame.BOX);
            case OTHER -> new Look(Look.WIDEST, ZoneId.systemDefault(), Ink.NONE, Frame.NONE);
        };
    }

    /** Colour at a terminal, unless it is dumb or {@code NO_COLOR} (no-color.org) is set to anything. */
    static Ink ink(Map<String, String> env) {
        boolean refused = !env.getOrDefault("NO_COLOR", "").isEmpty()
                || env.getOrDefault("TERM", "dumb").equals("dumb")
                || Stream.OUT.end() == End.OTHER;
        return refused ? Ink.NONE : Ink.COLOUR;
    }

    private static int width(Map<String, String> env) {
        try {
            return Integer.parseInt(env.getOrDefault("COLUMNS", ""));
        } catch (NumberFormatException _) {
            return askStty();
        }
    }

    /** {@code stty size} says "24 80". */
    private static int askStty() {
        try {
            Process stty = new ProcessBuilder("stty", "-F", "/dev/tty", "size")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                stty.destroy();
                return FALLBACK_WIDTH;
            }
            String[] size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .strip()
                    .split(" ", -1);
            int columns = size.length == 2 ? Integer.parseInt(size[1]) : 0;
            return columns > 0 ? columns : FALLBACK_WIDTH;
        } catch (IOException | NumberFormatException _) {
            return FALLBACK_WIDTH;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return FALLBACK_WIDTH;
        }
    }
}
