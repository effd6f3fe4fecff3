package io.mailban.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The program {@code deploy/sandbox/sandbox}, and how it is called. */
record Script(Path path) {

    /** Names the program when the working directory is outside the project. */
    private static final String PROPERTY = "mailban.sandbox";

    static Script find() {
        var named = System.getProperty(PROPERTY);
        if (named != null) {
            return new Script(Path.of(named));
        }
        var start = Path.of("").toAbsolutePath();
        for (Path directory = start; directory != null; directory = directory.getParent()) {
            var candidate = directory.resolve("deploy/sandbox/sandbox");
            if (Files.isExecutable(candidate)) {
                return new Script(candidate);
            }
        }
        throw new IllegalStateException("neither " + start
                + " nor a directory above it holds deploy/sandbox/sandbox; name it with -D" + PROPERTY + "=PATH");
    }

    /** A file of {@code deploy/mailserver}, which lies beside the sandbox's own directory. */
    String mailserver(String file) {
        try {
            return Files.readString(
                    path.toAbsolutePath().resolveSibling("../mailserver").resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ProcessBuilder process(List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(path.toString());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    /** Runs {@code command} on {@code host} of the sandbox, with {@code input} on its standard input. */
    CommandResult exec(Path sandbox, String host, String input, List<String> command) {
        var arguments = new ArrayList<>(List.of("exec", sandbox.toString(), host, "--"));
        arguments.addAll(command);
        try {
            var process = process(arguments).start();
            // Both streams are read at once: a full pipe would stop the command.
            try (var out = process.inputReader();
                    var err = process.errorReader()) {
                var errors = new StringBuilder();
                var reader = Thread.ofVirtual()
                        .start(() ->
                                err.lines().forEach(line -> errors.append(line).append('\n')));
                try (var in = process.outputWriter()) {
                    in.write(input);
                } catch (IOException closedEarly) {
                    // A command that doesn't read its input is none the worse for it.
                }
                var output = out.readAllAsString();
                reader.join();
                return new CommandResult(process.waitFor(), output, errors.toString());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + command + " ran on " + host, e);
        }
    }
}
