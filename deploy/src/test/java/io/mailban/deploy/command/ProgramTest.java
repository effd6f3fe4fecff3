package io.mailban.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mailban.deploy.Main;
import io.mailban.deploy.shell.Door;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as people start it, with a mail server that refuses connections. */
class ProgramTest {
    private final Path directory;
    private final Path store;
    private final Path config;
    private final List<Process> started = new ArrayList<>();

    ProgramTest(@TempDir Path directory) throws IOException {
        this.directory = directory;
        store = directory.resolve("mailban.db");
        config = Files.writeString(
                directory.resolve("mailban.yml"),
                "servers:\n  - name: mail1\n    host: 127.0.0.1\n    port: 1\n    user: root\nstore: " + store + "\n");
    }

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void commandsGoThroughTheBotThatRunsAndWorkAloneAfterItWasKilled() throws Exception {
        Process bot = start("run", "--config", config.toString());
        assertThat(bot.errorReader().readLine()).startsWith("mailban runs");
        assertThat(Files.exists(Door.path(store))).isTrue();

        Ran through = run("", "check", "203.0.113.7", "--json", "--config", config.toString());
        assertThat(through.status()).as(through.err()).isEqualTo(3);
        assertThat(new ObjectMapper()
                        .readTree(through.out())
                        .at("/servers/0/outcome")
                        .asText())
                .isEqualTo("unreachable");

        Ran muted = run("", "mute", "mail1", "2h", "--json", "--config", config.toString());
        assertThat(muted.status()).as(muted.err()).isZero();
        Ran quiet = run("", "mute", "--json", "--config", config.toString());
        assertThat(new ObjectMapper().readTree(quiet.out()).at("/mutes/0/name").asText())
                .isEqualTo("mail1");

        Ran second = run("", "run", "--config", config.toString());
        assertThat(second.status()).isEqualTo(3);
        assertThat(second.err()).contains("another bot works on it, process " + bot.pid());

        Ran script = run("servers\n1\nquit\n", "chat", "--config", config.toString());
        assertThat(script.status()).as(script.err()).isZero();
        assertThat(script.out()).contains("refuses connections on port 1").contains("who is banned could not be told");

        bot.destroyForcibly().waitFor();
        assertThat(Files.exists(Door.path(store)))
                .as("kill -9 leaves its socket")
                .isTrue();
        Ran alone = run("", "bans", "--config", config.toString());
        assertThat(alone.status()).as(alone.err()).isEqualTo(3);
        assertThat(alone.out()).contains("refuses connections on port 1");

        Process next = start("run", "--config", config.toString());
        assertThat(next.errorReader().readLine()).startsWith("mailban runs");
        assertThat(run("", "requests", "--config", config.toString()).status()).isZero();
        next.destroy();
        next.waitFor();
        assertThat(Files.exists(Door.path(store)))
                .as("told to end, it tidies up")
                .isFalse();
    }

    private record Ran(int status, String out, String err) {}

    private Ran run(String input, String... args) throws IOException, InterruptedException {
        Process process = start(args);
        try (OutputStream in = process.getOutputStream()) {
            in.write(input.getBytes(StandardCharsets.UTF_8));
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ran(process.waitFor(), out, err);
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        started.add(process);
        return process;
    }
}
