package io.mailban.ssh;

import static org.awaitility.Awaitility.await;

import io.mailban.sandbox.MailServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every program that starts below a server's sshd, as the kernel tells it to strace, which watches from outside. */
final class Strace implements AutoCloseable {
    /** {@code 5320 execve("/usr/bin/sudo", ["sudo", "-n"], 0x557d96b9a948} and so on. */
    private static final Pattern STARTED =
            Pattern.compile("\\d+ +execve(?:at)?\\(.*?\"([^\"]+)\", \\[(.*?)\\], (?:0x|NULL).*");

    private final Process strace;
    private final Path file;

    /** A program, and its words, quoted as in C. */
    record Started(String program, List<String> words) {}

    private Strace(Process strace, Path file) {
        this.strace = strace;
        this.file = file;
    }

    static Strace of(MailServer server) throws IOException {
        // The server's processes are seen from here under other numbers.
        long init = Long.parseLong(Files.readString(server.key().resolveSibling(server.name() + ".pid"))
                .strip());
        long sshd = ProcessHandle.of(init)
                .orElseThrow()
                .children()
                .filter(child -> child.info().command().orElse("").endsWith("/sshd"))
                .findFirst()
                .orElseThrow()
                .pid();
        Path file = Files.createTempFile("mailban-strace", ".txt");
        List<String> command = new ArrayList<>();
        if (!System.getProperty("user.name").equals("root")) {
            command.addAll(List.of("sudo", "-n"));
        }
        command.addAll(List.of(
                "strace",
                "-z",
                "-f",
                "-s",
                "4096",
                "-e",
                "trace=execve,execveat",
                "-e",
                "signal=none",
                "-p",
                String.valueOf(sshd)));
        command.addAll(List.of("-o", file.toString()));
        Process strace = new ProcessBuilder(command).redirectErrorStream(true).start();
        String attached = strace.inputReader().readLine();
        if (attached == null || !attached.contains("attached")) {
            throw new IllegalStateException("strace could not watch sshd: " + attached);
        }
        return new Strace(strace, file);
    }

    /** All that has started so far. */
    List<Started> started() throws IOException {
        List<Started> started = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            Matcher matcher = STARTED.matcher(line);
            if (matcher.matches()) {
                List<String> words = new ArrayList<>();
                for (String word : matcher.group(2).split(", (?=\")", -1)) {
                    words.add(word.substring(1, word.length() - 1));
                }
                started.add(new Started(matcher.group(1), words));
            } else if (line.contains("execve(") || line.contains("execveat(")) {
                throw new IllegalStateException("a line of strace's that was not understood: " + line);
            }
        }
        return started;
    }

    @Override
    public void close() throws IOException {
        strace.destroy();
        await().until(() -> !strace.isAlive());
        Files.delete(file);
    }
}
